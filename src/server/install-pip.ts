import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InstallProgress } from "./install-progress.ts";
import type { InstallationRecord, InstallOptions } from "./installation.ts";
import { type Pip, pipInstall } from "./pip.ts";
import type { SparkPom } from "./spark-pom.ts";

/** Puts the jars of Spark's PyPI distribution, which has neither Delta nor Kafka, into `folder`/jars. */
export async function installWithPip(
  pip: Pip,
  pom: SparkPom,
  folder: string,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const progress = new InstallProgress(`Spark ${pom.sparkVersion} with pip`, options.onProgress);
  const work = join(folder, "work");
  try {
    mkdirSync(join(work, "tmp"), { recursive: true });
    await pipInstall(pip, `pyspark==${pom.sparkVersion}`, join(work, "packages"), {
      signal: options.signal,
      onLine: (line) => progress.read(line),
    });
    renameSync(join(work, "packages", "pyspark", "jars"), join(folder, "jars"));
    rmSync(join(folder, "jars", "connect-repl"), { recursive: true, force: true });
    rmSync(work, { recursive: true });
    progress.end();
    return { source: "pip", version: pom.sparkVersion, hasDelta: false };
  } finally {
    progress.cancel();
  }
}
