import { AsyncLocalStorage } from "node:async_hooks";
import { url as debuggerUrl } from "node:inspector";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/** Code of `node` kept the event loop busy for `ms`; `place` is where it was seen, a URL or path with a line. */
export interface Blocking {
  readonly node: string;
  readonly ms: number;
  readonly place?: string;
}

/** An attempt of a node; no other of this process has its `id`. */
export interface WatchedAttempt {
  readonly id: number;
  readonly node: string;
  readonly timeoutMs: number | undefined;
}

/** For a process that nothing else can end while its event loop is blocked: who is told, and when it is ended. */
export interface LastResort {
  /** The descriptor of a file where it is said at once who blocks; stderr is 2. */
  readonly fd: number;
  readonly runId: string;
  readonly runTimeoutMs: number | undefined;
  /** How long after a timeout the process is ended, milliseconds. @default 5000 */
  readonly graceMs?: number;
}

export interface WatchdogData {
  /** One number, which grows as long as the event loop turns. */
  readonly turns: Int32Array;
  readonly thresholdMs: number;
  readonly intervalMs: number;
  readonly lastResort: LastResort | undefined;
}

/** What the thread is told: that an attempt begins, and the id of one that has ended. */
export type WatchdogOrder = WatchedAttempt | number;

/** What the thread says: that it watches, and of each blocking, once it is over, what it found. */
export type WatchdogMessage = "started" | (Partial<Blocking> & Pick<Blocking, "ms">);

export interface Watchdog {
  /** Resolves when the thread watches. */
  readonly started: Promise<void>;
  /** Runs the work as code of the node, and whatever that starts. */
  attempt<T>(node: string, timeoutMs: number | undefined, work: () => Promise<T>): Promise<T>;
  /** Waits for what there is still to tell. */
  stop(): Promise<void>;
}

export interface WatchdogOptions {
  /** What is shorter is not told of, milliseconds. @default 5000 */
  readonly thresholdMs?: number;
  readonly onBlocking: (blocking: Blocking) => void;
  /** Without it, blocking is told of once it is over. Not heeded while a debugger may hold the code. */
  readonly lastResort?: LastResort | undefined;
}

const thread: URL = new URL(`./watchdog-thread${extname(import.meta.url)}`, import.meta.url);
/** How long the thread may take to tell of what is over, milliseconds. */
const tellingMs = 1_000;
const attempts = new AsyncLocalStorage<number>();
let lastId = 0;
/** How the thread asks whose code runs, while it has stopped it. */
Object.defineProperty(globalThis, Symbol.for("sparkwright.runningAttempt"), {
  value: () => attempts.getStore(),
});

/**
 * Watches from a thread of its own whether code keeps the event loop busy, in which case nothing else of the process
 * gets a turn: no other node, no timeout, no signal.
 */
export function watchLoop({ thresholdMs = 5_000, onBlocking, lastResort }: WatchdogOptions): Watchdog {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const intervalMs = Math.min(250, thresholdMs / 4);
  const data: WatchdogData = {
    turns,
    thresholdMs,
    intervalMs,
    lastResort: debuggerUrl() === undefined ? lastResort : undefined,
  };
  const worker = new Worker(thread, {
    workerData: data,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
  const order = (message: WatchdogOrder) => worker.postMessage(message);
  const started = Promise.withResolvers<void>();
  let told: (() => void) | undefined;
  let isOwed = false;
  worker.on("message", (message: WatchdogMessage) => {
    if (message === "started") return started.resolve();
    const { node, ms, place } = message;
    if (node !== undefined) onBlocking({ node, ms, ...(place !== undefined && { place }) });
    isOwed = false;
    told?.();
  });
  // A run is none the worse for it.
  worker.once("error", () => {
    started.resolve();
    told?.();
  });
  worker.unref();
  let turnedAt = performance.now();
  const turn = () => {
    const now = performance.now();
    isOwed ||= now - turnedAt >= thresholdMs;
    turnedAt = now;
    Atomics.add(turns, 0, 1);
  };
  const timer = setInterval(turn, intervalMs).unref();
  return {
    started: started.promise,
    attempt: async (node, timeoutMs, work) => {
      lastId += 1;
      const id = lastId;
      order({ id, node, timeoutMs });
      try {
        return await attempts.run(id, work);
      } finally {
        order(id);
      }
    },
    stop: async () => {
      clearInterval(timer);
      turn();
      if (isOwed) {
        const { promise, resolve } = Promise.withResolvers<void>();
        told = resolve;
        const late = setTimeout(resolve, tellingMs);
        await promise;
        clearTimeout(late);
      }
      void worker.terminate();
    },
  };
}
