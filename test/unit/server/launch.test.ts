import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { archiveOptions, classArchive, publishArchive } from "../../../src/server/class-archive.ts";
import type { SparkDistribution } from "../../../src/server/distribution.ts";
import { javaArguments, type LaunchPlan } from "../../../src/server/launch.ts";
import { stateFolder } from "../../../src/server/state-folder.ts";

const distribution: SparkDistribution = {
  version: "4.2.0",
  jars: "/spark/jars",
  java: "/usr/bin/java",
  javaFeature: 17,
  javaBanner: "17.0.15",
  source: "maven",
  hasDelta: true,
};
const gibibyte = 2 ** 30;

describe("command line of the server", () => {
  const plan = (conf: Record<string, string>): LaunchPlan => ({
    ...{ projectDir: "/my project", distribution, conf, idleTimeoutMs: 1, archive: "/cache/none.jsa" },
  });
  const line = (conf: Record<string, string>, memory = 8 * gibibyte): readonly string[] =>
    javaArguments(plan(conf), stateFolder("/my project"), { cores: 2, memory });

  it("takes half of the memory, at least 1 and at most 4 GiB, unless the user says", () => {
    expect(line({}, 8 * gibibyte)[0]).to.equal("-Xmx4096m");
    expect(line({}, 64 * gibibyte)[0]).to.equal("-Xmx4096m");
    expect(line({}, 5 * gibibyte)[0]).to.equal("-Xmx2560m");
    expect(line({}, gibibyte)[0]).to.equal("-Xmx1024m");
    expect(line({ "spark.driver.memory": "9g" })[0]).to.equal("-Xmx9g");
  });

  it("has the user's Java options and jars, and no setting, since everybody can read it", () => {
    const args = line({
      "spark.driver.extraJavaOptions": " -Da=1  -Db=2",
      "spark.driver.extraClassPath": "/mine.jar",
      "spark.hadoop.fs.s3a.secret.key": "hidden",
    });
    expect(args).to.include.members(["-Da=1", "-Db=2", "/mine.jar:/spark/jars/*"]);
    expect(args.join(" ")).not.to.include("hidden");
    expect(args).to.include("/my project/.sparkwright/spark/spark.conf");
  });

  it("leaves the class archive alone where other jars come first", () => {
    expect(line({}).join(" ")).to.include("ArchiveClassesAtExit");
    expect(line({ "spark.driver.extraClassPath": "/mine.jar" }).join(" ")).not.to.include(
      "ArchiveClassesAtExit",
    );
  });
});

describe("class archive", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-classes-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("has another name for other jars and another Java", () => {
    writeFileSync(join(folder, "a.jar"), "a");
    const here = { ...distribution, jars: folder };
    const name = classArchive("/cache", here);
    expect(classArchive("/cache", here)).to.equal(name);
    expect(classArchive("/cache", { ...here, javaBanner: "17.0.16" })).not.to.equal(name);
    utimesSync(join(folder, "a.jar"), 1, 1);
    expect(classArchive("/cache", here)).not.to.equal(name);
  });

  it("is recorded once, then used", () => {
    const archive = join(folder, "classes", "x.jsa");
    const recording = join(folder, "recorded.jsa");
    expect(archiveOptions(archive, recording)).to.include(`-XX:ArchiveClassesAtExit=${recording}`);
    publishArchive(recording, archive); // the server was killed before it could write it
    writeFileSync(recording, "classes");
    publishArchive(recording, archive);
    expect(archiveOptions(archive, recording)).to.include(`-XX:SharedArchiveFile=${archive}`);
  });
});
