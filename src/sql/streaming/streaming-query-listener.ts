import type { Timestamp } from "../../arrow/values/timestamp.ts";
import type { StreamingQueryProgress } from "./streaming-query-progress.ts";

/**
 * Told what the streaming queries of a session do; every method may be left out. Events come in the order the server
 * sends them. A promise that a method returns is not waited for; an error that it throws is reported once per listener
 * to `onWarning` of the client, or as a warning of the process, and stops nothing.
 *
 * @example
 * await spark.streams.addListener({
 *   onQueryProgress: ({ progress }) => console.log(progress.batchId, progress.numInputRows),
 *   onQueryTerminated: ({ id, exception }) => console.log(id, exception ?? "stopped"),
 * });
 * @see org.apache.spark.sql.streaming.StreamingQueryListener
 */
export interface StreamingQueryListener {
  /** A query was started by this session object; called before `start` or `toTable` returns it. */
  onQueryStarted?(event: QueryStartedEvent): unknown;
  /** A batch has ended. */
  onQueryProgress?(event: QueryProgressEvent): unknown;
  /** A query has had nothing to do for a while: 10 s unless `spark.sql.streaming.noDataProgressEventInterval` says. */
  onQueryIdle?(event: QueryIdleEvent): unknown;
  /** A query was stopped, has finished, or has failed. */
  onQueryTerminated?(event: QueryTerminatedEvent): unknown;
}

/** @see org.apache.spark.sql.streaming.StreamingQueryListener.QueryStartedEvent */
export interface QueryStartedEvent {
  readonly id: string;
  readonly runId: string;
  readonly name: string | null;
  readonly timestamp: Timestamp;
  /** The tags of the jobs that the query runs; empty before Spark 4.0. */
  readonly jobTags: readonly string[];
}

/** @see org.apache.spark.sql.streaming.StreamingQueryListener.QueryProgressEvent */
export interface QueryProgressEvent {
  readonly progress: StreamingQueryProgress;
}

/** @see org.apache.spark.sql.streaming.StreamingQueryListener.QueryIdleEvent */
export interface QueryIdleEvent {
  readonly id: string;
  readonly runId: string;
  readonly timestamp: Timestamp;
}

/** @see org.apache.spark.sql.streaming.StreamingQueryListener.QueryTerminatedEvent */
export interface QueryTerminatedEvent {
  readonly id: string;
  readonly runId: string;
  /** The Java exception with which the query ended, its stack included; null when it ended without. */
  readonly exception: string | null;
  /** The error class of that exception; null when there is none, or the exception has none. */
  readonly errorClassOnException: string | null;
}
