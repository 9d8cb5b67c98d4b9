import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber } from "./call.ts";

/**
 * A row for every element of an array, or entry of a map.
 *
 * @since 1.4.0
 */
export function explode(column: ColumnOrName): Column {
  return call("explode", columnOf(column));
}

/**
 * As `explode`, with one row of NULL for an empty or NULL one. Spark: `explode_outer`.
 *
 * @since 2.3.0
 */
export function explodeOuter(column: ColumnOrName): Column {
  return call("explode_outer", columnOf(column));
}

/**
 * A row for every struct of an array, a column for every field.
 *
 * @since 3.4.0
 */
export function inline(column: ColumnOrName): Column {
  return call("inline", columnOf(column));
}

/**
 * As `inline`, with one row of NULLs for an empty or NULL one. Spark: `inline_outer`.
 *
 * @since 3.4.0
 */
export function inlineOuter(column: ColumnOrName): Column {
  return call("inline_outer", columnOf(column));
}

/**
 * As `explode`, with the position from 0.
 *
 * @since 2.1.0
 */
export function posexplode(column: ColumnOrName): Column {
  return call("posexplode", columnOf(column));
}

/**
 * As `explodeOuter`, with the position from 0. Spark: `posexplode_outer`.
 *
 * @since 2.3.0
 */
export function posexplodeOuter(column: ColumnOrName): Column {
  return call("posexplode_outer", columnOf(column));
}

/**
 * The columns laid out in so many rows, one after another; NULLs fill the last row.
 *
 * @since 3.5.0
 */
export function stack(rows: ColumnOrName | number, ...columns: readonly ColumnOrName[]): Column {
  return call("stack", columnOrNumber(rows), ...columns.map(columnOf));
}
