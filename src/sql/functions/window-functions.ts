import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/** The share of rows that are not after this one. Spark: `cume_dist`. */
export function cumeDist(): Column {
  return call("cume_dist");
}

/** The rank without gaps after ties. Spark: `dense_rank`. */
export function denseRank(): Column {
  return call("dense_rank");
}

/** The number of the bucket, from 1, when the partition is cut in so many. */
export function ntile(buckets: unknown): Column {
  return call("ntile", lit(buckets));
}

/** The rank as a share, from 0 to 1. Spark: `percent_rank`. */
export function percentRank(): Column {
  return call("percent_rank");
}

/** The rank, with gaps after ties. */
export function rank(): Column {
  return call("rank");
}

/** The number of the row, from 1. Spark: `row_number`. */
export function rowNumber(): Column {
  return call("row_number");
}

/** The value so many rows before this one, or a default. Spark: `lag`. */
export function lag(column: ColumnOrName, offset = 1, defaultValue?: unknown): Column {
  return call("lag", columnOf(column), lit(offset), ...optional(defaultValue, lit));
}

/** The value so many rows after this one, or a default. Spark: `lead`. */
export function lead(column: ColumnOrName, offset = 1, defaultValue?: unknown): Column {
  return call("lead", columnOf(column), lit(offset), ...optional(defaultValue, lit));
}

/** The value of the `n`-th row of the frame, from 1. Spark: `nth_value`. */
export function nthValue(column: ColumnOrName, n: number, ignoreNulls = false): Column {
  return call("nth_value", columnOf(column), lit(n), lit(ignoreNulls));
}
