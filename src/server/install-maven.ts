import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { InstallProgress } from "./install-progress.ts";
import type { InstallationRecord, InstallOptions } from "./installation.ts";
import { runCommand } from "./run-command.ts";
import type { SparkPom } from "./spark-pom.ts";

/** Puts the whole pinned jar set, Delta and Kafka included, into `folder`/jars. */
export async function installWithMaven(
  maven: string,
  pom: SparkPom,
  folder: string,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const progress = new InstallProgress(`Spark ${pom.sparkVersion} with Maven`, options.onProgress);
  try {
    mkdirSync(join(folder, ".mvn"), { recursive: true }); // else Maven looks for one, and for extensions in it, in the folders above
    copyFileSync(pom.file, join(folder, "pom.xml")); // the package's own folder may be read-only
    await runCommand(
      maven,
      [
        "--batch-mode",
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
        `-DoutputDirectory=${join(folder, "jars")}`,
      ],
      { cwd: folder, signal: options.signal, onLine: (line) => progress.read(line) },
    );
    progress.end();
    return { source: "maven", version: pom.sparkVersion, hasDelta: true };
  } finally {
    progress.cancel();
  }
}
