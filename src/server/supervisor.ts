/**
 * The process that watches over one project's server: it starts the JVM or takes over one that lost its supervisor,
 * says in the discovery file how to reach it, stops it when nobody needs it, and ends with it.
 *
 * Started by `ensureServer` with a LaunchPlan on stdin.
 */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { text } from "node:stream/consumers";
import { systemClock } from "../core/clock.ts";
import { removeOwnFolder } from "../core/own-files.ts";
import {
  cpuSeconds,
  identify,
  isAlive,
  type ProcessIdentity,
  signalProcess,
} from "../core/process-identity.ts";
import { publishArchive } from "./class-archive.ts";
import { type Discovery, readDiscovery, removeDiscovery, writeDiscovery } from "./discovery.ts";
import { hasConnections, IdleTimer } from "./idle.ts";
import type { LaunchPlan } from "./launch.ts";
import { tryLock } from "./process-lock.ts";
import { limitLog, portInLog, readLogTail } from "./server-log.ts";
import { endProcess, isServer, spawnServer } from "./server-process.ts";
import { type StateFolder, stateFolder } from "./state-folder.ts";
import { SupervisorExit } from "./supervisor-exit.ts";
import { acceptsConnections } from "./tcp-probe.ts";

const startPollMs = 50;
const probeMs = 2_000;
const watchPollMs = 1_000;
/** Time for Spark's shutdown after its port has closed. */
const closedMs = 1_000;
/** Time to write the class archive: 10 s on an idle machine. */
const archiveMs = 60_000;
/** A server that has run a query or two has used this much. */
const workedCpuSeconds = 25;
const lookEveryMs = 10_000;

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => stop.abort());

const plan = JSON.parse(await text(process.stdin)) as LaunchPlan;
const folder = stateFolder(plan.projectDir);
const lock = tryLock(folder.lock);
process.exitCode = lock === undefined ? SupervisorExit.lostRace : await supervise(plan, folder);
lock?.release();

async function supervise(plan: LaunchPlan, folder: StateFolder): Promise<number> {
  const self = identify(process.pid);
  if (self === undefined) throw new Error("this process cannot tell its own start time");
  const running = (await adopt(folder, self)) ?? (await start(plan, folder, self));
  if (running === undefined) return SupervisorExit.startFailed;
  await watch(running, plan.idleTimeoutMs, folder);
  await end(running, plan, folder);
  removeOwnFolder(folder.temporary);
  removeDiscovery(folder.discovery);
  return SupervisorExit.stopped;
}

/** Ends the server; one that has done real work while there was no class archive gets the time to write one. */
async function end(server: Discovery, plan: LaunchPlan, folder: StateFolder): Promise<void> {
  if (existsSync(plan.archive)) return void (await endProcess(server.jvm));
  const hasWorked = (cpuSeconds(server.jvm.pid) ?? 0) > workedCpuSeconds;
  if (hasWorked) {
    await endProcess(server.jvm, archiveMs);
    publishArchive(folder.recordedClasses, plan.archive);
    return;
  }
  signalProcess(server.jvm, "SIGTERM");
  while (isAlive(server.jvm) && (await acceptsConnections(server.port, probeMs))) {
    await systemClock.sleep(startPollMs);
  }
  await endProcess(server.jvm, closedMs); // it would only write an archive of little use
}

/** Takes over a server whose supervisor was killed; one that was still starting is ended. */
async function adopt(folder: StateFolder, self: ProcessIdentity): Promise<Discovery | undefined> {
  const found = readDiscovery(folder.discovery);
  if (found !== undefined && isServer(found.jvm)) {
    if (found.status === "running" && (await acceptsConnections(found.port, probeMs))) {
      const adopted: Discovery = { ...found, supervisor: self };
      writeDiscovery(folder.discovery, adopted);
      return adopted;
    }
    await endProcess(found.jvm);
  }
  removeDiscovery(folder.discovery);
  return undefined;
}

/** Resolves when the server says that it is up; to `undefined` when it ended or was told to stop before. */
async function start(
  plan: LaunchPlan,
  folder: StateFolder,
  self: ProcessIdentity,
): Promise<Discovery | undefined> {
  const token = randomBytes(32).toString("hex");
  const jvm = spawnServer(plan, folder, token);
  if (jvm === undefined) return undefined;
  const starting: Discovery = {
    version: 1,
    status: "starting",
    supervisor: self,
    jvm,
    port: 0,
    token,
    sparkVersion: plan.distribution.version,
    hasDelta: plan.distribution.hasDelta,
    startedAt: new Date(systemClock.now()).toISOString(),
    conf: plan.conf,
  };
  try {
    writeDiscovery(folder.discovery, starting);
    const port = await listeningPort(jvm, folder);
    if (port !== undefined) {
      const running: Discovery = { ...starting, status: "running", port };
      writeDiscovery(folder.discovery, running);
      return running;
    }
  } catch (error) {
    await endProcess(jvm, closedMs);
    throw error;
  }
  await endProcess(jvm, closedMs);
  removeDiscovery(folder.discovery);
  return undefined;
}

async function listeningPort(jvm: ProcessIdentity, folder: StateFolder): Promise<number | undefined> {
  while (isAlive(jvm) && !stop.signal.aborted) {
    const port = portInLog(readLogTail(folder.log));
    if (port !== undefined && (await acceptsConnections(port, probeMs))) return port;
    await pause(startPollMs);
  }
  return undefined;
}

/** Resolves when the server has ended, has been idle for too long, or is to stop. */
async function watch(server: Discovery, idleTimeoutMs: number, folder: StateFolder): Promise<void> {
  const look = () => ({
    at: systemClock.now(),
    connected: hasConnections(server.port),
    cpuSeconds: cpuSeconds(server.jvm.pid),
  });
  let idle = new IdleTimer(idleTimeoutMs, look());
  let lookedAt = systemClock.now();
  while (isAlive(server.jvm) && !stop.signal.aborted && existsSync(folder.path)) {
    await pause(watchPollMs);
    if (systemClock.now() - lookedAt < Math.min(lookEveryMs, idleTimeoutMs / 4)) continue;
    lookedAt = systemClock.now();
    tryToLimitLog(folder);
    idle = idle.next(look());
    if (idle.isOver) return;
  }
}

function tryToLimitLog(folder: StateFolder): void {
  try {
    limitLog(folder.log);
  } catch {
    // a full disk is no reason to give up the server
  }
}

async function pause(ms: number): Promise<void> {
  await systemClock.sleep(ms, stop.signal).catch(() => {}); // the loops look at the signal themselves
}
