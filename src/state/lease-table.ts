import { isAlive } from "../core/process-identity.ts";
import type { EventError } from "../events/event-error.ts";
import { toJson } from "../events/ndjson.ts";
import type { LeaseKey, Runner } from "./lease.ts";
import { runLeased } from "./lease-errors.ts";
import type { RowWriter } from "./row-writer.ts";

/** A row of the table; times in milliseconds since the epoch. */
export interface LeaseRow extends LeaseKey {
  readonly runId: string;
  readonly epoch: number;
  readonly holder: Runner;
  readonly acquiredAt: number;
  readonly heartbeatAt: number;
  /** By the clock of the machine's boot, which nobody sets; `undefined` where there is none. */
  readonly heartbeatUpMs: number | undefined;
  /** `undefined` when it may be any place. */
  readonly writes: readonly string[] | undefined;
  readonly released: boolean;
}

export interface Acquisition extends LeaseKey {
  readonly runId: string;
  readonly writes: readonly string[] | undefined;
  readonly runner: Runner;
  readonly now: number;
  /** Milliseconds since the boot of the runner's machine. */
  readonly upMs: number;
  readonly staleMs: number;
}

/** Holds while the row says so: the condition of every write that belongs to the run. */
export const isHeld =
  "pipeline = ? AND window = ? AND environment = ? AND run_id = ? AND epoch = ? AND released_at IS NULL";

/**
 * Takes the lease, in the transaction it is called in, and marks the runs of dead holders as failed. Returns the epoch
 * and what was there before: the last lease of the same environment, and those that dead runners of others left.
 *
 * Thrown when another runner holds it, or writes to a place of it in another environment: `RUN_LEASED`.
 */
export function takeLease(
  rows: RowWriter,
  wanted: Acquisition,
): { readonly epoch: number; readonly previous: readonly LeaseRow[] } {
  const { pipeline, window, environment, runId, runner, now, upMs, writes } = wanted;
  const leases = rows
    .all("SELECT * FROM leases WHERE pipeline = ? AND window = ?", pipeline, window)
    .map(leaseRow);
  const isOwn = (row: LeaseRow) => row.environment === environment;
  const previous = leases.filter((row) => isOwn(row) || (!row.released && overlap(row.writes, writes)));
  const live = previous.find((row) => isLive(row, wanted));
  if (live !== undefined) throw runLeased(live, now);
  const epoch = (previous.find(isOwn)?.epoch ?? 0) + 1;
  for (const { environment: other } of previous) {
    // Its runner, should it still live, finds that it no longer holds it.
    rows.update("leases", { pipeline, window, environment: other }, { released_at: now });
  }
  rows.replace("leases", {
    pipeline,
    window,
    environment,
    run_id: runId,
    epoch,
    pid_space: runner.pidSpace,
    pid: runner.pid,
    process_start: runner.startTime,
    acquired_at: now,
    heartbeat_at: now,
    heartbeat_up_ms: upMs,
    writes: writes && JSON.stringify(writes),
  });
  for (const row of previous) if (row.runId !== runId) abandon(rows, row.runId, now);
  return { epoch, previous };
}

function overlap(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  if (one === undefined || other === undefined) return true;
  const places = new Set(one);
  return other.some((place) => places.has(place));
}

/** Whether the holder still runs, as far as a runner can tell. */
function isLive(
  { released, holder, heartbeatAt, heartbeatUpMs }: LeaseRow,
  { runner, now, upMs, staleMs }: Pick<Acquisition, "runner" | "now" | "upMs" | "staleMs">,
): boolean {
  if (released) return false;
  if (holder.pidSpace === runner.pidSpace && !isAlive(holder)) return false;
  const boot = bootOf(holder);
  if (heartbeatUpMs !== undefined && boot !== undefined && boot === bootOf(runner)) {
    return upMs - heartbeatUpMs < staleMs;
  }
  // A sign of life from the future is none: a clock was set back, and would be believed until it has caught up.
  return Math.abs(now - heartbeatAt) < staleMs;
}

/** Which boot of which machine a runner belongs to, where that is known. */
function bootOf({ pidSpace }: Runner): string | undefined {
  const [host, boot, pids] = pidSpace.split(" ");
  return pids === undefined ? undefined : `${host} ${boot}`;
}

/** A run that nobody runs any more, and that nobody resumes. */
function abandon(rows: RowWriter, runId: string, now: number): void {
  const ended_at = new Date(now).toISOString();
  const error = toJson(abandoned("its runner died or went silent, and a new run took its place"));
  const key = { run_id: runId };
  if (rows.update("runs", key, { state: "failed", ended_at, error }, ["running"]) === 0) return;
  rows.update("attempts", key, { state: "failed", ended_at, error }, ["running"]);
  rows.update("nodes", key, { state: "failed", ended_at, error }, ["running", "retrying"]);
  rows.update("nodes", key, { state: "cancelled", ended_at }, ["pending", "ready"]);
}

export function abandoned(why: string): EventError {
  return {
    code: "RUN_ABANDONED",
    message: why,
    hint: "Continue it with: sparkwright resume RUN.",
    causes: [],
  };
}

/** Whether a run that is recorded as running has a runner that died or went silent. */
export function hasLostRunner(
  rows: RowWriter,
  runId: string,
  observer: Pick<Acquisition, "runner" | "now" | "upMs" | "staleMs">,
): boolean {
  const row = rows.get("SELECT * FROM leases WHERE run_id = ?", runId);
  return row !== undefined && !isLive(leaseRow(row), observer);
}

function leaseRow(row: Readonly<Record<string, unknown>>): LeaseRow {
  return {
    pipeline: String(row["pipeline"]),
    window: String(row["window"]),
    environment: String(row["environment"]),
    runId: String(row["run_id"]),
    epoch: Number(row["epoch"]),
    holder: {
      pidSpace: String(row["pid_space"]),
      pid: Number(row["pid"]),
      startTime: String(row["process_start"]),
    },
    acquiredAt: Number(row["acquired_at"]),
    heartbeatAt: Number(row["heartbeat_at"]),
    heartbeatUpMs: row["heartbeat_up_ms"] === null ? undefined : Number(row["heartbeat_up_ms"]),
    writes: row["writes"] === null ? undefined : (JSON.parse(String(row["writes"])) as string[]),
    released: row["released_at"] !== null,
  };
}
