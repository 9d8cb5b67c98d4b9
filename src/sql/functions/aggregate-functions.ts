import { Column, type ColumnOrName } from "../column.ts";
import { call, callDistinct, columnOf, columnOrDouble, lit, optional, randomSeed } from "./call.ts";

/** Any value; with `ignoreNulls` any that is not NULL, where there is one. Spark: `any_value`. @since 3.5 */
export function anyValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("any_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/**
 * About how many different values there are, within the relative error (0.05). Spark:
 * `approx_count_distinct`.
 *
 * @since 2.1
 */
export function approxCountDistinct(column: ColumnOrName, relativeError?: Column | number): Column {
  return call("approx_count_distinct", columnOf(column), ...optional(relativeError, columnOrDouble));
}

/** The same as `collectList`. Spark: `array_agg`. @since 3.5 */
export function arrayAgg(column: ColumnOrName): Column {
  return call("array_agg", columnOf(column));
}

/** The mean. @since 1.3 */
export function avg(column: ColumnOrName): Column {
  return call("avg", columnOf(column));
}

/** The bits that are set in all values. Spark: `bit_and`. @since 3.5 */
export function bitAnd(column: ColumnOrName): Column {
  return call("bit_and", columnOf(column));
}

/** The bits that are set in any value. Spark: `bit_or`. @since 3.5 */
export function bitOr(column: ColumnOrName): Column {
  return call("bit_or", columnOf(column));
}

/** The bits that are set in an odd number of values. Spark: `bit_xor`. @since 3.5 */
export function bitXor(column: ColumnOrName): Column {
  return call("bit_xor", columnOf(column));
}

/** Whether all values are true. Spark: `bool_and`. @since 3.5 */
export function boolAnd(column: ColumnOrName): Column {
  return call("bool_and", columnOf(column));
}

/** Whether a value is true. Spark: `bool_or`. @since 3.5 */
export function boolOr(column: ColumnOrName): Column {
  return call("bool_or", columnOf(column));
}

/** The values as an array, without NULLs, in no certain order. Spark: `collect_list`. @since 1.6 */
export function collectList(column: ColumnOrName): Column {
  return call("collect_list", columnOf(column));
}

/** The different values as an array, without NULLs, in no certain order. Spark: `collect_set`. @since 1.6 */
export function collectSet(column: ColumnOrName): Column {
  return call("collect_set", columnOf(column));
}

/** The number of rows where the column is not NULL; of all rows for `"*"`. @since 1.3 */
export function count(column: ColumnOrName): Column {
  if (column instanceof Column && column.toProto().exprType.case === "unresolvedStar") {
    return call("count", lit(1));
  }
  return call("count", columnOf(column));
}

/** The number of different combinations of values, NULLs not counted. Spark: `count_distinct`. @since 3.2 */
export function countDistinct(...columns: readonly [ColumnOrName, ...ColumnOrName[]]): Column {
  return callDistinct("count", ...columns.map(columnOf));
}

/** The number of rows for which the condition is true. Spark: `count_if`. @since 3.5 */
export function countIf(condition: ColumnOrName): Column {
  return call("count_if", columnOf(condition));
}

/**
 * A count-min sketch of the frequencies, as a BINARY: relative error `epsilon`, which holds with probability
 * `confidence`. Without a seed every call has its own. Spark: `count_min_sketch`.
 *
 * @since 3.5
 */
export function countMinSketch(
  column: ColumnOrName,
  epsilon: Column | number,
  confidence: Column | number,
  seed: Column | number | bigint = randomSeed(),
): Column {
  return call(
    "count_min_sketch",
    columnOf(column),
    columnOrDouble(epsilon),
    columnOrDouble(confidence),
    lit(seed),
  );
}

/** The same as `boolAnd`. @since 3.5 */
export function every(column: ColumnOrName): Column {
  return call("every", columnOf(column));
}

/** The first value, or the first that is not NULL; certain only in an ordered window. @since 1.3 */
export function first(column: ColumnOrName, ignoreNulls = false): Column {
  return call("first", columnOf(column), lit(ignoreNulls));
}

/** The same as `first`. Spark: `first_value`. @since 3.5 */
export function firstValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("first_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/** 1 where a row of rollup or cube sums over the column, else 0. @since 2.0 */
export function grouping(column: ColumnOrName): Column {
  return call("grouping", columnOf(column));
}

/**
 * The bits of `grouping` of the columns, the last one lowest; of all grouping columns where none is given.
 * Spark: `grouping_id`.
 *
 * @since 2.0
 */
export function groupingId(...columns: readonly ColumnOrName[]): Column {
  return call("grouping_id", ...columns.map(columnOf));
}

/** The last value, or the last that is not NULL; certain only in an ordered window. @since 1.3 */
export function last(column: ColumnOrName, ignoreNulls = false): Column {
  return call("last", columnOf(column), lit(ignoreNulls));
}

/** The same as `last`. Spark: `last_value`. @since 3.5 */
export function lastValue(column: ColumnOrName, ignoreNulls?: Column | boolean): Column {
  return call("last_value", columnOf(column), ...optional(ignoreNulls, lit));
}

/**
 * The strings or binaries as one, without NULLs, a delimiter between them; in no certain order.
 *
 * @since 4.0
 */
export function listagg(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return call("listagg", columnOf(column), ...optional(delimiter, lit));
}

/** As `listagg`, of the different values. Spark: `listagg(DISTINCT ...)`. @since 4.0 */
export function listaggDistinct(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return callDistinct("listagg", columnOf(column), ...optional(delimiter, lit));
}

/** The largest value. @since 1.3 */
export function max(column: ColumnOrName): Column {
  return call("max", columnOf(column));
}

/**
 * The value of the row where `order` is largest; with `k` an array of the values of the `k` largest, the largest
 * first (`k` needs Spark 4.2). Spark: `max_by`.
 *
 * @since 3.3
 */
export function maxBy(column: ColumnOrName, order: ColumnOrName, k?: number): Column {
  return call("max_by", columnOf(column), columnOf(order), ...optional(k, lit));
}

/** The same as `avg`. @since 1.4 */
export function mean(column: ColumnOrName): Column {
  return avg(column);
}

/** The smallest value. @since 1.3 */
export function min(column: ColumnOrName): Column {
  return call("min", columnOf(column));
}

/**
 * The value of the row where `order` is smallest; with `k` an array of the values of the `k` smallest, the
 * smallest first (`k` needs Spark 4.2). Spark: `min_by`.
 *
 * @since 3.3
 */
export function minBy(column: ColumnOrName, order: ColumnOrName, k?: number): Column {
  return call("min_by", columnOf(column), columnOf(order), ...optional(k, lit));
}

/** The most frequent value; of several the lowest when `deterministic`, else any. @since 3.4 */
export function mode(column: ColumnOrName, deterministic = false): Column {
  return call("mode", columnOf(column), lit(deterministic));
}

/** The product, as a DOUBLE. @since 3.2 */
export function product(column: ColumnOrName): Column {
  return call("product", columnOf(column));
}

/** The same as `boolOr`. @since 3.5 */
export function some(column: ColumnOrName): Column {
  return call("some", columnOf(column));
}

/** The same as `listagg`. Spark: `string_agg`. @since 4.0 */
export function stringAgg(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return call("string_agg", columnOf(column), ...optional(delimiter, lit));
}

/** The same as `listaggDistinct`. Spark: `string_agg(DISTINCT ...)`. @since 4.0 */
export function stringAggDistinct(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return callDistinct("string_agg", columnOf(column), ...optional(delimiter, lit));
}

/** The sum. @since 1.3 */
export function sum(column: ColumnOrName): Column {
  return call("sum", columnOf(column));
}

/** The sum of the different values. Spark: `sum_distinct`. @since 3.2 */
export function sumDistinct(column: ColumnOrName): Column {
  return callDistinct("sum", columnOf(column));
}

/** The mean, NULL on overflow. Spark: `try_avg`. @since 3.5 */
export function tryAvg(column: ColumnOrName): Column {
  return call("try_avg", columnOf(column));
}

/** The sum, NULL on overflow. Spark: `try_sum`. @since 3.5 */
export function trySum(column: ColumnOrName): Column {
  return call("try_sum", columnOf(column));
}
