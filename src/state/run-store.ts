import type { EventError } from "../events/event-error.ts";
import type {
  InputVersion,
  NodeFingerprint,
  ResumedNode,
  RunEvent,
  RunRequest,
} from "../events/run-event.ts";
import type { DatasetSummary } from "../events/run-summary.ts";
import type { CircuitStore } from "./circuit-store.ts";
import type { HeldLease, LeaseRequest } from "./lease.ts";
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
   * Thrown when the record cannot be written (`RUN_STATE_WRITE`), its transition is illegal (`RUN_STATE_ILLEGAL`) or
   * another process has taken the run over (`RUN_LEASE_LOST`).
   */
  record(event: RunEvent): void;
  /**
   * Takes the lease of a pipeline, window and environment for a run. A holder whose process on this machine is dead is succeeded at
   * once, any other when it gave no sign of life for long; the run it leaves, unless it is this one, is marked as failed.
   *
   * Thrown when another runner holds it: `RUN_LEASED`.
   */
  holdLease(request: LeaseRequest): HeldLease;
  /** The latest runs, newest first. */
  listRuns(limit: number, pipeline?: string): readonly RunRecord[];
  /** The runs whose ids begin so, newest first. */
  findRuns(prefix: string): readonly RunRecord[];
  /** The latest run that has not succeeded, and that no later one of the same pipeline, window and environment has made up for. */
  latestUnfinished(): RunRecord | undefined;
  /** A run with its nodes and attempts; `undefined` when there is none of that id. */
  getRun(runId: string): RunDetails | undefined;
  /** Whether a run is recorded as running although its runner died or has been silent for 30 s. */
  hasLostRunner(run: RunRecord): boolean;
  /** The operations of a run whose end nobody has seen. */
  openOperations(runId: string): readonly OperationRecord[];
  /** How long each node took, ms, when the pipeline succeeded last; empty when it never did. */
  lastDurations(pipeline: string): ReadonlyMap<string, number>;
  readonly circuits: CircuitStore;
  /** Closes the database; nothing of the store works afterwards. */
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
  /** How long its runners took together, without the time between them. */
  readonly durationMs?: number;
  readonly rows?: bigint;
  readonly error?: EventError;
  /** Of the last runner that resumed it. */
  readonly epoch?: number;
  readonly request?: RunRequest;
}

export interface RunDetails extends RunRecord {
  readonly nodes: readonly NodeRecord[];
  readonly operations: readonly OperationRecord[];
  readonly datasets: readonly DatasetRecord[];
  readonly checks: readonly CheckRecord[];
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
  /** What the last resume decided about it, and why. */
  readonly decision?: ResumedNode["decision"];
  readonly reason?: string;
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly state: "running" | "success" | "failed" | "cancelled";
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly error?: EventError;
  /** Of what it ran with; unknown in runs of earlier releases. */
  readonly fingerprint?: NodeFingerprint;
  /** What it was about to read, once that was known. */
  readonly inputs?: readonly InputVersion[];
}

/** A Spark operation and where it was sent; `submitted` means that nobody has seen its end, `unknown` that it was asked for and not found. */
export interface OperationRecord {
  readonly operationId: string;
  readonly node: string;
  readonly attempt: number;
  readonly endpoint: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly serverSideSessionId?: string;
  readonly state: "submitted" | "completed" | "failed" | "cancelled" | "unknown";
  /** The dataset that it writes, if it writes one. */
  readonly dataset?: string;
  readonly submittedAt: string;
  readonly endedAt?: string;
}

export interface DatasetRecord extends DatasetSummary {
  readonly node: string;
  readonly attempt: number;
  readonly writtenAt: string;
}

/** What one check of a dataset found in one attempt of the node that writes it. */
export interface CheckRecord {
  readonly node: string;
  readonly attempt: number;
  readonly dataset: string;
  readonly name: string;
  readonly kind: string;
  readonly severity: "error" | "warn";
  readonly passed: boolean;
  /** Rows that violate it; of `row_count` none. */
  readonly violations: bigint;
  readonly example?: string;
}
