import type { Column, ColumnOrName } from "../column.ts";
import type { Aggregate } from "../typed/aggregate-column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * Any value; with `ignoreNulls` any that is not NULL, where there is one. Spark: `any_value`.
 *
 * @since 3.5.0
 */
export function anyValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("any_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/**
 * The first value, or the first that is not NULL; certain only in an ordered window.
 *
 * @since 1.3.0
 */
export function first<const C extends ColumnOrName>(
  column: C,
  ignoreNulls = false,
): Aggregate<"first", "same", C> {
  return call("first", columnOf(column), lit(ignoreNulls));
}

/**
 * The same as `first`. Spark: `first_value`.
 *
 * @since 3.5.0
 */
export function firstValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("first_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/**
 * The last value, or the last that is not NULL; certain only in an ordered window.
 *
 * @since 1.3.0
 */
export function last<const C extends ColumnOrName>(
  column: C,
  ignoreNulls = false,
): Aggregate<"last", "same", C> {
  return call("last", columnOf(column), lit(ignoreNulls));
}

/**
 * The same as `last`. Spark: `last_value`.
 *
 * @since 3.5.0
 */
export function lastValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("last_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/**
 * The largest value.
 *
 * @since 1.3.0
 */
export function max<const C extends ColumnOrName>(column: C): Aggregate<"max", "same", C> {
  return call("max", columnOf(column));
}

/**
 * The value of the row where `order` is largest; with `k` an array of the values of the `k` largest, the largest
 * first (`k` needs Spark 4.2). Spark: `max_by`.
 *
 * @since 3.3.0
 */
export function maxBy(column: ColumnOrName, order: ColumnOrName, k?: number): Column {
  return call("max_by", columnOf(column), columnOf(order), ...optional(k, lit));
}

/**
 * The smallest value.
 *
 * @since 1.3.0
 */
export function min<const C extends ColumnOrName>(column: C): Aggregate<"min", "same", C> {
  return call("min", columnOf(column));
}

/**
 * The value of the row where `order` is smallest; with `k` an array of the values of the `k` smallest, the
 * smallest first (`k` needs Spark 4.2). Spark: `min_by`.
 *
 * @since 3.3.0
 */
export function minBy(column: ColumnOrName, order: ColumnOrName, k?: number): Column {
  return call("min_by", columnOf(column), columnOf(order), ...optional(k, lit));
}

/**
 * The most frequent value; of several the lowest when `deterministic`, else any.
 *
 * @since 3.4.0
 */
export function mode(column: ColumnOrName, deterministic = false): Column {
  return call("mode", columnOf(column), lit(deterministic));
}
