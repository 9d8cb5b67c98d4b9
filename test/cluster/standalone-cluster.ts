import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDistribution, type SparkDistribution } from "../../src/server/distribution.ts";
import { sparkJavaOptions } from "../../src/server/java.ts";
import { formatProperties } from "../../src/server/spark-conf.ts";
import { freePort } from "../free-port.ts";

const startupMs = 90_000;

/** A master, two workers of two cores each, and a Connect server whose executors run on them: processes of this machine. */
export class StandaloneCluster {
  readonly #folder: string;
  readonly #distribution: SparkDistribution;
  readonly #processes = new Map<string, ChildProcess>();
  remote = "";
  #master = "";

  private constructor(folder: string, distribution: SparkDistribution) {
    this.#folder = folder;
    this.#distribution = distribution;
  }

  /** Starts everything below `folder`; resolves when the server serves and both workers are registered. */
  static async start(folder: string): Promise<StandaloneCluster> {
    const cluster = new StandaloneCluster(folder, await ensureDistribution());
    try {
      await cluster.#startAll();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Kills a worker and its executor at once, as a lost machine would. */
  async killWorker(name: "worker-1" | "worker-2"): Promise<void> {
    await this.#end(name, "SIGKILL");
  }

  async startWorker(name: "worker-1" | "worker-2"): Promise<void> {
    const options = ["--cores", "2", "--memory", "2g", "--webui-port", "0"];
    const work = join(this.#folder, name);
    mkdirSync(work, { recursive: true });
    this.#java(name, "org.apache.spark.deploy.worker.Worker", {
      heap: "256m",
      args: [...options, "--work-dir", work, this.#master],
    });
    await this.#logged(name, /Successfully registered with master/);
  }

  /** What the server said so far: its log. */
  serverLog(): string {
    return this.#log("server");
  }

  async stop(): Promise<void> {
    for (const name of [...this.#processes.keys()].reverse()) await this.#end(name, "SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 10 });
  }

  async #startAll(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    // What a worker takes for an installed Spark.
    symlinkSync(this.#distribution.jars, join(this.#folder, "jars"));
    writeFileSync(join(this.#folder, "RELEASE"), "");
    const [masterPort, serverPort] = [await freePort(), await freePort()];
    this.#master = `spark://127.0.0.1:${masterPort}`;
    this.#java("master", "org.apache.spark.deploy.master.Master", {
      heap: "256m",
      args: ["--host", "127.0.0.1", "--port", String(masterPort), "--webui-port", "0"],
    });
    await this.#logged("master", /I have been elected leader/);
    await Promise.all([this.startWorker("worker-1"), this.startWorker("worker-2")]);
    const token = randomUUID();
    const conf = join(this.#folder, "server.conf");
    writeFileSync(conf, formatProperties(this.#serverConf(serverPort, token)), { mode: 0o600 });
    this.#java("server", "org.apache.spark.deploy.SparkSubmit", {
      heap: "2g",
      args: [
        ...["--properties-file", conf],
        ...["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"],
      ],
    });
    await this.#logged("server", /Spark Connect server started at/);
    this.remote = `sc://127.0.0.1:${serverPort}/;token=${token}`;
  }

  #serverConf(port: number, token: string): Record<string, string> {
    const folder = (name: string) => join(this.#folder, name);
    return {
      "spark.master": this.#master,
      "spark.app.name": "sparkwright-cluster",
      "spark.executor.cores": "2",
      "spark.executor.memory": "1g",
      "spark.executor.extraJavaOptions": "-Duser.timezone=UTC",
      "spark.sql.session.timeZone": "UTC",
      "spark.sql.shuffle.partitions": "4",
      "spark.sql.warehouse.dir": folder("warehouse"),
      "spark.ui.enabled": "false",
      "spark.driver.host": "127.0.0.1",
      "spark.driver.bindAddress": "127.0.0.1",
      "spark.sql.extensions": "io.delta.sql.DeltaSparkSessionExtension",
      "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
      "spark.databricks.delta.snapshotPartitions": "2",
      "spark.sql.catalogImplementation": "hive",
      "spark.hadoop.javax.jdo.option.ConnectionURL": "jdbc:derby:;databaseName=metastore;create=true",
      "spark.connect.grpc.binding.address": "127.0.0.1",
      "spark.connect.grpc.binding.port": String(port),
      "spark.connect.authenticate.token": token,
    };
  }

  #java(name: string, main: string, { heap, args }: { heap: string; args: readonly string[] }): void {
    const { java, javaFeature, jars } = this.#distribution;
    const log = createWriteStream(this.#logFile(name), { flags: "a" });
    const options = [
      `-Xmx${heap}`,
      ...sparkJavaOptions(javaFeature),
      "-Duser.timezone=UTC",
      // A fixed port, which two masters on one machine cannot share.
      "-Dspark.master.rest.enabled=false",
      `-Dderby.system.home=${this.#folder}`,
      ...["-cp", join(jars, "*"), main],
    ];
    const child = spawn(java, [...options, ...args], {
      cwd: this.#folder,
      // A group of its own: an executor is a child of its worker and dies with it.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        SPARK_REMOTE: undefined,
        SPARK_HOME: this.#folder,
        SPARK_SCALA_VERSION: "2.13",
        SPARK_LOCAL_IP: "127.0.0.1",
        SPARK_LOCAL_HOSTNAME: "127.0.0.1",
      },
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.#processes.set(name, child);
  }

  async #logged(name: string, line: RegExp): Promise<void> {
    const deadline = Date.now() + startupMs;
    while (!line.test(this.#log(name))) {
      const ended = this.#processes.get(name)?.exitCode !== null;
      if (ended || Date.now() > deadline) {
        const last = this.#log(name).split("\n").slice(-20).join("\n");
        throw new Error(`${name} ${ended ? "has ended" : "did not start in time"}:\n${last}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #logFile(name: string): string {
    return join(this.#folder, `${name}.log`);
  }

  #log(name: string): string {
    try {
      return readFileSync(this.#logFile(name), "utf8");
    } catch {
      return "";
    }
  }

  async #end(name: string, signal: NodeJS.Signals): Promise<void> {
    const child = this.#processes.get(name);
    this.#processes.delete(name);
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const closed = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, signal);
    await closed;
  }
}
