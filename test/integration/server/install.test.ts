import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { identify } from "../../../src/core/process-identity.ts";
import { eventually, runElsewhere } from "./other-process.ts";

/** Real processes, a real `java`; Maven is a script, so that an installation can be cut off where we like. */
describe("installation of Spark", function () {
  this.timeout(60_000);
  let folder: string;
  let cache: string;
  let env: NodeJS.ProcessEnv;
  const program = (name: string, script: string): void => {
    const file = join(folder, "bin", name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-install-"));
    cache = join(folder, "cache");
    const programs = join(folder, "bin");
    mkdirSync(programs);
    for (const name of ["sh", "sleep", "touch", "mkdir"]) symlinkSync(`/bin/${name}`, join(programs, name));
    env = { ...process.env, PATH: programs, SPARKWRIGHT_CACHE_DIR: cache, SPARK_HOME: "", JAVA_HOME: "" };
    program("java", `echo 'openjdk version "17.0.15" 2025-04-15' >&2`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** It leaves its pid, writes half of the jars and then takes its time. */
  const slowMaven = `echo $$ > 'FOLDER/pid'; mkdir -p jars; touch jars/half.jar; sleep 60 & wait`;
  const quickMaven = "mkdir -p jars; touch jars/spark-connect_2.13-4.2.0.jar";
  const mavenPid = (): number => Number(readFileSync(join(folder, "pid"), "utf8"));
  const mavenStarted = (): Promise<void> =>
    eventually("Maven runs", () => {
      const names = readdirSync(folder);
      return names.includes("pid") && mavenPid() > 0;
    });
  it("begins anew after it was killed, and uses nothing of the half", async () => {
    program("mvn", slowMaven.replace("FOLDER", folder));
    const killed = runElsewhere(["distribution"], env);
    await mavenStarted();
    killed.child.kill("SIGKILL");
    process.kill(-mavenPid(), "SIGKILL");

    program("mvn", quickMaven);
    const { result } = await runElsewhere(["distribution"], env).ended;
    expect(result).to.include({ source: "maven", hasDelta: true });
    expect(readdirSync(String(result["jars"]))).to.deep.equal(["spark-connect_2.13-4.2.0.jar"]);
    expect(readdirSync(cache).filter((name) => name.includes("unfinished"))).to.deep.equal([]);
  });

  it("ends with Ctrl-C, Maven included, and leaves nothing", async () => {
    program("mvn", slowMaven.replace("FOLDER", folder));
    const run = runElsewhere(["distribution"], env);
    await mavenStarted();
    run.child.kill("SIGINT");
    const { result } = await run.ended;
    expect(result).to.have.property("code", "CANCELLED");
    expect(identify(mavenPid())).to.equal(undefined);
    expect(readdirSync(cache).every((name) => name.endsWith(".lock"))).to.equal(true);
  });

  it("happens once when two processes want it, and the second says that it waits", async () => {
    program("mvn", `echo run >> '${folder}/runs'; sleep 1; ${quickMaven}`);
    const [a, b] = await Promise.all([1, 2].map(() => runElsewhere(["distribution"], env).ended));
    expect(a?.result).to.deep.equal(b?.result);
    expect(readFileSync(join(folder, "runs"), "utf8")).to.equal("run\n");
    const lines = [...(a?.lines ?? []), ...(b?.lines ?? [])];
    expect(lines.filter((line) => line.startsWith("waiting for another process"))).to.have.length(1);
  });

  it("says what Maven said when that is all there is", async () => {
    program("mvn", "echo 'Unknown host repo.example'; exit 1");
    const { result } = await runElsewhere(["distribution"], env).ended;
    expect(result).to.have.property("code", "SERVER_NO_SPARK");
    expect(result["message"]).to.include("Unknown host repo.example");
    expect(result["hint"]).to.include("SPARK_REMOTE");
  });

  it("names the ways out where there is neither Maven nor pip", async () => {
    const { result } = await runElsewhere(["distribution"], env).ended;
    expect(result).to.have.property("code", "SERVER_NO_SPARK");
    for (const way of ["Java 17", "Maven", "pip", "docker compose", "SPARK_REMOTE"]) {
      expect(result["hint"]).to.include(way);
    }
  });

  it("names the Java that is too old where no newer one can be had", async () => {
    program("mvn", quickMaven);
    program("java", `echo 'java version "1.8.0_392"' >&2`);
    const { result } = await runElsewhere(["distribution"], env).ended;
    expect(result).to.have.property("code", "SERVER_NO_JAVA");
    expect(result["message"]).to.include("java is Java 8");
  });
});
