import { formatDuration } from "../../core/duration.ts";
import type { RunRecord } from "../../state/run-store.ts";

/** Enough of an id to tell runs apart. */
export function shortId(runId: string): string {
  return runId.slice(0, 8);
}

export function windowText({ startDate, endDate }: RunRecord): string {
  return startDate === undefined || endDate === undefined ? "-" : `${startDate} to ${endDate}`;
}

export function durationText({ durationMs }: { readonly durationMs?: number }): string {
  return durationMs === undefined ? "-" : formatDuration(durationMs);
}

export function rowsText({ rows }: { readonly rows?: bigint }): string {
  return rows === undefined ? "-" : rows.toLocaleString("en-US");
}
