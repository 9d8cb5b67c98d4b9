import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { SparkwrightError } from "../core/error.ts";

/** What the jars of a folder say. */
export interface JarSet {
  /** Of the Spark Connect jar. */
  readonly version: string;
  readonly hasDelta: boolean;
}

/**
 * Looks at a Spark that somebody installed. Thrown when SPARK_HOME is no Spark 4 with Spark Connect: then we say so
 * instead of installing another one behind the user's back.
 */
export function inspectSparkHome(sparkHome: string): JarSet {
  const jars = join(sparkHome, "jars");
  const hint = "set SPARK_HOME to a Spark 4 distribution, or unset it to let sparkwright install one";
  const fail = (message: string): SparkwrightError =>
    new SparkwrightError("SERVER_BAD_SPARK_HOME", `SPARK_HOME is ${sparkHome}, ${message}`, {
      hint,
      details: { sparkHome },
    });
  if (!existsSync(jars)) throw fail("but there is no folder jars in it");
  const names = readdirSync(jars);
  const version = sparkVersionOf(names);
  if (version === undefined) {
    const core = names.find((name) => /^spark-core_.*\.jar$/.test(name));
    throw fail(
      core === undefined
        ? `but there is no Spark in ${jars}`
        : `but ${jars} has ${core} and no spark-connect jar; Spark 4 brings it`,
    );
  }
  if (!version.startsWith("4.")) throw fail(`a Spark ${version}; sparkwright needs Spark 4`);
  return { version, hasDelta: hasDelta(names) };
}

/** The Spark version in the name of the Spark Connect jar. */
export function sparkVersionOf(jars: readonly string[]): string | undefined {
  for (const jar of jars) {
    const version = /^spark-connect_[\d.]+-(\d[\w.-]*)\.jar$/.exec(jar)?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

function hasDelta(jars: readonly string[]): boolean {
  return jars.some((jar) => /(^|_)delta-spark_.*\.jar$/.test(jar));
}
