import type { EventError } from "../events/event-error.ts";
import type { RunEvent } from "../events/run-event.ts";
import type { DatasetSummary } from "../events/run-summary.ts";
import type { CircuitStore } from "./circuit-store.ts";
import type { NodeState } from "./node-state.ts";

/**
 * The memory of all runs of a project. It is fed with the events of a run and must be a critical subscriber:
 * a run that cannot be recorded must not go on.
 */
export interface RunStore {
  /**
   * Records what the event means. When it returns, the record survives the death of the process;
   * that of `operation_submitted` survives the loss of power too.
   *
   * Thrown when the record cannot be written (`RUN_STATE_WRITE`) or its transition is illegal (`RUN_STATE_ILLEGAL`).
   */
  record(event: RunEvent): void;
  /** The latest runs, newest first. */
  listRuns(limit: number): readonly RunRecord[];
  getRun(runId: string): RunDetails | undefined;
  /** How long each node took, ms, when the pipeline succeeded last; empty when it never did. */
  lastDurations(pipeline: string): ReadonlyMap<string, number>;
  readonly circuits: CircuitStore;
  close(): void;
}

/** A run is `running` from its first record on; there is nothing to wait for before that. */
export type RunState = "running" | "success" | "failed" | "cancelled";

/** Times are UTC, ISO 8601; durations milliseconds. */
export interface RunRecord {
  readonly runId: string;
  readonly pipeline: string;
  readonly state: RunState;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly durationMs?: number;
  readonly rows?: bigint;
  readonly error?: EventError;
}

export interface RunDetails extends RunRecord {
  readonly nodes: readonly NodeRecord[];
  readonly operations: readonly OperationRecord[];
  readonly datasets: readonly DatasetRecord[];
}

export interface NodeRecord {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly state: NodeState;
  readonly attempts: readonly AttemptRecord[];
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly durationMs?: number;
  readonly rows?: bigint;
  readonly because?: string;
  readonly error?: EventError;
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly state: "running" | "success" | "failed" | "cancelled";
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly error?: EventError;
}

/** A Spark operation and where it was sent; `submitted` means that nobody has seen its end. */
export interface OperationRecord {
  readonly operationId: string;
  readonly node: string;
  readonly attempt: number;
  readonly endpoint: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly serverSideSessionId?: string;
  readonly state: "submitted" | "completed" | "failed" | "cancelled";
  readonly submittedAt: string;
  readonly endedAt?: string;
}

export interface DatasetRecord extends DatasetSummary {
  readonly node: string;
  readonly attempt: number;
  readonly writtenAt: string;
}
