import type { Column, ColumnOrName } from "../column.ts";
import { call, callDistinct, columnOf, lit, optional } from "./call.ts";

/** About how many different values there are, within the relative error (0.05). Spark: `approx_count_distinct`. */
export function approxCountDistinct(column: ColumnOrName, relativeError?: unknown): Column {
  return call("approx_count_distinct", columnOf(column), ...optional(relativeError, lit));
}

/** The mean. */
export function avg(column: ColumnOrName): Column {
  return call("avg", columnOf(column));
}

/** The same as `avg`. Spark: `avg`. */
export function mean(column: ColumnOrName): Column {
  return call("avg", columnOf(column));
}

/** Whether all values are true. Spark: `bool_and`. */
export function boolAnd(column: ColumnOrName): Column {
  return call("bool_and", columnOf(column));
}

/** Whether a value is true. Spark: `bool_or`. */
export function boolOr(column: ColumnOrName): Column {
  return call("bool_or", columnOf(column));
}

/** The values as an array, without NULLs, in no certain order. Spark: `collect_list`. */
export function collectList(column: ColumnOrName): Column {
  return call("collect_list", columnOf(column));
}

/** The different values as an array, without NULLs, in no certain order. Spark: `collect_set`. */
export function collectSet(column: ColumnOrName): Column {
  return call("collect_set", columnOf(column));
}

/** The Pearson correlation of two columns. */
export function corr(x: ColumnOrName, y: ColumnOrName): Column {
  return call("corr", columnOf(x), columnOf(y));
}

/** The number of rows where the column is not NULL; of all rows for `"*"`. */
export function count(column: ColumnOrName): Column {
  return call("count", column === "*" ? lit(1) : columnOf(column));
}

/** The number of rows for which the condition is true. Spark: `count_if`. */
export function countIf(condition: ColumnOrName): Column {
  return call("count_if", columnOf(condition));
}

/** The population covariance of two columns. Spark: `covar_pop`. */
export function covarPop(x: ColumnOrName, y: ColumnOrName): Column {
  return call("covar_pop", columnOf(x), columnOf(y));
}

/** The sample covariance of two columns. Spark: `covar_samp`. */
export function covarSamp(x: ColumnOrName, y: ColumnOrName): Column {
  return call("covar_samp", columnOf(x), columnOf(y));
}

/** 1 where a row of rollup or cube sums over the column, else 0. */
export function grouping(column: ColumnOrName): Column {
  return call("grouping", columnOf(column));
}

/** The kurtosis. */
export function kurtosis(column: ColumnOrName): Column {
  return call("kurtosis", columnOf(column));
}

/** The largest value. */
export function max(column: ColumnOrName): Column {
  return call("max", columnOf(column));
}

/** The value of the row where `order` is largest. Spark: `max_by`. */
export function maxBy(column: ColumnOrName, order: ColumnOrName): Column {
  return call("max_by", columnOf(column), columnOf(order));
}

/** The median, exact. */
export function median(column: ColumnOrName): Column {
  return call("median", columnOf(column));
}

/** The smallest value. */
export function min(column: ColumnOrName): Column {
  return call("min", columnOf(column));
}

/** The value of the row where `order` is smallest. Spark: `min_by`. */
export function minBy(column: ColumnOrName, order: ColumnOrName): Column {
  return call("min_by", columnOf(column), columnOf(order));
}

/** The most frequent value. */
export function mode(column: ColumnOrName): Column {
  return call("mode", columnOf(column));
}

/** The exact percentile at a fraction from 0 to 1, or an array of them at several; interpolated. */
export function percentile(column: ColumnOrName, percentage: unknown, frequency?: unknown): Column {
  return call("percentile", columnOf(column), lit(percentage), ...optional(frequency, lit));
}

/** A value of the column near the percentile at a fraction from 0 to 1; higher accuracy (10000) costs memory. Spark: `percentile_approx`. */
export function percentileApprox(column: ColumnOrName, percentage: unknown, accuracy?: unknown): Column {
  return call("percentile_approx", columnOf(column), lit(percentage), ...optional(accuracy, lit));
}

/** The product. */
export function product(column: ColumnOrName): Column {
  return call("product", columnOf(column));
}

/** The skewness. */
export function skewness(column: ColumnOrName): Column {
  return call("skewness", columnOf(column));
}

/** The sample standard deviation. */
export function stddev(column: ColumnOrName): Column {
  return call("stddev", columnOf(column));
}

/** The population standard deviation. Spark: `stddev_pop`. */
export function stddevPop(column: ColumnOrName): Column {
  return call("stddev_pop", columnOf(column));
}

/** The sample standard deviation. Spark: `stddev_samp`. */
export function stddevSamp(column: ColumnOrName): Column {
  return call("stddev_samp", columnOf(column));
}

/** The sum. */
export function sum(column: ColumnOrName): Column {
  return call("sum", columnOf(column));
}

/** The sum of the different values. Spark: `sum`. */
export function sumDistinct(column: ColumnOrName): Column {
  return callDistinct("sum", columnOf(column));
}

/** The mean, NULL on overflow. Spark: `try_avg`. */
export function tryAvg(column: ColumnOrName): Column {
  return call("try_avg", columnOf(column));
}

/** The sum, NULL on overflow. Spark: `try_sum`. */
export function trySum(column: ColumnOrName): Column {
  return call("try_sum", columnOf(column));
}

/** The population variance. Spark: `var_pop`. */
export function varPop(column: ColumnOrName): Column {
  return call("var_pop", columnOf(column));
}

/** The sample variance. Spark: `var_samp`. */
export function varSamp(column: ColumnOrName): Column {
  return call("var_samp", columnOf(column));
}

/** The sample variance. */
export function variance(column: ColumnOrName): Column {
  return call("variance", columnOf(column));
}

/** The number of different combinations of values, NULLs not counted. Spark: `count(DISTINCT ...)`. */
export function countDistinct(...columns: readonly [ColumnOrName, ...ColumnOrName[]]): Column {
  return callDistinct("count", ...columns.map(columnOf));
}

/** The first value, or the first that is not NULL; certain only in an ordered window. Spark: `first`. */
export function first(column: ColumnOrName, ignoreNulls = false): Column {
  return call("first", columnOf(column), lit(ignoreNulls));
}

/** The last value, or the last that is not NULL; certain only in an ordered window. Spark: `last`. */
export function last(column: ColumnOrName, ignoreNulls = false): Column {
  return call("last", columnOf(column), lit(ignoreNulls));
}

/** Any value, or any that is not NULL. Spark: `any_value`. */
export function anyValue(column: ColumnOrName, ignoreNulls = false): Column {
  return call("any_value", columnOf(column), lit(ignoreNulls));
}
