import { formatDuration } from "../core/duration.ts";
import { SparkwrightError } from "../core/error.ts";
import type { LeaseKey } from "./lease.ts";
import type { LeaseRow } from "./lease-table.ts";

/** Another runner holds the lease. */
export function runLeased(held: LeaseRow, now: number): SparkwrightError {
  const { holder, runId, acquiredAt, heartbeatAt } = held;
  const host = holder.pidSpace.split(" ", 1)[0] ?? "";
  const since = new Date(acquiredAt).toISOString();
  const seen = formatDuration(Math.max(0, now - heartbeatAt));
  return new SparkwrightError(
    "RUN_LEASED",
    `${named(held)} is being run by process ${holder.pid} on ${host}: run ${runId}, since ${since}, last heard of ${seen} ago`,
    {
      hint: `Wait for it, or end it (kill ${holder.pid} on ${host}); then run or resume again.`,
      details: { runId, pid: holder.pid, host, since, heartbeatAt: new Date(heartbeatAt).toISOString() },
    },
  );
}

/** What this process wanted to record belongs to another one now. */
export function leaseLost(key: LeaseKey, runId: string): SparkwrightError {
  return new SparkwrightError(
    "RUN_LEASE_LOST",
    `another process has taken over ${named(key)}; this one may record and write nothing more of run ${runId}`,
    {
      hint: "It gave no sign of life for too long: it was suspended, or cut off from its project folder. See: sparkwright history.",
      details: { runId, ...key },
    },
  );
}

function named({ pipeline, window, environment }: LeaseKey): string {
  const of = environment === "" ? "" : ` of environment "${environment}"`;
  return `pipeline "${pipeline}"${of}${window === "" ? "" : ` for ${window}`}`;
}
