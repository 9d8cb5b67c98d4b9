import { toJson } from "../events/ndjson.ts";
import type { RunEvent } from "../events/run-event.ts";
import type { NodeState } from "./node-state.ts";
import { illegalTransition, predecessors } from "./node-state.ts";
import { insertNode, writeResumption, writtenFields } from "./resumption-writer.ts";
import type { Fields, RowWriter } from "./row-writer.ts";

type EventType = RunEvent["type"];
type EventOf<T extends EventType> = Extract<RunEvent, { readonly type: T }>;

/**
 * Turns an event into rows, in one transaction that begins with `fence`, which throws when the run belongs to another
 * process. Events that change no state leave no row.
 */
export function writeEvent(rows: RowWriter, event: RunEvent, fence: () => void): void {
  const write = writers[event.type] as ((rows: RowWriter, event: RunEvent) => void) | undefined;
  if (write === undefined) return;
  const fenced = () => {
    fence();
    write(rows, event);
  };
  // This record must be found after a loss of power too: what it names may still run on the server.
  if (event.type === "operation_submitted") rows.durably(fenced);
  else rows.transaction(fenced);
}

const writers: { readonly [T in EventType]?: (rows: RowWriter, event: EventOf<T>) => void } = {
  run_started: (rows, event) => {
    const run_id = event.runId;
    rows.insert("runs", {
      run_id,
      pipeline: event.pipeline,
      state: "running",
      start_date: event.window?.startDate,
      end_date: event.window?.endDate,
      max_parallel_nodes: event.maxParallelNodes,
      started_at: event.at,
      request: event.request && toJson(event.request),
    });
    for (const [position, node] of event.nodes.entries()) insertNode(rows, run_id, position, node);
  },

  run_resumed: writeResumption,

  node_ready: (rows, event) => enter(rows, event, "ready"),

  node_started: (rows, event) => {
    enter(rows, event, "running", event.attempt === 1 ? { started_at: event.at } : {});
    const { runId, node, attempt, at } = event;
    rows.execute(
      "INSERT INTO attempts (run_id, node, attempt, state, started_at, fingerprint)" +
        " SELECT run_id, node, ?, 'running', ?, fingerprint FROM nodes WHERE run_id = ? AND node = ?",
      attempt,
      at,
      runId,
      node,
    );
  },

  inputs_read: (rows, event) => {
    rows.update("attempts", attemptKey(event), { inputs: toJson(event.inputs) });
  },

  operation_submitted: (rows, event) =>
    rows.insert("operations", {
      ...attemptKey(event),
      operation_id: event.operationId,
      endpoint: event.endpoint,
      user_id: event.userId,
      session_id: event.sessionId,
      server_side_session_id: event.serverSideSessionId,
      dataset: event.dataset,
      state: "submitted",
      submitted_at: event.at,
    }),

  operation_ended: (rows, event) => {
    const key = { operation_id: event.operationId };
    rows.update("operations", key, { state: event.outcome, ended_at: event.at });
  },

  dataset_checked: (rows, event) => {
    for (const [position, check] of event.checks.entries()) {
      const { name, kind, severity, passed, violations, example } = check;
      rows.insert("checks", {
        ...attemptKey(event),
        dataset: event.dataset,
        position,
        name,
        kind,
        severity,
        passed: Number(passed),
        violations,
        example,
      });
    }
  },

  dataset_written: (rows, event) => rows.insert("datasets", writtenFields(event, event)),

  node_succeeded: (rows, event) => {
    enter(rows, event, "success", {
      ended_at: event.at,
      rows: event.rows,
      duration_ms: Math.round(event.durationMs),
    });
    endAttempt(rows, event, { state: "success" });
  },

  node_retrying: (rows, event) => {
    enter(rows, event, "retrying");
    endAttempt(rows, event, { state: "failed", error: toJson(event.error) });
  },

  node_failed: (rows, event) => {
    const error = toJson(event.error);
    enter(rows, event, "failed", { ended_at: event.at, error, duration_ms: Math.round(event.durationMs) });
    endAttempt(rows, event, { state: "failed", error });
  },

  node_skipped: (rows, event) =>
    enter(rows, event, "skipped", { ended_at: event.at, because: event.because }),

  node_cancelled: (rows, event) => {
    const { attempt, durationMs } = event;
    const duration_ms = durationMs === undefined ? undefined : Math.round(durationMs);
    enter(rows, event, "cancelled", { ended_at: event.at, duration_ms });
    if (attempt !== undefined) endAttempt(rows, { ...event, attempt }, { state: "cancelled" });
  },

  run_finished: (rows, event) => {
    const key = { run_id: event.runId };
    const { durationMs, rows: written, error } = event.summary;
    const before = rows.get("SELECT duration_ms FROM runs WHERE run_id = ?", event.runId)?.["duration_ms"];
    const fields = {
      state: event.status,
      ended_at: event.at,
      duration_ms: Math.round(durationMs) + Number(before ?? 0),
      rows: written,
      error: error && toJson(error),
    };
    if (rows.update("runs", key, fields, ["running"]) === 1) return;
    throw illegalTransition("run", event.runId, rows.stateOf("runs", key), event.status);
  },
};

interface OfNode {
  readonly runId: string;
  readonly at: string;
  readonly node: string;
}

interface OfAttempt extends OfNode {
  readonly attempt: number;
}

/** A state is written only over one that may precede it, so that no record is ever changed after its end. */
function enter(rows: RowWriter, { runId, node }: OfNode, state: NodeState, fields: Fields = {}): void {
  const key = { run_id: runId, node };
  if (rows.update("nodes", key, { state, ...fields }, predecessors(state)) === 1) return;
  throw illegalTransition("node", node, rows.stateOf("nodes", key), state);
}

/** An attempt that has ended stays as it is: a node cancelled between two attempts was not running. */
function endAttempt(rows: RowWriter, event: OfAttempt, fields: Fields): void {
  rows.update("attempts", attemptKey(event), { ended_at: event.at, ...fields }, ["running"]);
}

function attemptKey({ runId, node, attempt }: OfAttempt): Fields {
  return { run_id: runId, node, attempt };
}
