import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { freePort } from "../free-port.ts";
import { requireImage } from "./engine.ts";

const file = join(import.meta.dirname, "../../docker/compose.yaml");

/** Compose is a plugin of Docker or, on older systems, a program of its own. */
function findCompose(): readonly string[] | undefined {
  return [["docker", "compose"], ["docker-compose"]].find(([program = "", ...args]) => {
    try {
      execFileSync(program, [...args, "version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  });
}

describe("the compose file", function () {
  this.timeout(400_000);
  let scratch: string;
  let port: number;
  let command: readonly string[];

  function compose(...args: string[]): string {
    const [program = "", ...first] = command;
    const project = ["-f", file, "-p", `sparkwright-test-${process.pid}`, "--profile", "cluster"];
    return execFileSync(program, [...first, ...project, ...args], {
      cwd: scratch,
      encoding: "utf8",
      stdio: ["ignore", "pipe", process.env["CI"] ? "inherit" : "ignore"],
      env: { ...process.env, PWD: scratch, SPARK_CLUSTER_PORT: String(port), SPARK_DRIVER_MEMORY: "2g" },
    });
  }

  before(async function () {
    requireImage(this);
    const found = findCompose();
    if (found === undefined) {
      if (process.env["CI"]) throw new Error("no docker compose; on Debian: apt-get install docker-compose");
      this.skip();
    }
    command = found;
    port = await freePort();
    scratch = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-compose-")));
    chmodSync(scratch, 0o777); // the containers write as a user of their own
  });

  after(() => {
    if (scratch === undefined) return;
    compose("down", "--volumes", "--timeout", "2");
    rmSync(scratch, { recursive: true, force: true });
  });

  it("is valid and has one server, and a cluster of a master, two workers and a server", () => {
    expect(compose("config", "--services").trim().split("\n").sort()).to.deep.equal([
      "spark-connect",
      "spark-connect-cluster",
      "spark-master",
      "spark-worker-1",
      "spark-worker-2",
    ]);
  });

  it("starts a cluster on which a query runs on executors of both workers", async () => {
    compose("up", "-d", "--no-build", "spark-connect-cluster");
    const session = await SparkSession.builder()
      .remote(`sc://localhost:${port}`)
      .options({ connectTimeoutMs: 120_000 })
      .create();
    try {
      await whenServing(session);
      // The folder is mounted at the same path in every container, so executors can write what the driver commits.
      const path = join(scratch, "numbers");
      await session.range(0, 100_000, 1, 8).write.format("delta").save(path);
      expect(await session.read.format("delta").load(path).count()).to.equal(100_000n);
    } finally {
      await session.stop();
    }
    const workers = compose("logs", "--no-color", "spark-connect-cluster").match(
      /Executor added: \S+ on worker-\S+/g,
    );
    expect(new Set(workers?.map((line) => line.split(" on ")[1])).size).to.equal(2);
  });
});

/** Compose returns when the container runs; Docker's proxy accepts connections before Spark does. */
async function whenServing(session: SparkSession): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      await session.version();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
