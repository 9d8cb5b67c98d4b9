import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { cacheFolder } from "../../../src/server/cache-folder.ts";
import { newJars } from "../../../src/server/install-extras.ts";
import { encodeTrustStore } from "../../../src/server/java-trust-store.ts";
import { inspectSparkHome } from "../../../src/server/spark-home.ts";
import { parseSparkPom, readSparkPom } from "../../../src/server/spark-pom.ts";

describe("SPARK_HOME", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "sparkwright-home-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  const jars = (...names: string[]): void => {
    mkdirSync(join(home, "jars"));
    for (const name of names) writeFileSync(join(home, "jars", name), "");
  };

  it("is taken when it has Spark Connect 4", () => {
    jars("spark-core_2.13-4.2.0.jar", "spark-connect_2.13-4.2.0.jar", "spark-connect-common_2.13-4.2.0.jar");
    expect(inspectSparkHome(home)).to.deep.equal({ version: "4.2.0", hasDelta: false });
  });

  it("has Delta when its jar is there", () => {
    jars("spark-connect_2.13-4.2.0.jar", "delta-spark_2.13-4.4.0.jar");
    expect(inspectSparkHome(home).hasDelta).to.equal(true);
  });

  const refused: readonly [string, readonly string[] | undefined, string][] = [
    ["no folder jars", undefined, "there is no folder jars in it"],
    ["no Spark", ["a.jar"], "there is no Spark in"],
    ["Spark 3", ["spark-core_2.12-3.5.1.jar"], "has spark-core_2.12-3.5.1.jar and no spark-connect jar"],
    ["Connect 3", ["spark-connect_2.12-3.5.1.jar"], "a Spark 3.5.1; sparkwright needs Spark 4"],
  ];
  for (const [what, names, message] of refused) {
    it(`is refused by name with ${what}`, () => {
      if (names !== undefined) jars(...names);
      expect(() => inspectSparkHome(home))
        .to.throw(message)
        .with.property("code", "SERVER_BAD_SPARK_HOME");
    });
  }
});

describe("the pinned jar set", () => {
  it("names the versions of Spark, Delta and Kafka", () => {
    const pom = readSparkPom();
    expect(pom.sparkVersion).to.match(/^4\./);
    expect(pom.extraPackages[0]).to.match(/^io\.delta:delta-spark_2\.13:4\./);
    expect(pom.extraPackages[1]).to.equal(`org.apache.spark:spark-sql-kafka-0-10_2.13:${pom.sparkVersion}`);
  });

  it("is refused when it names no Spark", () => {
    expect(() => parseSparkPom("pom.xml", "<project/>")).to.throw("names no version of spark-connect_2.13");
  });
});

describe("what Ivy brings", () => {
  it("is added unless Spark has the artifact already, in whatever version", () => {
    expect(
      newJars(
        [
          "io.delta_delta-spark_2.13-4.4.0.jar",
          "com.fasterxml.jackson.core_jackson-core-2.15.2.jar",
          "org.apache.kafka_kafka-clients-3.9.2.jar",
          "org.slf4j_slf4j-api-2.0.9.jar",
        ],
        ["jackson-core-2.21.1.jar", "slf4j-api-2.0.17.jar", "jackson-core-asl-1.9.13.jar"],
      ),
    ).to.deep.equal(["io.delta_delta-spark_2.13-4.4.0.jar", "org.apache.kafka_kafka-clients-3.9.2.jar"]);
  });

  it("is not added twice", () => {
    const jar = "io.delta_delta-spark_2.13-4.4.0.jar";
    expect(newJars([jar], [jar])).to.deep.equal([]);
  });
});

describe("cache folder", () => {
  const environment = { sparkHome: undefined, javaHome: undefined, path: [] };
  it("is SPARKWRIGHT_CACHE_DIR, else in XDG_CACHE_HOME, else in the home folder", () => {
    expect(cacheFolder({ ...environment, cacheFolder: "/a", xdgCacheHome: "/b" })).to.equal("/a");
    expect(cacheFolder({ ...environment, cacheFolder: undefined, xdgCacheHome: "/b" })).to.equal(
      "/b/sparkwright",
    );
    expect(cacheFolder({ ...environment, cacheFolder: undefined, xdgCacheHome: undefined })).to.equal(
      join(homedir(), ".cache", "sparkwright"),
    );
  });
});

describe("Java trust store", () => {
  it("has the layout of a JKS file, digest included", () => {
    const store = Buffer.from(encodeTrustStore([Uint8Array.of(1, 2, 3)], 0));
    expect(store.subarray(0, 12).toString("hex")).to.equal("feedfeed0000000200000001");
    expect(store.subarray(-20).toString("hex")).to.have.length(40);
    expect(store.length).to.equal(12 + 4 + (2 + "machine-0".length) + 8 + (2 + "X.509".length) + 4 + 3 + 20);
  });
});
