import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { identify, isAlive } from "../../../src/core/process-identity.ts";
import { readDiscovery, writeDiscovery } from "../../../src/server/discovery.ts";
import {
  type EmbeddedServer,
  ensureServer,
  findServer,
  stopServer,
} from "../../../src/server/embedded-server.ts";
import { stateFolder } from "../../../src/server/state-folder.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { eventually, runElsewhere } from "./other-process.ts";

const isRunning = (pid: number): boolean => identify(pid) !== undefined;

function discoveryOf(project: string) {
  const discovery = readDiscovery(stateFolder(project).discovery);
  if (discovery === undefined) throw new Error(`no server in ${project}`);
  return discovery;
}

const plain = (value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);

async function rows(server: EmbeddedServer, ...statements: string[]): Promise<unknown[]> {
  const spark = await SparkSession.builder().remote(server.remote).getOrCreate();
  try {
    let last: unknown[] = [];
    for (const statement of statements) {
      const collected = await (await spark.sql(statement)).collect();
      last = collected.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)])));
    }
    return last;
  } finally {
    await spark.stop();
  }
}

describe("embedded server", function () {
  this.timeout(240_000);
  const projects: string[] = [];
  const newProject = (): string => {
    const project = mkdtempSync(join(tmpdir(), "sparkwright project é "));
    projects.push(project);
    return project;
  };
  after(async () => {
    for (const project of projects) {
      await stopServer(project);
      rmSync(project, { recursive: true, force: true });
    }
  });

  describe("of a project", () => {
    let project: string;
    let server: EmbeddedServer;
    before(async () => {
      project = newProject();
      server = await ensureServer(project);
    });

    it("was started, on loopback, in the project's own folder", async () => {
      expect(server).to.include({ host: "127.0.0.1", reused: false, sparkVersion: "4.2.0", hasDelta: true });
      expect(await rows(server, "SELECT current_timezone() AS zone, 1 AS one")).to.deep.equal([
        { zone: "UTC", one: 1 },
      ]);
      const listening = execFileSync("sh", ["-c", "cat /proc/net/tcp /proc/net/tcp6"], { encoding: "utf8" });
      const port = server.port.toString(16).toUpperCase().padStart(4, "0");
      const locals = listening.split("\n").filter((line) => line.includes(`:${port} `) && / 0A /.test(line));
      expect(locals).to.have.length(1);
      expect(locals[0]).to.match(/0100007F:/);
    });

    it("keeps its token to the owner of the project", () => {
      const { path, discovery, sparkConf, log } = stateFolder(project);
      expect(statSync(path).mode & 0o777).to.equal(0o700);
      for (const file of [discovery, sparkConf, log])
        expect(statSync(file).mode & 0o777, file).to.equal(0o600);
      const { supervisor } = discoveryOf(project);
      for (const pid of [server.pid, supervisor.pid]) {
        expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.to.include(server.token);
        expect(readFileSync(`/proc/${pid}/environ`, "utf8")).not.to.include(server.token);
      }
      expect(readFileSync(log, "utf8")).not.to.include(server.token);
    });

    it("refuses a client without the token", async () => {
      for (const remote of [`sc://127.0.0.1:${server.port}`, `sc://127.0.0.1:${server.port}/;token=guess`]) {
        const failure: unknown = await rows({ ...server, remote }, "SELECT 1").catch(
          (error: unknown) => error,
        );
        expect(failure).to.be.an("error");
        expect((failure as Error).message).to.match(/token|UNAUTHENTICATED|authentica/i);
      }
    });

    it("is reused by later calls and by other processes", async () => {
      expect(await ensureServer(project)).to.include({ pid: server.pid, reused: true, port: server.port });
      expect(await findServer(project)).to.include({ pid: server.pid, remote: server.remote });
      const { result } = await runElsewhere(["server", project]).ended;
      expect(result).to.include({ pid: server.pid, reused: true });
    });

    it("says when it was started with other settings", async () => {
      const lines: string[] = [];
      await ensureServer(project, {
        conf: { "spark.driver.memory": "3g" },
        onProgress: (l) => void lines.push(l),
      });
      expect(lines.join("\n")).to.include("spark.driver.memory");
    });

    it("is adopted after its supervisor was killed", async () => {
      const { supervisor } = discoveryOf(project);
      process.kill(supervisor.pid, "SIGKILL");
      await eventually("the supervisor is gone", () => !isAlive(supervisor));
      expect(await ensureServer(project)).to.include({ pid: server.pid, port: server.port });
      const adopter = discoveryOf(project).supervisor;
      expect(adopter.pid).not.to.equal(supervisor.pid);
      expect(isAlive(adopter)).to.equal(true);
    });

    it("keeps tables, views and databases over a restart, and forgets what was dropped", async () => {
      await rows(
        server,
        "CREATE DATABASE bronze",
        "CREATE TABLE bronze.d USING delta PARTITIONED BY (day) AS SELECT id, id % 2 AS day FROM range(10)",
        "CREATE TABLE p USING parquet AS SELECT id FROM range(5)",
        "CREATE TABLE gone USING delta AS SELECT 1 AS x",
        "CREATE VIEW v AS SELECT id * 2 AS twice FROM p WHERE id > 2",
        "DROP TABLE gone",
      );
      expect(await stopServer(project)).to.equal(true);
      expect(isRunning(server.pid)).to.equal(false);
      expect(existsSync(stateFolder(project).discovery)).to.equal(false);
      expect(await findServer(project)).to.equal(undefined);
      expect(await stopServer(project)).to.equal(false);

      server = await ensureServer(project);
      expect(server.reused).to.equal(false);
      expect(await rows(server, "SELECT count(*) AS n, sum(day) AS odd FROM bronze.d")).to.deep.equal([
        { n: 10, odd: 5 },
      ]);
      expect(await rows(server, "SELECT twice FROM v ORDER BY twice")).to.deep.equal([
        { twice: 6 },
        { twice: 8 },
      ]);
      expect(await rows(server, "SHOW TABLES")).to.deep.equal([
        { namespace: "default", tableName: "p", isTemporary: false },
        { namespace: "default", tableName: "v", isTemporary: false },
      ]);
    });

    it("is replaced after its JVM was killed, and so is its discovery file", async () => {
      const killed = server.pid;
      const { supervisor } = discoveryOf(project);
      process.kill(killed, "SIGKILL");
      await eventually("the supervisor is gone too", () => !isAlive(supervisor));
      expect(existsSync(stateFolder(project).discovery)).to.equal(false);
      server = await ensureServer(project);
      expect(server.pid).not.to.equal(killed);
      expect(await rows(server, "SELECT count(*) AS n FROM bronze.d")).to.deep.equal([{ n: 10 }]);
    });

    it("is stopped also when its supervisor was killed before", async () => {
      process.kill(discoveryOf(project).supervisor.pid, "SIGKILL");
      expect(await stopServer(project)).to.equal(true);
      expect(isRunning(server.pid)).to.equal(false);
    });

    it("is not taken for another process that has its pid now", async () => {
      const { discovery } = stateFolder(project);
      // One that had the pid before, and a forged file that names a process of the user exactly.
      for (const startTime of ["of another process", identify(process.pid)?.startTime ?? ""]) {
        const jvm = { pid: process.pid, startTime };
        writeDiscovery(discovery, {
          version: 1,
          status: "running",
          supervisor: jvm,
          jvm,
          port: server.port,
          token: "t",
          sparkVersion: "4.2.0",
          hasDelta: true,
          startedAt: "2026-01-01T00:00:00Z",
          conf: {},
        });
        expect(await findServer(project)).to.equal(undefined);
        expect(await stopServer(project)).to.equal(false);
      }
    });
  });

  it("is one when two processes start it at once, and stops by itself when nobody uses it", async () => {
    const project = newProject();
    const [a, b] = await Promise.all([1, 2].map(() => runElsewhere(["server", project, "3000"]).ended));
    expect(a?.result["pid"]).to.be.a("number");
    expect(a?.result["pid"]).to.equal(b?.result["pid"]);
    expect([a?.result["reused"], b?.result["reused"]].sort()).to.deep.equal([false, true]);
    const { jvm, supervisor } = discoveryOf(project);
    await eventually("the idle server has stopped", () => !isAlive(jvm) && !isAlive(supervisor), 90_000);
    expect(await findServer(project)).to.equal(undefined);
  });

  it("is never leaked: not by a kill of everything else while it starts, not by a deleted project", async () => {
    const project = newProject();
    const starter = runElsewhere(["server", project]);
    const { discovery } = stateFolder(project);
    await eventually("the JVM has been started", () => readDiscovery(discovery) !== undefined, 60_000);
    const first = discoveryOf(project);
    starter.child.kill("SIGKILL");
    process.kill(first.supervisor.pid, "SIGKILL");
    expect(isAlive(first.jvm)).to.equal(true);

    const server = await ensureServer(project);
    expect(isAlive(first.jvm) && server.pid !== first.jvm.pid).to.equal(false);

    rmSync(stateFolder(project).path, { recursive: true, force: true });
    await eventually("the JVM of the deleted project has ended", () => !isRunning(server.pid), 60_000);
  });

  it("says what its log says when it does not come up", async () => {
    const project = newProject();
    const failure: unknown = await ensureServer(project, {
      conf: { "spark.driver.memory": "900000g" },
    }).catch((error: unknown) => error);
    expect(failure).to.have.property("code", "SERVER_START_FAILED");
    expect(failure)
      .to.have.property("hint")
      .that.matches(/spark\.driver\.memory/);
    expect(existsSync(stateFolder(project).discovery)).to.equal(false);
  });

  it("leaves nothing running when its start is aborted", async () => {
    const project = newProject();
    const abort = new AbortController();
    const start = ensureServer(project, { signal: abort.signal }).catch((error: unknown) => error);
    await eventually("the JVM has been started", () => existsSync(stateFolder(project).discovery), 60_000);
    const { jvm, supervisor } = discoveryOf(project);
    abort.abort();
    expect(await start).to.have.property("code", "CANCELLED");
    expect([isAlive(jvm), isAlive(supervisor)]).to.deep.equal([false, false]);
  });
});
