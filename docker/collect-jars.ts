/**
 * Puts the pinned jar set (docker/spark/pom.xml) into `docker/jars`, which the image copies.
 * It is the set that the embedded server uses, taken from its cache or installed by Maven on the way.
 */
import { copyFileSync, linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureDistribution } from "../src/server/distribution.ts";

const target = join(import.meta.dirname, "jars");

const { jars } = await ensureDistribution({ onProgress: (line) => console.error(line) });
const names = readdirSync(jars).filter((name) => name.endsWith(".jar"));
for (const needed of ["spark-connect_", "delta-spark_", "spark-sql-kafka"]) {
  if (!names.some((name) => name.startsWith(needed))) {
    throw new Error(
      `${jars} has no ${needed}*.jar; unset SPARK_HOME and install Maven, so that docker/spark/pom.xml is resolved`,
    );
  }
}
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const name of names) {
  try {
    linkSync(join(jars, name), join(target, name));
  } catch {
    copyFileSync(join(jars, name), join(target, name)); // another file system
  }
}
console.error(`collected ${names.length} jars`);
