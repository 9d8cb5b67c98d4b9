import { spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { type Clock, systemClock } from "../core/clock.ts";
import { emptyOwnFolder, writeOwnFile } from "../core/own-files.ts";
import {
  commandLine,
  identify,
  isAlive,
  type ProcessIdentity,
  signalProcess,
} from "../core/process-identity.ts";
import { childEnvironment } from "./environment.ts";
import { javaArguments, type LaunchPlan, serverEnvironment } from "./launch.ts";
import { logConf, openLog } from "./server-log.ts";
import { formatProperties, sparkConf } from "./spark-conf.ts";
import type { StateFolder } from "./state-folder.ts";

const defaultGraceMs = 10_000;
const killMs = 10_000;
const pollMs = 100;

/** Starts the JVM of a server, whose output goes straight to its log, so that it outlives its supervisor. */
export function spawnServer(
  plan: LaunchPlan,
  folder: StateFolder,
  token: string,
): ProcessIdentity | undefined {
  const { distribution, conf } = plan;
  const cores = availableParallelism();
  const limit = process.constrainedMemory();
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  emptyOwnFolder(folder.temporary); // a killed server leaves its blocks behind
  writeOwnFile(folder.logConf, logConf);
  writeOwnFile(
    folder.sparkConf,
    formatProperties(sparkConf({ folder, token, cores, hasDelta: distribution.hasDelta, conf })),
  );
  const log = openLog(folder.log);
  try {
    const child = spawn(distribution.java, javaArguments(plan, folder, { cores, memory }), {
      cwd: folder.project,
      env: childEnvironment(serverEnvironment),
      stdio: ["ignore", log, log],
    });
    child.once("error", () => {}); // it has no pid then
    return child.pid === undefined ? undefined : identify(child.pid);
  } finally {
    closeSync(log);
  }
}

/** Whether the process is a server of ours: whoever can write the discovery file could name any other. */
export function isServer(jvm: ProcessIdentity): boolean {
  return isAlive(jvm) && commandLine(jvm.pid)?.includes("/.sparkwright/spark/spark.conf") === true;
}

export function isSupervisor(supervisor: ProcessIdentity): boolean {
  return isAlive(supervisor) && /\/server\/supervisor\.[jt]s( |$)/.test(commandLine(supervisor.pid) ?? "");
}

/** Ends a process: SIGTERM, after `graceMs` SIGKILL. Resolves when it is gone; false when it still is not. */
export async function endProcess(
  process: ProcessIdentity,
  graceMs: number = defaultGraceMs,
  clock: Clock = systemClock,
): Promise<boolean> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    signalProcess(process, signal);
    const deadline = clock.now() + (signal === "SIGTERM" ? graceMs : killMs);
    while (isAlive(process) && clock.now() < deadline) await clock.sleep(pollMs);
    if (!isAlive(process)) return true;
  }
  return false;
}
