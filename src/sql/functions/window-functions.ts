import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * The share of rows that are not after this one. Spark: `cume_dist`.
 *
 * @since 1.6.0
 */
export function cumeDist(): Column {
  return call("cume_dist");
}

/**
 * The rank without gaps after ties. Spark: `dense_rank`.
 *
 * @since 1.6.0
 */
export function denseRank(): Column {
  return call("dense_rank");
}

/**
 * The value so many rows before this one, or a default.
 *
 * @since 1.4.0
 */
export function lag(column: ColumnOrName, offset = 1, defaultValue?: unknown): Column {
  return call("lag", columnOf(column), lit(offset), ...optional(defaultValue ?? undefined, lit));
}

/**
 * The value so many rows after this one, or a default.
 *
 * @since 1.4.0
 */
export function lead(column: ColumnOrName, offset = 1, defaultValue?: unknown): Column {
  return call("lead", columnOf(column), lit(offset), ...optional(defaultValue ?? undefined, lit));
}

/**
 * The value of the row of the frame at the offset, from 1. Spark: `nth_value`.
 *
 * @since 3.1.0
 */
export function nthValue(column: ColumnOrName, offset: number, ignoreNulls = false): Column {
  return call("nth_value", columnOf(column), lit(offset), lit(ignoreNulls));
}

/**
 * The number of the bucket, from 1, when the partition is cut in so many.
 *
 * @since 1.4.0
 */
export function ntile(buckets: number): Column {
  return call("ntile", lit(buckets));
}

/**
 * The rank as a share, from 0 to 1. Spark: `percent_rank`.
 *
 * @since 1.6.0
 */
export function percentRank(): Column {
  return call("percent_rank");
}

/**
 * The rank, with gaps after ties.
 *
 * @since 1.6.0
 */
export function rank(): Column {
  return call("rank");
}

/**
 * The number of the row, from 1. Spark: `row_number`.
 *
 * @since 1.6.0
 */
export function rowNumber(): Column {
  return call("row_number");
}
