import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrDouble, lit } from "./call.ts";

/**
 * The same as `percentileApprox`. Spark: `approx_percentile`.
 *
 * @since 3.5.0
 */
export function approxPercentile(
  column: ColumnOrName,
  percentage: Column | number | readonly number[],
  accuracy: Column | number = 10_000,
): Column {
  return call("approx_percentile", columnOf(column), columnOrDouble(percentage), lit(accuracy));
}

/**
 * The Pearson correlation of two columns.
 *
 * @since 1.6.0
 */
export function corr(x: ColumnOrName, y: ColumnOrName): Column {
  return call("corr", columnOf(x), columnOf(y));
}

/**
 * The population covariance of two columns. Spark: `covar_pop`.
 *
 * @since 2.0.0
 */
export function covarPop(x: ColumnOrName, y: ColumnOrName): Column {
  return call("covar_pop", columnOf(x), columnOf(y));
}

/**
 * The sample covariance of two columns. Spark: `covar_samp`.
 *
 * @since 2.0.0
 */
export function covarSamp(x: ColumnOrName, y: ColumnOrName): Column {
  return call("covar_samp", columnOf(x), columnOf(y));
}

/**
 * A histogram of so many bins of unequal width, as an array of structs of `x` (the centre) and `y` (the
 * height). Spark: `histogram_numeric`.
 *
 * @since 3.5.0
 */
export function histogramNumeric(column: ColumnOrName, bins: Column | number): Column {
  return call("histogram_numeric", columnOf(column), lit(bins));
}

/**
 * The kurtosis.
 *
 * @since 1.6.0
 */
export function kurtosis(column: ColumnOrName): Column {
  return call("kurtosis", columnOf(column));
}

/**
 * The median, exact.
 *
 * @since 3.4.0
 */
export function median(column: ColumnOrName): Column {
  return call("median", columnOf(column));
}

/**
 * The exact percentile at a fraction from 0 to 1, or an array of them at several; interpolated. Each value
 * counts `frequency` times.
 *
 * @since 3.5.0
 */
export function percentile(
  column: ColumnOrName,
  percentage: Column | number | readonly number[],
  frequency: Column | number = 1,
): Column {
  return call("percentile", columnOf(column), columnOrDouble(percentage), lit(frequency));
}

/**
 * A value of the column near the percentile at a fraction from 0 to 1, or an array of them; higher accuracy
 * costs memory. Spark: `percentile_approx`.
 *
 * @since 3.1.0
 */
export function percentileApprox(
  column: ColumnOrName,
  percentage: Column | number | readonly number[],
  accuracy: Column | number = 10_000,
): Column {
  return call("percentile_approx", columnOf(column), columnOrDouble(percentage), lit(accuracy));
}

/**
 * The mean of `x` over the rows where neither is NULL. Spark: `regr_avgx`.
 *
 * @since 3.5.0
 */
export function regrAvgx(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_avgx", columnOf(y), columnOf(x));
}

/**
 * The mean of `y` over the rows where neither is NULL. Spark: `regr_avgy`.
 *
 * @since 3.5.0
 */
export function regrAvgy(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_avgy", columnOf(y), columnOf(x));
}

/**
 * The number of rows where neither is NULL. Spark: `regr_count`.
 *
 * @since 3.5.0
 */
export function regrCount(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_count", columnOf(y), columnOf(x));
}

/**
 * Where the regression line of `y` over `x` meets the `y` axis. Spark: `regr_intercept`.
 *
 * @since 3.5.0
 */
export function regrIntercept(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_intercept", columnOf(y), columnOf(x));
}

/**
 * The coefficient of determination of the regression line of `y` over `x`. Spark: `regr_r2`.
 *
 * @since 3.5.0
 */
export function regrR2(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_r2", columnOf(y), columnOf(x));
}

/**
 * The slope of the regression line of `y` over `x`. Spark: `regr_slope`.
 *
 * @since 3.5.0
 */
export function regrSlope(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_slope", columnOf(y), columnOf(x));
}

/**
 * The sum of the squared deviations of `x` over the rows where neither is NULL. Spark: `regr_sxx`.
 *
 * @since 3.5.0
 */
export function regrSxx(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_sxx", columnOf(y), columnOf(x));
}

/**
 * The sum of the products of the deviations of `x` and `y`. Spark: `regr_sxy`.
 *
 * @since 3.5.0
 */
export function regrSxy(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_sxy", columnOf(y), columnOf(x));
}

/**
 * The sum of the squared deviations of `y` over the rows where neither is NULL. Spark: `regr_syy`.
 *
 * @since 3.5.0
 */
export function regrSyy(y: ColumnOrName, x: ColumnOrName): Column {
  return call("regr_syy", columnOf(y), columnOf(x));
}

/**
 * The skewness.
 *
 * @since 1.6.0
 */
export function skewness(column: ColumnOrName): Column {
  return call("skewness", columnOf(column));
}

/**
 * The same as `stddevSamp`.
 *
 * @since 3.5.0
 */
export function std(column: ColumnOrName): Column {
  return call("std", columnOf(column));
}

/**
 * The same as `stddevSamp`.
 *
 * @since 1.6.0
 */
export function stddev(column: ColumnOrName): Column {
  return call("stddev", columnOf(column));
}

/**
 * The population standard deviation. Spark: `stddev_pop`.
 *
 * @since 1.6.0
 */
export function stddevPop(column: ColumnOrName): Column {
  return call("stddev_pop", columnOf(column));
}

/**
 * The sample standard deviation. Spark: `stddev_samp`.
 *
 * @since 1.6.0
 */
export function stddevSamp(column: ColumnOrName): Column {
  return call("stddev_samp", columnOf(column));
}

/**
 * The population variance. Spark: `var_pop`.
 *
 * @since 1.6.0
 */
export function varPop(column: ColumnOrName): Column {
  return call("var_pop", columnOf(column));
}

/**
 * The sample variance. Spark: `var_samp`.
 *
 * @since 1.6.0
 */
export function varSamp(column: ColumnOrName): Column {
  return call("var_samp", columnOf(column));
}

/**
 * The same as `varSamp`.
 *
 * @since 1.6.0
 */
export function variance(column: ColumnOrName): Column {
  return call("variance", columnOf(column));
}
