import { toJson } from "../events/ndjson.ts";
import type { ResumedNode, RunEventHeader, RunResumed, StartedNode } from "../events/run-event.ts";
import type { DatasetSummary } from "../events/run-summary.ts";
import { abandoned } from "./lease-table.ts";
import { illegalTransition } from "./node-state.ts";
import type { Fields, RowWriter } from "./row-writer.ts";

interface OfAttempt {
  readonly runId: string;
  readonly at: string;
  readonly node: string;
  readonly attempt: number;
}

type Resumption = RunResumed & RunEventHeader;

export function insertNode(
  rows: RowWriter,
  run_id: string,
  position: number,
  { name, dependsOn, fingerprint }: StartedNode,
): void {
  rows.insert("nodes", {
    run_id,
    node: name,
    position,
    depends_on: JSON.stringify(dependsOn),
    state: "pending",
    fingerprint: fingerprint && toJson(fingerprint),
  });
}

export function writtenFields({ runId, node, attempt, at }: OfAttempt, written: DatasetSummary): Fields {
  return {
    run_id: runId,
    node,
    attempt,
    dataset: written.dataset,
    mode: written.mode,
    outcome: written.outcome,
    rows: written.rows,
    version: written.version,
    duration_ms: Math.round(written.durationMs),
    written_at: at,
  };
}

/**
 * The only way back out of a state that is an end: a run goes on, and each of its nodes by the decision that is written
 * down with it. Attempts of the dead runner are closed; no record of an attempt goes away.
 */
export function writeResumption(rows: RowWriter, event: Resumption): void {
  const { runId, epoch, at } = event;
  const key = { run_id: runId };
  const running = { state: "running", epoch, ended_at: undefined, error: undefined };
  if (rows.update("runs", key, { ...running, max_parallel_nodes: event.maxParallelNodes }) === 0) {
    throw illegalTransition("run", runId, undefined, "running");
  }
  for (const node of event.nodes) if (node.decision === "settled") settleAttempt(rows, event, node);
  const error = toJson(abandoned("its runner died or went silent"));
  rows.update("attempts", key, { state: "failed", ended_at: at, error }, ["running"]);
  for (const [position, node] of event.nodes.entries()) resumeNode(rows, event, position, node);
}

function settleAttempt(
  rows: RowWriter,
  { runId, at }: Resumption,
  { name: node, attempts: attempt, datasets = [] }: ResumedNode,
): void {
  rows.update("attempts", { run_id: runId, node, attempt }, { state: "success", ended_at: at });
  for (const written of datasets) {
    rows.replace("datasets", writtenFields({ runId, at, node, attempt }, written));
  }
}

function resumeNode(rows: RowWriter, { runId, at }: Resumption, position: number, node: ResumedNode): void {
  const key = { run_id: runId, node: node.name };
  const before = rows.stateOf("nodes", key);
  if (before === undefined) insertNode(rows, runId, position, node);
  const { decision, reason } = node;
  if (decision === "keep" && before !== "success" && !lastSucceeded(rows, runId, node.name))
    throw illegalTransition("node", node.name, before, "success");
  rows.update("nodes", key, {
    position,
    depends_on: JSON.stringify(node.dependsOn),
    decision,
    reason,
    ...(decision === "keep"
      ? {
          state: "success",
          because: undefined,
          error: undefined,
          ...(node.rows !== undefined && { rows: node.rows }),
        }
      : resumedFields(node, at)),
  });
}

/** A node that waited for a decision has ended as failed or skipped, whatever its last attempt has done. */
function lastSucceeded(rows: RowWriter, runId: string, node: string): boolean {
  const last = "SELECT state FROM attempts WHERE run_id = ? AND node = ? ORDER BY attempt DESC LIMIT 1";
  return rows.get(last, runId, node)?.["state"] === "success";
}

function resumedFields({ decision, rows, because, error, fingerprint }: ResumedNode, at: string): Fields {
  const none = { ended_at: undefined, rows: undefined, because: undefined, error: undefined };
  switch (decision) {
    case "settled":
      return { ...none, state: "success", ended_at: at, rows };
    case "undecided":
      return { ...none, state: "failed", ended_at: at, error: error && toJson(error) };
    case "blocked":
      return { ...none, state: "skipped", ended_at: at, because };
    default:
      return { ...none, state: "pending", fingerprint: fingerprint && toJson(fingerprint) };
  }
}
