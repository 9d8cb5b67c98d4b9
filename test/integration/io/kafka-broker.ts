import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "../../free-port.ts";
import { scratchFolder } from "../spark.ts";

const run = promisify(execFile);
const version = "3.9.1";

/** Whether a program is on the path. */
export function has(program: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => existsSync(join(folder, program)));
}

/** One real broker without ZooKeeper (KRaft), from Maven. */
export class KafkaBroker {
  readonly servers: string;
  readonly #process: ChildProcess;

  private constructor(servers: string, process: ChildProcess) {
    this.servers = servers;
    this.#process = process;
  }

  /** @param partitions how many a topic has that is made by its first use */
  static async start(partitions = 1): Promise<KafkaBroker> {
    const jars = await installed();
    const folder = scratchFolder();
    const [port, controller] = [await freePort(), await freePort()];
    const properties = join(folder, "server.properties");
    writeFileSync(
      properties,
      [
        "process.roles=broker,controller",
        "node.id=1",
        `controller.quorum.voters=1@127.0.0.1:${controller}`,
        `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}`,
        `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
        "controller.listener.names=CONTROLLER",
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        `log.dirs=${join(folder, "logs")}`,
        "offsets.topic.replication.factor=1",
        "transaction.state.log.replication.factor=1",
        "transaction.state.log.min.isr=1",
        "group.initial.rebalance.delay.ms=0",
        `num.partitions=${partitions}`,
      ].join("\n"),
    );
    const java = ["-Xmx256m", "-cp", join(jars, "*")];
    const id = "MkU3OEVBNTcwNTJENDM2Qg";
    await run("java", [...java, "kafka.tools.StorageTool", "format", "-t", id, "-c", properties]);
    const child = spawn("java", [...java, "kafka.Kafka", properties], { stdio: "ignore" });
    await listening(port, child);
    return new KafkaBroker(`127.0.0.1:${port}`, child);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("close", resolve));
    this.#process.kill("SIGKILL");
    await ended;
  }
}

/** The folder of the broker's jars; they are fetched once. */
async function installed(): Promise<string> {
  const folder = join(tmpdir(), `sparkwright-kafka-${version}`);
  const jars = join(folder, "jars");
  if (existsSync(join(folder, "complete"))) return jars;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "pom.xml"),
    `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>test</groupId><artifactId>broker</artifactId><version>1</version><dependencies><dependency>
<groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version>
</dependency></dependencies></project>`,
  );
  const args = [
    "--batch-mode",
    "dependency:copy-dependencies",
    "-DincludeScope=runtime",
    `-DoutputDirectory=${jars}`,
  ];
  await run("mvn", args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
  writeFileSync(join(folder, "complete"), "");
  return jars;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (child.exitCode !== null) throw new Error(`the broker ended with code ${child.exitCode}`);
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
    if (reached) return;
    await sleep(250);
  }
  child.kill("SIGKILL");
  throw new Error("the broker did not start within a minute");
}
