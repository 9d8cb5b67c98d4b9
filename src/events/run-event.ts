import type { EventError } from "./event-error.ts";
import type { DatasetSummary, RunSummary } from "./run-summary.ts";

/** Everything that happens in a run. `v` is the version of this schema; a new field does not raise it. */
export type RunEvent = RunEventBody & RunEventHeader;

export interface RunEventHeader {
  readonly v: 1;
  readonly runId: string;
  /** 1, 2, 3, … within the run; from 1 again with every resume. */
  readonly seq: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
}

export type EventLogLevel = "debug" | "info" | "warn" | "error";

/** An event before it is numbered and dated. All durations in milliseconds. */
export type RunEventBody =
  | RunStarted
  | RunResumed
  | NodeReady
  | NodeStarted
  | InputsRead
  | OperationSubmitted
  | NodeProgress
  | OperationEnded
  | DatasetChecked
  | DatasetWritten
  | NodeSucceeded
  | NodeRetrying
  | NodeFailed
  | NodeSkipped
  | NodeCancelled
  | NodeLogged
  | SessionRenewed
  | CircuitOpened
  | CircuitHalfOpened
  | CircuitClosed
  | SubscriberFailed
  | RunFinished;

export interface RunStarted {
  readonly type: "run_started";
  readonly pipeline: string;
  readonly window: { readonly startDate: string; readonly endDate: string } | undefined;
  readonly maxParallelNodes: number;
  /** What the run was asked for, so that a resume can ask for the same. */
  readonly request?: RunRequest;
  /** In planned order. */
  readonly nodes: readonly StartedNode[];
}

export interface StartedNode {
  readonly name: string;
  readonly dependsOn: readonly string[];
  /** Of what the node's result depends on, besides its inputs. */
  readonly fingerprint?: NodeFingerprint;
}

/** Hashes; two that are equal were made of the same. */
export interface NodeFingerprint {
  /** The node and its datasets as configured. */
  readonly config: string;
  /** The text of its SQL, or its module with the project's own modules that it imports. */
  readonly code: string;
  readonly parameters: string;
  readonly window: string;
}

export interface RunRequest {
  /** The environment whose configuration was merged over the others. */
  readonly environment?: string;
  /** The options of the plan, as they were given. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A run that had ended, or whose runner had died, goes on with what it has and lacks. */
export interface RunResumed {
  readonly type: "run_resumed";
  readonly pipeline: string;
  readonly window: { readonly startDate: string; readonly endDate: string } | undefined;
  readonly maxParallelNodes: number;
  /** 1 for the first runner of this pipeline and window, and one more with each that took over. */
  readonly epoch: number;
  /** In planned order. */
  readonly nodes: readonly ResumedNode[];
}

export interface ResumedNode extends StartedNode {
  /**
   * `keep`: it is done and still valid. `settled`: nobody had seen its end, but its outputs are at their targets.
   * `run`: it runs again. `undecided`: whether its last write took place is unknown and must not be guessed.
   * `blocked`: it waits for one that is undecided.
   */
  readonly decision: "keep" | "settled" | "run" | "undecided" | "blocked";
  readonly reason: string;
  /** The node that is undecided, for one that is blocked. */
  readonly because?: string;
  /** Why it is undecided. */
  readonly error?: EventError;
  /** Attempts made so far. */
  readonly attempts: number;
  /** What a node that is done has written. */
  readonly rows?: bigint;
  readonly datasets?: readonly DatasetSummary[];
  /** When one that is kept had started and ended, and how long it took, ms. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly durationMs?: number;
}

/** Everything it depends on is done; it waits for a free place. */
export interface NodeReady {
  readonly type: "node_ready";
  readonly node: string;
}

export interface NodeStarted {
  readonly type: "node_started";
  readonly node: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/** A dataset as an attempt found it; without a version, it keeps none. */
export interface InputVersion {
  readonly dataset: string;
  readonly version?: bigint;
  /** Of a Delta table: when the version was committed, ISO 8601 in UTC. */
  readonly committedAt?: string;
}

/** Which versions of its inputs an attempt has found, before it read them; without one, the input has none. */
export interface InputsRead {
  readonly type: "inputs_read";
  readonly node: string;
  readonly attempt: number;
  readonly inputs: readonly InputVersion[];
}

/** Published before the operation is sent, so that whoever finds a dead run knows what may live on the server. */
export interface OperationSubmitted {
  readonly type: "operation_submitted";
  readonly node: string;
  readonly attempt: number;
  readonly operationId: string;
  readonly endpoint: string;
  readonly userId: string;
  readonly sessionId: string;
  /** Absent until the server has answered for the first time. */
  readonly serverSideSessionId?: string;
  /** The dataset that is being written, if one is. */
  readonly dataset?: string;
}

export interface NodeProgress {
  readonly type: "node_progress";
  readonly node: string;
  readonly attempt: number;
  readonly operationId: string;
  readonly stages: { readonly done: number; readonly total: number };
  readonly tasks: { readonly done: number; readonly total: number };
  readonly bytesRead: bigint;
}

export interface OperationEnded {
  readonly type: "operation_ended";
  readonly node: string;
  readonly operationId: string;
  /** `unknown`: its runner died, and the server does not know what became of it. */
  readonly outcome: "completed" | "failed" | "cancelled" | "unknown";
}

/** The checks of a dataset over the rows that are to be written to it; it comes before they are written or refused. */
export interface DatasetChecked {
  readonly type: "dataset_checked";
  readonly node: string;
  readonly attempt: number;
  readonly dataset: string;
  readonly rows: bigint;
  readonly checks: readonly {
    readonly name: string;
    readonly kind: string;
    readonly severity: "error" | "warn";
    readonly passed: boolean;
    /** Rows that violate it; of `row_count` none. */
    readonly violations: bigint;
    /** A value that violates it, as text of at most 100 characters. */
    readonly example?: string;
  }[];
}

export interface DatasetWritten extends DatasetSummary {
  readonly type: "dataset_written";
  readonly node: string;
  readonly attempt: number;
}

export interface NodeSucceeded {
  readonly type: "node_succeeded";
  readonly node: string;
  readonly attempt: number;
  readonly durationMs: number;
  /** Rows written, over all its datasets. */
  readonly rows: bigint;
}

export interface NodeRetrying {
  readonly type: "node_retrying";
  readonly node: string;
  /** The attempt that failed. */
  readonly attempt: number;
  readonly delayMs: number;
  readonly error: EventError;
}

export interface NodeFailed {
  readonly type: "node_failed";
  readonly node: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly error: EventError;
}

export interface NodeSkipped {
  readonly type: "node_skipped";
  readonly node: string;
  /** The node whose failure is the reason. */
  readonly because: string;
  /** The skipped node through which that failure came; absent when the failed one is a dependency itself. */
  readonly via?: string;
  /** Why nothing of the pipeline may start any more. */
  readonly error?: EventError;
}

export interface NodeCancelled {
  readonly type: "node_cancelled";
  readonly node: string;
  /** Absent when it had not started. */
  readonly attempt?: number;
  readonly durationMs?: number;
}

/** What a node says about itself, through `ctx.log`, or the engine about it. */
export interface NodeLogged {
  readonly type: "node_log";
  readonly node: string;
  readonly level: EventLogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The session was lost in the middle; what runs from now on runs in a new one. */
export interface SessionRenewed {
  readonly type: "session_renewed";
  readonly sessionId: string;
  readonly lostSessionId: string;
}

/** So many attempts of the pipeline failed in a row that nothing of it starts until `until`, in this run or another. */
export interface CircuitOpened {
  readonly type: "circuit_opened";
  readonly pipeline: string;
  readonly failures: number;
  /** UTC, ISO 8601 with milliseconds. */
  readonly until: string;
  /** The last one that failed. */
  readonly node: string;
  readonly error: EventError;
}

/** The time has passed: one node at a time is let through, until the first of them has ended. */
export interface CircuitHalfOpened {
  readonly type: "circuit_half_opened";
  readonly pipeline: string;
}

export interface CircuitClosed {
  readonly type: "circuit_closed";
  readonly pipeline: string;
}

/** A subscriber of the events failed for the first time; it still gets the rest, and the run goes on. */
export interface SubscriberFailed {
  readonly type: "subscriber_failed";
  readonly subscriber: string;
  readonly error: EventError;
}

export interface RunFinished {
  readonly type: "run_finished";
  readonly status: RunSummary["status"];
  readonly summary: RunSummary;
}
