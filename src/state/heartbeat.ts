import { extname } from "node:path";
import { Worker } from "node:worker_threads";

export interface HeartbeatData {
  /** The database. */
  readonly file: string;
  /** The values of `isHeld`. */
  readonly key: readonly [
    pipeline: string,
    window: string,
    environment: string,
    runId: string,
    epoch: number,
  ];
  readonly intervalMs: number;
}

const thread: URL = new URL(`./heartbeat-thread${extname(import.meta.url)}`, import.meta.url);

/** Gives signs of life until it is stopped; calls `onLost` once, when somebody else has the lease. */
export function startHeartbeat(data: HeartbeatData, onLost: () => void): { stop(): void } {
  // Not this process's own arguments: a loader of TypeScript, such as that of tests, is of no use there.
  const worker = new Worker(thread, {
    workerData: data,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdin: false,
  });
  worker.once("message", onLost);
  // Without it the lease grows stale, which whoever wants it finds out; the run itself is unharmed.
  worker.once("error", () => {});
  // Last, for a listener holds the process again.
  worker.unref();
  return { stop: () => void worker.terminate() };
}
