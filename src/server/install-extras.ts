import { randomUUID } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../core/error.ts";
import { childEnvironment } from "./environment.ts";
import { InstallProgress } from "./install-progress.ts";
import type { InstallOptions } from "./installation.ts";
import { type JavaRuntime, sparkJavaOptions } from "./java.ts";
import { runCommand } from "./run-command.ts";
import type { SparkPom } from "./spark-pom.ts";

/**
 * Adds Delta and the Kafka connector to the jars that came by pip, with Spark's own Ivy, so that no later start needs
 * the network. False, with a line that says why, where they cannot be had: Spark works without them.
 */
export async function installExtras(
  pom: SparkPom,
  java: JavaRuntime,
  folder: string,
  options: InstallOptions,
): Promise<boolean> {
  const progress = new InstallProgress("Delta and Kafka support with Ivy", options.onProgress);
  const jars = join(folder, "jars");
  const work = join(folder, `extras-${randomUUID().slice(0, 8)}`);
  try {
    const resolved = await resolveWithIvy(pom, java, jars, work, options);
    // Delta's own jar goes last: it is what says that the set is complete.
    const added = newJars(readdirSync(resolved), readdirSync(jars)).toSorted(
      (a, b) => Number(isDelta(a)) - Number(isDelta(b)),
    );
    for (const jar of added) copyFileSync(join(resolved, jar), join(jars, jar));
    progress.end();
    return readdirSync(jars).some(isDelta);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    options.onProgress(`no Delta and Kafka support: ${messageOf(error)}`);
    return false;
  } finally {
    progress.cancel();
    rmSync(work, { recursive: true, force: true });
  }
}

/** The folder Ivy put the jars into. */
async function resolveWithIvy(
  pom: SparkPom,
  java: JavaRuntime,
  jars: string,
  work: string,
  options: InstallOptions,
): Promise<string> {
  const home = join(work, "home");
  mkdirSync(home, { recursive: true });
  const ivy = join(work, "ivy");
  // SparkSubmit resolves the packages before it looks for the class to run. There is none by that name, so it always
  // ends in an error, and what counts is whether the jars came.
  const failure = await runCommand(
    java.executable,
    [
      ...sparkJavaOptions(java.feature),
      `-Duser.home=${home}`, // a Maven cache that holds POMs without their jars would break Ivy
      `-Djava.io.tmpdir=${work}`,
      ...["-cp", join(jars, "*"), "org.apache.spark.deploy.SparkSubmit"],
      ...["--packages", pom.extraPackages.join(",")],
      ...["--conf", `spark.jars.ivy=${ivy}`],
      ...["--class", "sparkwright.ResolveOnly", "spark-internal"],
    ],
    {
      cwd: work,
      env: childEnvironment({ SPARK_HOME: undefined, SPARK_CONF_DIR: undefined }),
      signal: options.signal,
    },
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  const resolved = join(ivy, "jars");
  if (!existsSync(resolved) || !readdirSync(resolved).some(isDelta)) throw failure;
  return resolved;
}

/**
 * Those of Ivy's jars (`org_artifact-version.jar`) whose artifact Spark does not bring itself: a second version of
 * Jackson or slf4j on the class path makes writes fail.
 */
export function newJars(resolved: readonly string[], present: readonly string[]): readonly string[] {
  const artifact = (jar: string): string => jar.replace(/-\d[^/]*\.jar$/, "");
  const known = new Set(present.map(artifact));
  return resolved.filter((jar) => {
    const plain = artifact(jar.slice(jar.indexOf("_") + 1));
    return !known.has(plain) && !known.has(artifact(jar));
  });
}

function isDelta(jar: string): boolean {
  return /(^|_)delta-spark_.*\.jar$/.test(jar);
}
