import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit } from "./call.ts";

/**
 * The cube root.
 *
 * @since 1.4.0
 */
export function cbrt(column: ColumnOrName): Column {
  return call("cbrt", columnOf(column));
}

/**
 * The number e as a DOUBLE.
 *
 * @since 3.5.0
 */
export function e(): Column {
  return call("e");
}

/**
 * e to the power of the column.
 *
 * @since 1.4.0
 */
export function exp(column: ColumnOrName): Column {
  return call("exp", columnOf(column));
}

/**
 * e to the power of the column, minus 1; exact near 0.
 *
 * @since 1.4.0
 */
export function expm1(column: ColumnOrName): Column {
  return call("expm1", columnOf(column));
}

/**
 * The factorial of a number from 0 to 20, as a LONG; NULL for others.
 *
 * @since 1.5.0
 */
export function factorial(column: ColumnOrName): Column {
  return call("factorial", columnOf(column));
}

/**
 * The length of a vector, without overflow on the way.
 *
 * @since 1.4.0
 */
export function hypot(x: ColumnOrName | number, y: ColumnOrName | number): Column {
  return call("hypot", columnOrNumber(x), columnOrNumber(y));
}

/**
 * The natural logarithm; NULL for numbers that have none.
 *
 * @since 3.5.0
 */
export function ln(column: ColumnOrName): Column {
  return call("ln", columnOf(column));
}

/**
 * The natural logarithm of a column, or its logarithm to a base: `log("x")` and `log(2, "x")`.
 *
 * @since 1.5.0
 */
export function log(column: ColumnOrName): Column;
export function log(base: Column | number, column: ColumnOrName): Column;
export function log(baseOrColumn: ColumnOrName | number, column?: ColumnOrName): Column {
  return column === undefined
    ? call("ln", columnOrNumber(baseOrColumn))
    : call("log", lit(baseOrColumn), columnOf(column));
}

/**
 * The logarithm to base 10.
 *
 * @since 1.4.0
 */
export function log10(column: ColumnOrName): Column {
  return call("log10", columnOf(column));
}

/**
 * The natural logarithm of 1 plus the column; exact near 0.
 *
 * @since 1.4.0
 */
export function log1p(column: ColumnOrName): Column {
  return call("log1p", columnOf(column));
}

/**
 * The logarithm to base 2.
 *
 * @since 1.5.0
 */
export function log2(column: ColumnOrName): Column {
  return call("log2", columnOf(column));
}

/**
 * The first to the power of the second, a DOUBLE.
 *
 * @since 1.4.0
 */
export function pow(base: ColumnOrName | number, exponent: ColumnOrName | number): Column {
  return call("power", columnOrNumber(base), columnOrNumber(exponent));
}

/**
 * The same as `pow`.
 *
 * @since 3.5.0
 */
export function power(base: ColumnOrName | number, exponent: ColumnOrName | number): Column {
  return call("power", columnOrNumber(base), columnOrNumber(exponent));
}

/**
 * The square root; NaN for a negative number.
 *
 * @since 1.3.0
 */
export function sqrt(column: ColumnOrName): Column {
  return call("sqrt", columnOf(column));
}
