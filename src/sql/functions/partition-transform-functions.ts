import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/**
 * In `partitionedBy` of a table: rows with the same hash of the column modulo `buckets` together.
 *
 * @since 3.1.0
 */
export function bucket(buckets: Column | number, column: ColumnOrName): Column {
  return call("bucket", lit(buckets), columnOf(column));
}

/**
 * In `partitionedBy` of a table: rows of the same day together.
 *
 * @since 3.1.0
 */
export function days(column: ColumnOrName): Column {
  return call("days", columnOf(column));
}

/**
 * In `partitionedBy` of a table: rows of the same hour together.
 *
 * @since 3.1.0
 */
export function hours(column: ColumnOrName): Column {
  return call("hours", columnOf(column));
}

/**
 * In `partitionedBy` of a table: rows of the same month together.
 *
 * @since 3.1.0
 */
export function months(column: ColumnOrName): Column {
  return call("months", columnOf(column));
}

/**
 * In `partitionedBy` of a table: rows of the same year together.
 *
 * @since 3.1.0
 */
export function years(column: ColumnOrName): Column {
  return call("years", columnOf(column));
}
