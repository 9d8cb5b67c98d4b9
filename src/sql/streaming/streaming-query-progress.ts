import type { Row } from "../../arrow/row.ts";
import type { Timestamp } from "../../arrow/values/timestamp.ts";

/** Counts, sizes and times by name; what Spark has as a LONG is a bigint. */
export type Counters = Readonly<Record<string, bigint>>;

/**
 * What a query did in one batch. Rates are NaN where Spark could not tell.
 *
 * @see org.apache.spark.sql.streaming.StreamingQueryProgress
 */
export interface StreamingQueryProgress {
  /** The id of the query, which its checkpoint keeps across restarts; a UUID. */
  readonly id: string;
  /** The id of this start of the query; a UUID. */
  readonly runId: string;
  readonly name: string | null;
  /** When the batch began. */
  readonly timestamp: Timestamp;
  /** Counts from 0, across restarts; a trigger that found no data has the id of the batch to come. */
  readonly batchId: bigint;
  /** How long the batch took, ms. */
  readonly batchDuration: bigint;
  /** Rows read from all sources. */
  readonly numInputRows: bigint;
  /** Rows that arrived per second since the batch before, over all sources. */
  readonly inputRowsPerSecond: number;
  /** Rows processed per second of the batch, over all sources. */
  readonly processedRowsPerSecond: number;
  /** How long the parts of the batch took, ms: `triggerExecution` is the whole, `addBatch` the work itself. */
  readonly durationMs: Counters;
  /** `max`, `min` and `avg` of the event time of the batch's rows, and the `watermark`; empty without a watermark. */
  readonly eventTime: Readonly<Record<string, Timestamp>>;
  /** One for each aggregation, deduplication and join that keeps state. */
  readonly stateOperators: readonly StateOperatorProgress[];
  readonly sources: readonly SourceProgress[];
  readonly sink: SinkProgress;
  /**
   * The metrics of `df.observe` by the name of the observation. Those of `lastProgress` and `recentProgress` have the
   * types of the query, a TIMESTAMP to the millisecond. In events the server sends values without types: there a whole
   * number is a bigint, any other a number, and a date or timestamp the text that Spark makes of it.
   */
  readonly observedMetrics: Readonly<Record<string, Row>>;
  /** The text that the server sent. */
  readonly json: string;
}

/** @see org.apache.spark.sql.streaming.StateOperatorProgress */
export interface StateOperatorProgress {
  readonly operatorName: string;
  readonly numRowsTotal: bigint;
  readonly numRowsUpdated: bigint;
  readonly numRowsRemoved: bigint;
  readonly allUpdatesTimeMs: bigint;
  readonly allRemovalsTimeMs: bigint;
  readonly commitTimeMs: bigint;
  readonly memoryUsedBytes: bigint;
  /** Rows that came too late, after aggregation where there is one before. */
  readonly numRowsDroppedByWatermark: bigint;
  readonly numShufflePartitions: bigint;
  readonly numStateStoreInstances: bigint;
  readonly customMetrics: Counters;
}

/** @see org.apache.spark.sql.streaming.SourceProgress */
export interface SourceProgress {
  readonly description: string;
  /** Where the batch began, as the JSON of the source; null in the first batch of a query. */
  readonly startOffset: string | null;
  /** Where the batch ended. */
  readonly endOffset: string | null;
  /** The newest data that the source had; null where it does not tell. */
  readonly latestOffset: string | null;
  readonly numInputRows: bigint;
  readonly inputRowsPerSecond: number;
  readonly processedRowsPerSecond: number;
  readonly metrics: Readonly<Record<string, string>>;
}

/** @see org.apache.spark.sql.streaming.SinkProgress */
export interface SinkProgress {
  readonly description: string;
  /** Rows written; -1 where the sink does not tell, as the files and Delta do not. */
  readonly numOutputRows: bigint;
  readonly metrics: Readonly<Record<string, string>>;
}
