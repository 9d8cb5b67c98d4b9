import { spawn } from "node:child_process";
import { closeSync, mkdirSync, rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { type Clock, systemClock } from "../core/clock.ts";
import { identify, isAlive, type ProcessIdentity, signalProcess } from "../core/process-identity.ts";
import { childEnvironment } from "./environment.ts";
import { javaArguments, type LaunchPlan, serverEnvironment } from "./launch.ts";
import { logConf, openLog } from "./server-log.ts";
import { formatProperties, sparkConf } from "./spark-conf.ts";
import { type StateFolder, writePrivateFile } from "./state-folder.ts";

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
  rmSync(folder.temporary, { recursive: true, force: true }); // a killed server leaves its blocks behind
  mkdirSync(folder.temporary, { recursive: true });
  writePrivateFile(folder.logConf, logConf);
  writePrivateFile(
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
