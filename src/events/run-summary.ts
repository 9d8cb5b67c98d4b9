import type { EventError } from "./event-error.ts";

/** How a run ended. */
export type RunStatus = "success" | "failed" | "cancelled";
/** How a node of a run ended. */
export type NodeStatus = "success" | "failed" | "skipped" | "cancelled";

/** How a run ended. */
export interface RunSummary {
  readonly runId: string;
  readonly pipeline: string;
  readonly status: RunStatus;
  /** UTC, ISO 8601 with milliseconds. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** In planned order. */
  readonly nodes: readonly NodeSummary[];
  readonly completed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly cancelled: number;
  /** Rows written, over all nodes. */
  readonly rows: bigint;
  /** Why the run as a whole could not go on: no Spark session, for example. A node's failure stands at the node. */
  readonly error?: EventError;
}

/** How one node of a run ended; durations in milliseconds. */
export interface NodeSummary {
  readonly name: string;
  readonly status: NodeStatus;
  readonly attempts: number;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** From its first start to its end, waits between attempts included. 0 when it never started. */
  readonly durationMs: number;
  readonly rows?: bigint;
  readonly datasets: readonly DatasetSummary[];
  readonly error?: EventError;
  /** The failed node that this one was skipped for. */
  readonly because?: string;
  /** The skipped node between the two, where there is one. */
  readonly via?: string;
}

/** One dataset as one node wrote it. */
export interface DatasetSummary {
  readonly dataset: string;
  readonly mode: string;
  /**
   * `written`. `already_written`: an earlier attempt of this run had committed it, so nothing was added.
   * `ignored`: mode `ignore`, and the dataset existed. `skipped`: there were no rows, and `on_empty` is `skip`.
   */
  readonly outcome: "written" | "already_written" | "ignored" | "skipped";
  readonly rows: bigint;
  /** The Delta version that the write committed, where it is known. */
  readonly version?: bigint;
  readonly durationMs: number;
}
