import { AsyncLocalStorage } from "node:async_hooks";
import { extname } from "node:path";
import { Worker } from "node:worker_threads";

/** Code of `node` kept the event loop busy for `ms`; `place` is where it was seen, a URL or path with a line. */
export interface Blocking {
  readonly node: string;
  readonly ms: number;
  readonly place?: string;
}

export interface WatchdogData {
  /** One number, which grows as long as the event loop turns. */
  readonly turns: Int32Array;
  readonly thresholdMs: number;
  readonly intervalMs: number;
}

/** What the thread says: that it watches, and of each blocking, once it is over, what it found. */
export type WatchdogMessage = "started" | (Partial<Blocking> & Pick<Blocking, "ms">);

export interface Watchdog {
  /** Resolves when the thread watches. */
  readonly started: Promise<void>;
  /** Waits for what there is still to tell. */
  stop(): Promise<void>;
}

export interface WatchdogOptions {
  /** What is shorter is not told of, milliseconds. @default 5000 */
  readonly thresholdMs?: number;
  readonly onBlocking: (blocking: Blocking) => void;
}

const thread: URL = new URL(`./watchdog-thread${extname(import.meta.url)}`, import.meta.url);
/** How long the thread may take to tell of what is over, milliseconds. */
const tellingMs = 1_000;
const nodes = new AsyncLocalStorage<string>();
/** How the thread asks whose code runs, while it has stopped it. */
Object.defineProperty(globalThis, Symbol.for("sparkwright.runningNode"), { value: () => nodes.getStore() });

/** Runs the work as code of the node, and whatever that starts. */
export function asCodeOf<T>(node: string, work: () => T): T {
  return nodes.run(node, work);
}

/**
 * Watches from a thread of its own whether code keeps the event loop busy, in which case nothing else of the process
 * gets a turn: no other node, no timeout, no signal.
 */
export function watchLoop({ thresholdMs = 5_000, onBlocking }: WatchdogOptions): Watchdog {
  const turns = new Int32Array(new SharedArrayBuffer(4));
  const intervalMs = Math.min(250, thresholdMs / 4);
  const data: WatchdogData = { turns, thresholdMs, intervalMs };
  const worker = new Worker(thread, {
    workerData: data,
    execArgv: ["--disable-warning=ExperimentalWarning"],
  });
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
