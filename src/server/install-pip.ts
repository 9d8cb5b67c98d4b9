import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../core/error.ts";
import { childEnvironment } from "./environment.ts";
import { InstallProgress } from "./install-progress.ts";
import type { InstallationRecord, InstallOptions } from "./installation.ts";
import { type JavaRuntime, sparkJavaOptions } from "./java.ts";
import { type Pip, pipInstall } from "./pip.ts";
import { runCommand } from "./run-command.ts";
import type { SparkPom } from "./spark-pom.ts";

/** Puts the jars of Spark's PyPI distribution into `folder`/jars, and Delta and Kafka by Spark's own Ivy. */
export async function installWithPip(
  pip: Pip,
  pom: SparkPom,
  java: JavaRuntime,
  folder: string,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const progress = new InstallProgress(`Spark ${pom.sparkVersion} with pip`, options.onProgress);
  const jars = join(folder, "jars");
  const work = join(folder, "work");
  try {
    mkdirSync(join(work, "tmp"), { recursive: true });
    await pipInstall(pip, `pyspark==${pom.sparkVersion}`, join(work, "packages"), {
      signal: options.signal,
      onLine: (line) => progress.read(line),
    });
    renameSync(join(work, "packages", "pyspark", "jars"), jars);
    rmSync(join(jars, "connect-repl"), { recursive: true, force: true });
    progress.end();
    const hasDelta = await addExtraPackages(pom, java, jars, work, options);
    return { source: "pip", version: pom.sparkVersion, hasDelta };
  } finally {
    progress.cancel();
    rmSync(work, { recursive: true, force: true });
  }
}

/** False, with a line that says why, where they cannot be had: Spark itself works without them. */
async function addExtraPackages(
  pom: SparkPom,
  java: JavaRuntime,
  jars: string,
  work: string,
  options: InstallOptions,
): Promise<boolean> {
  const progress = new InstallProgress("Delta and Kafka support with Spark's Ivy", options.onProgress);
  try {
    const ivy = join(work, "ivy");
    await resolveWithIvy(pom, java, jars, { ivy, home: join(work, "home"), tmp: join(work, "tmp") }, options);
    for (const name of newJars(readdirSync(join(ivy, "jars")), readdirSync(jars))) {
      copyFileSync(join(ivy, "jars", name), join(jars, name));
    }
    const hasDelta = readdirSync(jars).some((name) => name.includes("delta-spark_"));
    if (hasDelta) progress.end();
    return hasDelta;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    options.onProgress(`Delta and Kafka support cannot be installed: ${messageOf(error)}`);
    return false;
  } finally {
    progress.cancel();
  }
}

async function resolveWithIvy(
  pom: SparkPom,
  java: JavaRuntime,
  jars: string,
  folders: { readonly ivy: string; readonly home: string; readonly tmp: string },
  options: InstallOptions,
): Promise<void> {
  mkdirSync(folders.home, { recursive: true });
  // SparkSubmit resolves the packages before it looks for the class to run, and there is none: it ends in an error
  // by design, so what counts is whether the jars came.
  const failure = await runCommand(
    java.executable,
    [
      ...sparkJavaOptions(java.feature),
      `-Duser.home=${folders.home}`, // a Maven cache that holds POMs without their jars would break Ivy
      `-Djava.io.tmpdir=${folders.tmp}`,
      ...["-cp", join(jars, "*"), "org.apache.spark.deploy.SparkSubmit"],
      ...["--packages", pom.extraPackages.join(",")],
      ...["--conf", `spark.jars.ivy=${folders.ivy}`],
      ...["--class", "sparkwright.ResolveOnly", "spark-internal"],
    ],
    { cwd: folders.tmp, env: childEnvironment({ SPARK_HOME: undefined }), signal: options.signal },
  ).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!existsSync(join(folders.ivy, "jars"))) throw failure;
}

/**
 * Those of Ivy's jars (`org_artifact-version.jar`) whose artifact Spark does not bring itself: a second version of
 * Jackson or slf4j on the class path makes writes fail.
 */
export function newJars(resolved: readonly string[], present: readonly string[]): readonly string[] {
  const artifact = (jar: string): string => jar.replace(/-\d[^/]*\.jar$/, "");
  const known = new Set(present.map(artifact));
  return resolved.filter((jar) => !known.has(artifact(jar.slice(jar.indexOf("_") + 1))));
}
