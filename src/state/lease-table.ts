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
  readonly released: boolean;
}

export interface Acquisition extends LeaseKey {
  readonly runId: string;
  readonly runner: Runner;
  readonly now: number;
  readonly staleMs: number;
}

/** Holds while the row says so: the condition of every write that belongs to the run. */
export const isHeld = "pipeline = ? AND window = ? AND run_id = ? AND epoch = ? AND released_at IS NULL";

/**
 * Takes the lease, in the transaction it is called in, and marks the run of a dead holder as failed. Returns the epoch
 * and what was there before.
 *
 * Thrown when another runner holds it: `RUN_LEASED`.
 */
export function takeLease(
  rows: RowWriter,
  wanted: Acquisition,
): { readonly epoch: number; readonly previous: LeaseRow | undefined } {
  const { pipeline, window, runId, runner, now } = wanted;
  const previous = readLease(rows, wanted);
  if (previous !== undefined && isLive(previous, wanted)) throw runLeased(previous, now);
  const epoch = (previous?.epoch ?? 0) + 1;
  rows.replace("leases", {
    pipeline,
    window,
    run_id: runId,
    epoch,
    pid_space: runner.pidSpace,
    pid: runner.pid,
    process_start: runner.startTime,
    acquired_at: now,
    heartbeat_at: now,
  });
  if (previous !== undefined && previous.runId !== runId) abandon(rows, previous.runId, now);
  return { epoch, previous };
}

/** Whether the holder still runs, as far as a runner can tell. */
function isLive(
  { released, holder, heartbeatAt }: LeaseRow,
  { runner, now, staleMs }: Pick<Acquisition, "runner" | "now" | "staleMs">,
): boolean {
  if (released) return false;
  if (holder.pidSpace === runner.pidSpace && !isAlive(holder)) return false;
  return now - heartbeatAt < staleMs;
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
  observer: Pick<Acquisition, "runner" | "now" | "staleMs">,
): boolean {
  const row = rows.get("SELECT * FROM leases WHERE run_id = ?", runId);
  return row !== undefined && !isLive(leaseRow(row), observer);
}

function readLease(rows: RowWriter, { pipeline, window }: LeaseKey): LeaseRow | undefined {
  const row = rows.get("SELECT * FROM leases WHERE pipeline = ? AND window = ?", pipeline, window);
  return row === undefined ? undefined : leaseRow(row);
}

function leaseRow(row: Readonly<Record<string, unknown>>): LeaseRow {
  return {
    pipeline: String(row["pipeline"]),
    window: String(row["window"]),
    runId: String(row["run_id"]),
    epoch: Number(row["epoch"]),
    holder: {
      pidSpace: String(row["pid_space"]),
      pid: Number(row["pid"]),
      startTime: String(row["process_start"]),
    },
    acquiredAt: Number(row["acquired_at"]),
    heartbeatAt: Number(row["heartbeat_at"]),
    released: row["released_at"] !== null,
  };
}
