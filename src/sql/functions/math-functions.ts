import { SparkwrightError } from "../../core/error.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * The absolute value.
 *
 * @since 1.3.0
 */
export function abs(column: ColumnOrName): Column {
  return call("abs", columnOf(column));
}

/**
 * Rounded to `scale` digits (0), halves to the even neighbour; a negative scale rounds left of the point.
 *
 * @since 2.0.0
 */
export function bround(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("bround", columnOf(column), ...optional(scale, columnOrNumber));
}

/**
 * Rounded up, to `scale` digits (0).
 *
 * @since 1.4.0
 */
export function ceil(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("ceil", columnOf(column), ...optional(scale, columnOrNumber));
}

/**
 * The same as `ceil`.
 *
 * @since 1.4.0
 */
export function ceiling(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("ceiling", columnOf(column), ...optional(scale, columnOrNumber));
}

/**
 * Rounded down, to `scale` digits (0).
 *
 * @since 1.4.0
 */
export function floor(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("floor", columnOf(column), ...optional(scale, columnOrNumber));
}

/**
 * The largest of several columns in the row, NULLs passed over. Thrown when there are fewer than two
 * (`USAGE_INVALID_ARGUMENT`).
 *
 * @since 1.5.0
 */
export function greatest(...columns: readonly ColumnOrName[]): Column {
  return call("greatest", ...severalColumns("greatest", columns));
}

/**
 * The smallest of several columns in the row, NULLs passed over. Thrown when there are fewer than two
 * (`USAGE_INVALID_ARGUMENT`).
 *
 * @since 1.5.0
 */
export function least(...columns: readonly ColumnOrName[]): Column {
  return call("least", ...severalColumns("least", columns));
}

/**
 * The negated number.
 *
 * @since 3.5.0
 */
export function negate(column: ColumnOrName): Column {
  return call("negative", columnOf(column));
}

/**
 * The same as `negate`.
 *
 * @since 3.5.0
 */
export function negative(column: ColumnOrName): Column {
  return call("negative", columnOf(column));
}

/**
 * The remainder, never negative for a positive divisor. The query fails for a divisor of 0; see `tryMod`.
 *
 * @since 3.4.0
 */
export function pmod(dividend: ColumnOrName | number, divisor: ColumnOrName | number): Column {
  return call("pmod", columnOrNumber(dividend), columnOrNumber(divisor));
}

/**
 * The number as it is.
 *
 * @since 3.5.0
 */
export function positive(column: ColumnOrName): Column {
  return call("positive", columnOf(column));
}

/**
 * Rounded to the nearest whole number, as a DOUBLE, halves to the even neighbour.
 *
 * @since 1.4.0
 */
export function rint(column: ColumnOrName): Column {
  return call("rint", columnOf(column));
}

/**
 * Rounded to `scale` digits (0), halves away from zero; a negative scale rounds left of the point.
 *
 * @since 1.5.0
 */
export function round(column: ColumnOrName, scale?: ColumnOrName | number): Column {
  return call("round", columnOf(column), ...optional(scale, columnOrNumber));
}

/**
 * The same as `signum`.
 *
 * @since 1.4.0
 */
export function sign(column: ColumnOrName): Column {
  return call("sign", columnOf(column));
}

/**
 * -1.0, 0.0 or 1.0 by the sign.
 *
 * @since 1.4.0
 */
export function signum(column: ColumnOrName): Column {
  return call("signum", columnOf(column));
}

/**
 * The sum of two columns, NULL on overflow. Spark: `try_add`.
 *
 * @since 3.5.0
 */
export function tryAdd(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_add", columnOrNumber(left), columnOrNumber(right));
}

/**
 * The quotient of two columns, NULL for a divisor of 0. Spark: `try_divide`.
 *
 * @since 3.5.0
 */
export function tryDivide(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_divide", columnOrNumber(left), columnOrNumber(right));
}

/**
 * The remainder of two columns, with the sign of the left one, NULL for a divisor of 0. Spark: `try_mod`.
 *
 * @since 4.0.0
 */
export function tryMod(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_mod", columnOrNumber(left), columnOrNumber(right));
}

/**
 * The product of two columns, NULL on overflow. Spark: `try_multiply`.
 *
 * @since 3.5.0
 */
export function tryMultiply(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_multiply", columnOrNumber(left), columnOrNumber(right));
}

/**
 * The difference of two columns, NULL on overflow. Spark: `try_subtract`.
 *
 * @since 3.5.0
 */
export function trySubtract(left: ColumnOrName | number, right: ColumnOrName | number): Column {
  return call("try_subtract", columnOrNumber(left), columnOrNumber(right));
}

/**
 * The number of the bucket that the value falls in when the range from `min` to `max` is cut into equal ones,
 * from 1; 0 below the range, one more than there are above it. Spark: `width_bucket`.
 *
 * @since 3.5.0
 */
export function widthBucket(
  value: ColumnOrName,
  min: ColumnOrName | number,
  max: ColumnOrName | number,
  buckets: ColumnOrName | number,
): Column {
  return call(
    "width_bucket",
    columnOf(value),
    columnOrNumber(min),
    columnOrNumber(max),
    columnOrNumber(buckets),
  );
}

/**
 * A whole number as binary digits in text.
 *
 * @since 1.5.0
 */
export function bin(column: ColumnOrName): Column {
  return call("bin", columnOf(column));
}

/**
 * A number in text from one base to another, both from 2 to 36; a negative base reads or writes signed
 * numbers.
 *
 * @since 1.5.0
 */
export function conv(column: ColumnOrName, fromBase: Column | number, toBase: Column | number): Column {
  return call("conv", columnOf(column), lit(fromBase), lit(toBase));
}

/**
 * A whole number, text or binary as hexadecimal digits in text.
 *
 * @since 1.5.0
 */
export function hex(column: ColumnOrName): Column {
  return call("hex", columnOf(column));
}

/**
 * Hexadecimal digits in text as a BINARY.
 *
 * @since 1.5.0
 */
export function unhex(column: ColumnOrName): Column {
  return call("unhex", columnOf(column));
}

function severalColumns(name: string, columns: readonly ColumnOrName[]): readonly Column[] {
  if (columns.length < 2) {
    throw new SparkwrightError("USAGE_INVALID_ARGUMENT", `${name}() compares two columns or more`, {
      hint: `It was given ${columns.length}; for the rows of a column use ${name === "least" ? "min" : "max"}().`,
    });
  }
  return columns.map(columnOf);
}
