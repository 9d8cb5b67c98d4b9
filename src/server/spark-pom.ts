import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SparkwrightError } from "../core/error.ts";

/** The pinned jar set, as `docker/spark/pom.xml` names it. */
export interface SparkPom {
  readonly file: string;
  readonly sparkVersion: string;
  /** Changes whenever the file does, so that an upgraded package never uses another version's jars. */
  readonly hash: string;
  /** Maven coordinates of what Spark's PyPI distribution lacks: Delta and the Kafka connector. */
  readonly extraPackages: readonly string[];
}

/** Reads the POM of this package, whether it runs from its sources or from `dist`. */
export function readSparkPom(): SparkPom {
  const file = join(packageRoot(), "docker", "spark", "pom.xml");
  return parseSparkPom(file, readFileSync(file, "utf8"));
}

/** Thrown when the POM does not name the artifacts we rely on. */
export function parseSparkPom(file: string, text: string): SparkPom {
  const versionOf = (artifact: string): string => {
    const version = new RegExp(`<artifactId>${artifact}</artifactId>\\s*<version>([^<]+)</version>`).exec(
      text,
    )?.[1];
    if (version === undefined) {
      throw new SparkwrightError("SERVER_BAD_POM", `${file} names no version of ${artifact}`, {
        hint: "reinstall sparkwright",
      });
    }
    return version;
  };
  const sparkVersion = versionOf("spark-connect_2.13");
  return {
    file,
    sparkVersion,
    hash: createHash("sha256").update(text).digest("hex").slice(0, 12),
    extraPackages: [
      `io.delta:delta-spark_2.13:${versionOf("delta-spark_2.13")}`,
      `org.apache.spark:spark-sql-kafka-0-10_2.13:${versionOf("spark-sql-kafka-0-10_2.13")}`,
    ],
  };
}

/** The nearest folder above this file that has a package.json. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
