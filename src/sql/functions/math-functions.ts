import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/** The absolute value. */
export function abs(column: ColumnOrName): Column {
  return call("abs", columnOf(column));
}

/** Rounded to `scale` digits, halves to the even neighbour. */
export function bround(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("bround", columnOf(column), ...optional(scale, columnOrNumber));
}

/** The cube root. */
export function cbrt(column: ColumnOrName): Column {
  return call("cbrt", columnOf(column));
}

/** Rounded up, to `scale` digits. */
export function ceil(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("ceil", columnOf(column), ...optional(scale, columnOrNumber));
}

/** A number in text from one base to another. */
export function conv(column: ColumnOrName, fromBase: unknown, toBase: unknown): Column {
  return call("conv", columnOf(column), lit(fromBase), lit(toBase));
}

/** The cosine of an angle in radians. */
export function cos(column: ColumnOrName): Column {
  return call("cos", columnOf(column));
}

/** Radians as degrees. */
export function degrees(column: ColumnOrName): Column {
  return call("degrees", columnOf(column));
}

/** e to the power of the column. */
export function exp(column: ColumnOrName): Column {
  return call("exp", columnOf(column));
}

/** The factorial, up to 20. */
export function factorial(column: ColumnOrName): Column {
  return call("factorial", columnOf(column));
}

/** Rounded down, to `scale` digits. */
export function floor(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("floor", columnOf(column), ...optional(scale, columnOrNumber));
}

/** The largest of several columns in the row, NULLs passed over. */
export function greatest(...columns: readonly ColumnOrName[]): Column {
  return call("greatest", ...columns.map(columnOf));
}

/** The length of a vector, without overflow on the way. */
export function hypot(x: ColumnOrName | number, y: ColumnOrName | number): Column {
  return call("hypot", columnOrNumber(x), columnOrNumber(y));
}

/** The smallest of several columns in the row, NULLs passed over. */
export function least(...columns: readonly ColumnOrName[]): Column {
  return call("least", ...columns.map(columnOf));
}

/** The natural logarithm. */
export function ln(column: ColumnOrName): Column {
  return call("ln", columnOf(column));
}

/** The logarithm to base 10. */
export function log10(column: ColumnOrName): Column {
  return call("log10", columnOf(column));
}

/** The natural logarithm of 1 plus the column. */
export function log1p(column: ColumnOrName): Column {
  return call("log1p", columnOf(column));
}

/** The logarithm to base 2. */
export function log2(column: ColumnOrName): Column {
  return call("log2", columnOf(column));
}

/** The negated number. Spark: `negative`. */
export function negate(column: ColumnOrName): Column {
  return call("negative", columnOf(column));
}

/** The remainder, never negative. */
export function pmod(dividend: ColumnOrName | number, divisor: ColumnOrName | number): Column {
  return call("pmod", columnOrNumber(dividend), columnOrNumber(divisor));
}

/** `base` to the power of `exponent`. Spark: `power`. */
export function pow(base: ColumnOrName | number, exponent: ColumnOrName | number): Column {
  return call("power", columnOrNumber(base), columnOrNumber(exponent));
}

/** Degrees as radians. */
export function radians(column: ColumnOrName): Column {
  return call("radians", columnOf(column));
}

/** A random number from 0 to before 1 for every row. */
export function rand(seed?: unknown): Column {
  return call("rand", ...optional(seed, lit));
}

/** A random number of the standard normal distribution for every row. */
export function randn(seed?: unknown): Column {
  return call("randn", ...optional(seed, lit));
}

/** Rounded to `scale` digits, halves away from zero. */
export function round(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("round", columnOf(column), ...optional(scale, columnOrNumber));
}

/** -1, 0 or 1 by the sign. */
export function signum(column: ColumnOrName): Column {
  return call("signum", columnOf(column));
}

/** The sine of an angle in radians. */
export function sin(column: ColumnOrName): Column {
  return call("sin", columnOf(column));
}

/** The square root. */
export function sqrt(column: ColumnOrName): Column {
  return call("sqrt", columnOf(column));
}

/** The tangent of an angle in radians. */
export function tan(column: ColumnOrName): Column {
  return call("tan", columnOf(column));
}

/** The sum of two columns, NULL on overflow. Spark: `try_add`. */
export function tryAdd(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_add", columnOrNumber(left), columnOrNumber(right));
}

/** The quotient of two columns, NULL for a divisor of 0. Spark: `try_divide`. */
export function tryDivide(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_divide", columnOrNumber(left), columnOrNumber(right));
}

/** The product of two columns, NULL on overflow. Spark: `try_multiply`. */
export function tryMultiply(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_multiply", columnOrNumber(left), columnOrNumber(right));
}

/** The difference of two columns, NULL on overflow. Spark: `try_subtract`. */
export function trySubtract(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_subtract", columnOrNumber(left), columnOrNumber(right));
}
