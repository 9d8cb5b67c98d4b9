import { join } from "node:path";
import { messageOf, SparkwrightError } from "../core/error.ts";
import { cacheFolder } from "./cache-folder.ts";
import { readEnvironment, type ServerEnvironment } from "./environment.ts";
import { findProgram } from "./find-program.ts";
import { installExtras } from "./install-extras.ts";
import { findInstalledJre, installJre } from "./install-jre.ts";
import { installWithMaven } from "./install-maven.ts";
import { installWithPip } from "./install-pip.ts";
import {
  type InstallationRecord,
  type InstallOptions,
  installOnce,
  updateInstallation,
} from "./installation.ts";
import { findJava, type JavaRuntime } from "./java.ts";
import { findPip } from "./pip.ts";
import { inspectSparkHome } from "./spark-home.ts";
import { readSparkPom, type SparkPom } from "./spark-pom.ts";

/** A Spark to run, and the Java to run it on. */
export interface SparkDistribution {
  readonly version: string;
  /** Folder of the jars. */
  readonly jars: string;
  /** Path of the Java executable. */
  readonly java: string;
  /** Feature version of that Java: 17, 21, 25. */
  readonly javaFeature: number;
  /** What that Java says about its build. */
  readonly javaBanner: string;
  readonly source: "SPARK_HOME" | "maven" | "pip";
  /** Whether the Delta jars are there; without them `format("delta")` fails. */
  readonly hasDelta: boolean;
}

export interface DistributionOptions {
  /** No program in it is run. @default the current folder */
  readonly project?: string | undefined;
  /** Told what happens, line by line, when something has to be installed. */
  readonly onProgress?: (line: string) => void;
  /** Aborting ends the installation and leaves nothing of it behind. */
  readonly signal?: AbortSignal | undefined;
}

const waysOut =
  "install Java 17 or newer and Maven (or Python 3 with pip), or start a server with `docker compose -f docker/compose.yaml up`, " +
  "or set SPARK_REMOTE to the address of a Spark Connect server";

/**
 * Finds Spark, or installs it once for all projects: `SPARK_HOME` if set, else the cached jar set of this version,
 * else Maven, else pip; and a Java runtime by pip where there is no Java 17.
 *
 * Thrown when SPARK_HOME is no Spark 4 (SERVER_BAD_SPARK_HOME), when Spark or Java can be had in no way
 * (SERVER_NO_SPARK, SERVER_NO_JAVA), and when `signal` aborts.
 */
export async function ensureDistribution(options: DistributionOptions = {}): Promise<SparkDistribution> {
  const environment = readEnvironment(options.project);
  const install: InstallOptions = { onProgress: options.onProgress ?? (() => {}), signal: options.signal };
  if (environment.sparkHome !== undefined) {
    const { version, hasDelta } = inspectSparkHome(environment.sparkHome);
    const java = await ensureJava(environment, install);
    const jars = join(environment.sparkHome, "jars");
    return { version, jars, ...described(java), source: "SPARK_HOME", hasDelta };
  }
  const pom = readSparkPom();
  const folder = join(cacheFolder(environment), `spark-${pom.sparkVersion}-${pom.hash}`);
  const what = `Spark ${pom.sparkVersion}`;
  let record = await installOnce(
    folder,
    what,
    (unfinished) => installSpark(environment, pom, unfinished, install),
    install,
  );
  const java = await ensureJava(environment, install);
  if (!record.hasDelta) {
    // Tried again at every start, so that a network that was down once costs nothing for good.
    record = await updateInstallation(
      folder,
      what,
      async (now) =>
        now.hasDelta ? now : { ...now, hasDelta: await installExtras(pom, java, folder, install) },
      install,
    );
  }
  const { version, source, hasDelta } = record;
  return { version, jars: join(folder, "jars"), ...described(java), source, hasDelta };
}

function described(java: JavaRuntime): Pick<SparkDistribution, "java" | "javaFeature" | "javaBanner"> {
  return { java: java.executable, javaFeature: java.feature, javaBanner: java.banner };
}

async function installSpark(
  environment: ServerEnvironment,
  pom: SparkPom,
  folder: string,
  options: InstallOptions,
): Promise<InstallationRecord> {
  const failures: string[] = [];
  const maven = findProgram("mvn", environment);
  if (maven !== undefined) {
    try {
      return await installWithMaven(maven, pom, folder, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      failures.push(messageOf(error));
      options.onProgress("Maven failed, trying pip");
    }
  }
  const pip = await findPip(environment, options.signal);
  if (pip !== undefined) {
    try {
      return await installWithPip(pip, pom, folder, options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      failures.push(messageOf(error));
    }
  }
  const why = failures.length === 0 ? "there is neither Maven nor pip on the PATH" : failures.join("\n");
  throw new SparkwrightError("SERVER_NO_SPARK", `cannot install Spark ${pom.sparkVersion}: ${why}`, {
    hint: waysOut,
  });
}

async function ensureJava(environment: ServerEnvironment, options: InstallOptions): Promise<JavaRuntime> {
  const { found, tooOld } = await findJava(environment, options.signal);
  if (found !== undefined) return found;
  const cache = cacheFolder(environment);
  const installed = await findInstalledJre(cache, options.signal);
  if (installed !== undefined) return installed;
  const pip = await findPip(environment, options.signal);
  const have =
    tooOld.map((java) => `${java.executable} is Java ${java.feature}`).join(", ") || "there is no Java";
  if (pip === undefined) {
    throw new SparkwrightError("SERVER_NO_JAVA", `Spark needs Java 17 or newer; ${have}`, { hint: waysOut });
  }
  try {
    return await installJre(cache, pip, options);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new SparkwrightError(
      "SERVER_NO_JAVA",
      `Spark needs Java 17 or newer; ${have}, and none can be installed with pip: ${messageOf(error)}`,
      { cause: error, hint: waysOut },
    );
  }
}
