import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync } from "node:fs";
import { extname, join } from "node:path";
import { abortReason, throwIfAborted } from "../core/abort.ts";
import { type Clock, systemClock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { openOwnFile } from "../core/own-files.ts";
import { nodeProgram } from "../core/own-process.ts";
import { isAlive } from "../core/process-identity.ts";
import { cacheFolder } from "./cache-folder.ts";
import { classArchive } from "./class-archive.ts";
import { type Discovery, readDiscovery, removeDiscovery } from "./discovery.ts";
import { ensureDistribution } from "./distribution.ts";
import { childEnvironment, readEnvironment } from "./environment.ts";
import type { LaunchPlan } from "./launch.ts";
import { acquireLock, tryLock } from "./process-lock.ts";
import { readLogTail } from "./server-log.ts";
import { endProcess, isServer, isSupervisor } from "./server-process.ts";
import { checkUserConf } from "./spark-conf.ts";
import { startFailure } from "./start-failure.ts";
import { createStateFolder, type StateFolder, stateFolder } from "./state-folder.ts";
import { SupervisorExit } from "./supervisor-exit.ts";
import { acceptsConnections } from "./tcp-probe.ts";

/** A running Spark Connect server of a project, on this machine. */
export interface EmbeddedServer {
  /** Connection string with the token in it: a secret. */
  readonly remote: string;
  readonly host: string;
  readonly port: number;
  /** A secret: whoever has it can run code as this user. */
  readonly token: string;
  readonly pid: number;
  /** ISO time. */
  readonly startedAt: string;
  readonly sparkVersion: string;
  /** Whether `format("delta")` works. */
  readonly hasDelta: boolean;
  /** False when this call started it. */
  readonly reused: boolean;
  /** Path of its log. */
  readonly log: string;
}

export interface EnsureServerOptions {
  /** Told what happens, line by line, when it takes a while. */
  readonly onProgress?: (line: string) => void;
  /** Aborting ends an installation or a start that this call began. */
  readonly signal?: AbortSignal | undefined;
  /** Spark settings; they count when the server starts. */
  readonly conf?: Readonly<Record<string, string>>;
  /** Milliseconds without a client after which the server stops. @default 30 minutes */
  readonly idleTimeoutMs?: number;
  /** Whether a server that cannot read and write Delta is of no use. @default false */
  readonly needsDelta?: boolean;
  readonly clock?: Clock;
}

export interface StopServerOptions {
  /** Told when it takes a while. */
  readonly onProgress?: (line: string) => void;
}

const host = "127.0.0.1";
const defaultIdleMs = 30 * 60_000;
const startTimeoutMs = 120_000;
const tellAfterMs = 2_000;
const supervisorGraceMs = 90_000;
const pollMs = 50;
const probeMs = 2_000;

/**
 * The server of the project: the running one, else a new one, installing Spark first where there is none. It outlives
 * this process, and there is one per project however many call this at once.
 *
 * Thrown when Spark cannot be had (see `ensureDistribution`), when the server does not come up within 2 minutes
 * (SERVER_START_FAILED, with what its log says), when `conf` names what the server sets itself
 * (SERVER_RESERVED_CONF), when Delta is needed and is not there (SERVER_NO_DELTA), and when `signal` aborts.
 */
export async function ensureServer(
  projectDir: string,
  options: EnsureServerOptions = {},
): Promise<EmbeddedServer> {
  const { onProgress = () => {}, signal, conf = {}, clock = systemClock } = options;
  throwIfAborted(signal);
  checkPlatform();
  checkUserConf(conf);
  const folder = stateFolder(projectDir);
  const running = await findRunning(folder);
  if (running !== undefined && isAlive(running.supervisor)) {
    if (options.needsDelta === true) requireDelta(running);
    for (const line of differences(running.conf, conf)) onProgress(line);
    return embeddedServer(running, folder, true);
  }
  createStateFolder(folder);
  const distribution = await ensureDistribution({ onProgress, signal, project: folder.project });
  if (options.needsDelta === true) requireDelta(distribution);
  const plan: LaunchPlan = {
    projectDir: folder.project,
    distribution,
    conf,
    archive: classArchive(cacheFolder(readEnvironment()), distribution),
    idleTimeoutMs: options.idleTimeoutMs ?? defaultIdleMs,
  };
  if (running === undefined) onProgress(`starting Spark ${distribution.version}`);
  return untilRunning(folder, plan, clock, signal);
}

/** The running server of the project; `undefined` when there is none. */
export async function findServer(projectDir: string): Promise<EmbeddedServer | undefined> {
  const folder = stateFolder(projectDir);
  const running = await findRunning(folder);
  return running === undefined ? undefined : embeddedServer(running, folder, true);
}

/** Stops the project's server and waits until it is gone; false when none ran. */
export async function stopServer(projectDir: string, options: StopServerOptions = {}): Promise<boolean> {
  const folder = stateFolder(projectDir);
  const found = readDiscovery(folder.discovery);
  if (found === undefined) return false;
  const wasAlive = isServer(found.jvm);
  const told = setTimeout(() => {
    options.onProgress?.(
      "Spark is ending; the first time it writes an archive that makes later starts faster",
    );
  }, tellAfterMs);
  if (isSupervisor(found.supervisor)) await endProcess(found.supervisor, supervisorGraceMs); // it ends the JVM first
  clearTimeout(told);
  const lock = await acquireLock(folder.lock, { signal: AbortSignal.timeout(startTimeoutMs) });
  try {
    if (isServer(found.jvm) && !(await endProcess(found.jvm))) {
      throw new SparkwrightError(
        "SERVER_STOP_FAILED",
        `the Spark server, pid ${found.jvm.pid}, does not end`,
        {
          hint: `end it with kill -9 ${found.jvm.pid}`,
        },
      );
    }
    removeDiscovery(folder.discovery);
  } finally {
    lock.release();
  }
  return wasAlive;
}

function checkPlatform(): void {
  if (process.platform !== "win32") return;
  throw new SparkwrightError("SERVER_UNSUPPORTED_PLATFORM", "the embedded Spark does not run on Windows", {
    hint: "run sparkwright under WSL, or use a server: `docker compose -f docker/compose.yaml up` and SPARK_REMOTE",
  });
}

function requireDelta(spark: { readonly hasDelta: boolean }): void {
  if (spark.hasDelta) return;
  throw new SparkwrightError("SERVER_NO_DELTA", "the embedded Spark has no Delta, and the job uses it", {
    hint:
      "give this machine access to the Maven repository (or install Maven) and run `sparkwright spark stop`, after which " +
      "the next command fetches Delta; or add the jar of io.delta:delta-spark to SPARK_HOME/jars if that is set; " +
      "or use `docker compose -f docker/compose.yaml up`, or a server of your own with SPARK_REMOTE",
  });
}

/** Starts a supervisor whenever the project has none, until one of them, ours or another's, has a server up. */
async function untilRunning(
  folder: StateFolder,
  plan: LaunchPlan,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<EmbeddedServer> {
  const deadline = clock.now() + startTimeoutMs;
  let supervisor: ChildProcess | undefined;
  try {
    while (clock.now() < deadline) {
      throwIfAborted(signal);
      const running = await findRunning(folder);
      if (running !== undefined && isAlive(running.supervisor)) {
        return embeddedServer(running, folder, running.supervisor.pid !== supervisor?.pid);
      }
      if (hasFailed(supervisor)) {
        const log = readLogTail(folder.supervisorLog) || readLogTail(folder.log);
        throw startFailure("ended while it was starting", log, folder.log);
      }
      if (hasEnded(supervisor) && isUnsupervised(folder)) supervisor = spawnSupervisor(plan, folder);
      await clock.sleep(pollMs, signal);
    }
    throw startFailure(`was not up after ${startTimeoutMs / 1_000} s`, readLogTail(folder.log), folder.log);
  } catch (error) {
    if (supervisor !== undefined && !hasEnded(supervisor)) {
      supervisor.kill("SIGTERM");
      await once(supervisor, "exit");
    }
    throw signal?.aborted ? abortReason(signal) : error;
  } finally {
    supervisor?.unref();
  }
}

function hasEnded(child: ChildProcess | undefined): boolean {
  return child === undefined || child.exitCode !== null || child.signalCode !== null;
}

function hasFailed(child: ChildProcess | undefined): boolean {
  return child?.exitCode !== SupervisorExit.lostRace && child !== undefined && hasEnded(child);
}

function isUnsupervised(folder: StateFolder): boolean {
  const lock = tryLock(folder.lock);
  lock?.release();
  return lock !== undefined;
}

function spawnSupervisor(plan: LaunchPlan, folder: StateFolder): ChildProcess {
  const program = join(import.meta.dirname, `supervisor${extname(import.meta.filename)}`);
  const errors = openOwnFile(folder.supervisorLog, "replace");
  const child = spawn(nodeProgram, ["--disable-warning=ExperimentalWarning", program], {
    cwd: folder.project,
    detached: true,
    stdio: ["pipe", "ignore", errors],
    env: childEnvironment({ NODE_OPTIONS: undefined }), // it needs none of this process's loaders
  });
  closeSync(errors);
  child.on("error", () => {}); // then it has no exit code, and the start times out
  child.stdin?.on("error", () => {});
  child.stdin?.end(JSON.stringify(plan));
  return child;
}

async function findRunning(folder: StateFolder): Promise<Discovery | undefined> {
  const found = readDiscovery(folder.discovery);
  if (found?.status !== "running" || !isServer(found.jvm)) return undefined;
  return (await acceptsConnections(found.port, probeMs)) ? found : undefined;
}

function embeddedServer(found: Discovery, folder: StateFolder, reused: boolean): EmbeddedServer {
  const { port, token, jvm, startedAt, sparkVersion, hasDelta } = found;
  return {
    remote: `sc://${host}:${port}/;token=${token}`,
    ...{ host, port, token, pid: jvm.pid, startedAt, sparkVersion, hasDelta, reused, log: folder.log },
  };
}

/** A line when the running server was started with other settings: most of them cannot be changed any more. */
function differences(
  have: Readonly<Record<string, string>>,
  want: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = [...new Set([...Object.keys(have), ...Object.keys(want)])].filter(
    (key) => have[key] !== want[key] && isFixedAtStart(key),
  );
  if (keys.length === 0) return [];
  return [
    `the running Spark was started with other settings (${keys.sort().join(", ")}); ` +
      "`sparkwright spark stop` makes the next command start it with these",
  ];
}

/** Sessions can change most `spark.sql` settings by themselves, and nothing else. */
function isFixedAtStart(key: string): boolean {
  return !/^spark\.(sql|databricks)\./.test(key) || /^spark\.sql\.(extensions|warehouse|catalog)\b/.test(key);
}
