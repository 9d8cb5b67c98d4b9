import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { archiveOptions } from "./class-archive.ts";
import type { SparkDistribution } from "./distribution.ts";
import { sparkJavaOptions } from "./java.ts";
import type { StateFolder } from "./state-folder.ts";

/** What a supervisor needs to start a server. */
export interface LaunchPlan {
  readonly projectDir: string;
  readonly distribution: SparkDistribution;
  /** The user's settings. */
  readonly conf: Readonly<Record<string, string>>;
  /** Milliseconds without a client after which the server stops. */
  readonly idleTimeoutMs: number;
  /** Path of the archive of loaded classes, there already or to be made. */
  readonly archive: string;
}

/** What a launch depends on in the machine. */
export interface Machine {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

const gibibyte = 2 ** 30;

/** The command line of the server's JVM; nothing secret is on it, since everybody can read it. */
export function javaArguments(plan: LaunchPlan, folder: StateFolder, machine: Machine): readonly string[] {
  const { distribution, conf } = plan;
  const extraClassPath = conf["spark.driver.extraClassPath"];
  const classPath = [...(extraClassPath === undefined ? [] : [extraClassPath]), join(distribution.jars, "*")];
  return [
    `-Xmx${conf["spark.driver.memory"] ?? defaultHeap(machine.memory)}`,
    ...sparkJavaOptions(distribution.javaFeature),
    // With other jars in front the archive would not fit.
    ...(extraClassPath === undefined ? archiveOptions(plan.archive, folder.recordedClasses) : []),
    "-Duser.timezone=UTC",
    `-Djava.io.tmpdir=${folder.temporary}`,
    `-Dderby.system.home=${folder.path}`,
    `-Dlog4j2.configurationFile=${pathToFileURL(folder.logConf).href}`,
    ...(conf["spark.driver.extraJavaOptions"]?.trim().split(/\s+/) ?? []),
    ...["-cp", classPath.join(":")],
    "org.apache.spark.deploy.SparkSubmit",
    ...["--properties-file", folder.sparkConf],
    ...["--class", "org.apache.spark.sql.connect.service.SparkConnectServer"],
    "spark-internal",
  ];
}

/** Half of the machine's memory, at most 4 GiB and at least 1. */
function defaultHeap(memory: number): string {
  return `${Math.round(Math.max(gibibyte, Math.min(4 * gibibyte, memory / 2)) / 2 ** 20)}m`;
}

/** What would make SparkSubmit a client of another server, or mix a foreign configuration in. */
export const serverEnvironment: Readonly<Record<string, string | undefined>> = {
  SPARK_REMOTE: undefined,
  SPARK_API_MODE: undefined,
  SPARK_CONNECT_MODE_ENABLED: undefined,
  SPARK_CONNECT_AUTHENTICATE_TOKEN: undefined,
  SPARK_CONF_DIR: undefined,
  SPARK_LOCAL_DIRS: undefined,
  SPARK_LOCAL_IP: "127.0.0.1",
  SPARK_LOCAL_HOSTNAME: "localhost", // a machine without network cannot resolve its own name
  MASTER: undefined,
  LC_ALL: "C.UTF-8", // else Java cannot name a file with an accent in its path
};
