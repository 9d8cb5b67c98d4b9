import type { Column, ColumnOrName } from "../column.ts";
import type { Aggregate, CountName } from "../typed/aggregate-column.ts";
import { call, callDistinct, columnOf, columnOrDouble, lit, optional, randomSeed } from "./call.ts";

/**
 * About how many different values there are, within the relative error (0.05). Spark:
 * `approx_count_distinct`.
 *
 * @since 2.1.0
 */
export function approxCountDistinct(column: ColumnOrName, relativeError?: Column | number): Column {
  return call("approx_count_distinct", columnOf(column), ...optional(relativeError, columnOrDouble));
}

/**
 * The mean: a DOUBLE, or of decimals a DECIMAL. The query fails on overflow, see `tryAvg`.
 *
 * @since 1.3.0
 */
export function avg<const C extends ColumnOrName>(column: C): Aggregate<"avg", "avg", C> {
  return call("avg", columnOf(column));
}

/**
 * The bits that are set in all values. Spark: `bit_and`.
 *
 * @since 3.5.0
 */
export function bitAnd(column: ColumnOrName): Column {
  return call("bit_and", columnOf(column));
}

/**
 * The bits that are set in any value. Spark: `bit_or`.
 *
 * @since 3.5.0
 */
export function bitOr(column: ColumnOrName): Column {
  return call("bit_or", columnOf(column));
}

/**
 * The bits that are set in an odd number of values. Spark: `bit_xor`.
 *
 * @since 3.5.0
 */
export function bitXor(column: ColumnOrName): Column {
  return call("bit_xor", columnOf(column));
}

/**
 * Whether all values are true. Spark: `bool_and`.
 *
 * @since 3.5.0
 */
export function boolAnd(column: ColumnOrName): Column {
  return call("bool_and", columnOf(column));
}

/**
 * Whether a value is true. Spark: `bool_or`.
 *
 * @since 3.5.0
 */
export function boolOr(column: ColumnOrName): Column {
  return call("bool_or", columnOf(column));
}

/**
 * The number of rows where the column is not NULL; of all rows for `"*"`, which is sent as `count(1)`: Spark
 * refuses a star in places such as a pivot.
 *
 * @since 1.3.0
 */
export function count<const C extends ColumnOrName>(column: C): Column<bigint, CountName<C>> {
  const counted = columnOf(column);
  return call("count", counted.toProto().exprType.case === "unresolvedStar" ? lit(1) : counted);
}

/**
 * The number of different combinations of values, NULLs not counted. Spark: `count_distinct`.
 *
 * @since 3.2.0
 */
export function countDistinct(...columns: readonly [ColumnOrName, ...ColumnOrName[]]): Column {
  return callDistinct("count", ...columns.map(columnOf));
}

/**
 * The number of rows for which the condition is true. Spark: `count_if`.
 *
 * @since 3.5.0
 */
export function countIf(condition: ColumnOrName): Column {
  return call("count_if", columnOf(condition));
}

/**
 * A count-min sketch of the frequencies, as a BINARY: relative error `epsilon`, which holds with probability
 * `confidence`. Without a seed every call has its own. Spark: `count_min_sketch`.
 *
 * @since 3.5.0
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

/**
 * The same as `boolAnd`.
 *
 * @since 3.5.0
 */
export function every(column: ColumnOrName): Column {
  return call("every", columnOf(column));
}

/**
 * 1 where a row of rollup or cube sums over the column, else 0.
 *
 * @since 2.0.0
 */
export function grouping(column: ColumnOrName): Column {
  return call("grouping", columnOf(column));
}

/**
 * The bits of `grouping` of the columns, the last one lowest; of all grouping columns where none is given.
 * Spark: `grouping_id`.
 *
 * @since 2.0.0
 */
export function groupingId(...columns: readonly ColumnOrName[]): Column {
  return call("grouping_id", ...columns.map(columnOf));
}

/**
 * The same as `avg`.
 *
 * @since 1.4.0
 */
export function mean<const C extends ColumnOrName>(column: C): Aggregate<"avg", "avg", C> {
  return avg(column);
}

/**
 * The product, as a DOUBLE.
 *
 * @since 3.2.0
 */
export function product(column: ColumnOrName): Column {
  return call("product", columnOf(column));
}

/**
 * The same as `boolOr`.
 *
 * @since 3.5.0
 */
export function some(column: ColumnOrName): Column {
  return call("some", columnOf(column));
}

/**
 * The sum: a LONG of whole numbers, a DOUBLE, or a DECIMAL. The query fails on overflow, see `trySum`.
 *
 * @since 1.3.0
 */
export function sum<const C extends ColumnOrName>(column: C): Aggregate<"sum", "sum", C> {
  return call("sum", columnOf(column));
}

/**
 * The sum of the different values. Spark: `sum_distinct`.
 *
 * @since 3.2.0
 */
export function sumDistinct(column: ColumnOrName): Column {
  return callDistinct("sum", columnOf(column));
}

/**
 * The mean, NULL on overflow. Spark: `try_avg`.
 *
 * @since 3.5.0
 */
export function tryAvg(column: ColumnOrName): Column {
  return call("try_avg", columnOf(column));
}

/**
 * The sum, NULL on overflow. Spark: `try_sum`.
 *
 * @since 3.5.0
 */
export function trySum(column: ColumnOrName): Column {
  return call("try_sum", columnOf(column));
}
