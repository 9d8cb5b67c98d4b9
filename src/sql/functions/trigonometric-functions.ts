import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber } from "./call.ts";

/**
 * The angle in radians that has this cosine; NaN outside of -1 to 1.
 *
 * @since 1.4.0
 */
export function acos(column: ColumnOrName): Column {
  return call("acos", columnOf(column));
}

/**
 * The inverse hyperbolic cosine; NaN below 1.
 *
 * @since 3.1.0
 */
export function acosh(column: ColumnOrName): Column {
  return call("acosh", columnOf(column));
}

/**
 * The angle in radians that has this sine; NaN outside of -1 to 1.
 *
 * @since 1.4.0
 */
export function asin(column: ColumnOrName): Column {
  return call("asin", columnOf(column));
}

/**
 * The inverse hyperbolic sine.
 *
 * @since 3.1.0
 */
export function asinh(column: ColumnOrName): Column {
  return call("asinh", columnOf(column));
}

/**
 * The angle in radians that has this tangent.
 *
 * @since 1.4.0
 */
export function atan(column: ColumnOrName): Column {
  return call("atan", columnOf(column));
}

/**
 * The angle in radians from the positive x axis to the point (`x`, `y`), from -π to π. The y coordinate comes
 * first.
 *
 * @since 1.4.0
 */
export function atan2(y: ColumnOrName | number, x: ColumnOrName | number): Column {
  return call("atan2", columnOrNumber(y), columnOrNumber(x));
}

/**
 * The inverse hyperbolic tangent; NaN outside of -1 to 1.
 *
 * @since 3.1.0
 */
export function atanh(column: ColumnOrName): Column {
  return call("atanh", columnOf(column));
}

/**
 * The cosine of an angle in radians.
 *
 * @since 1.4.0
 */
export function cos(column: ColumnOrName): Column {
  return call("cos", columnOf(column));
}

/**
 * The hyperbolic cosine.
 *
 * @since 1.4.0
 */
export function cosh(column: ColumnOrName): Column {
  return call("cosh", columnOf(column));
}

/**
 * The cotangent of an angle in radians.
 *
 * @since 3.3.0
 */
export function cot(column: ColumnOrName): Column {
  return call("cot", columnOf(column));
}

/**
 * The cosecant of an angle in radians.
 *
 * @since 3.3.0
 */
export function csc(column: ColumnOrName): Column {
  return call("csc", columnOf(column));
}

/**
 * Radians as degrees.
 *
 * @since 2.1.0
 */
export function degrees(column: ColumnOrName): Column {
  return call("degrees", columnOf(column));
}

/**
 * The number π as a DOUBLE.
 *
 * @since 3.5.0
 */
export function pi(): Column {
  return call("pi");
}

/**
 * Degrees as radians.
 *
 * @since 2.1.0
 */
export function radians(column: ColumnOrName): Column {
  return call("radians", columnOf(column));
}

/**
 * The secant of an angle in radians.
 *
 * @since 3.3.0
 */
export function sec(column: ColumnOrName): Column {
  return call("sec", columnOf(column));
}

/**
 * The sine of an angle in radians.
 *
 * @since 1.4.0
 */
export function sin(column: ColumnOrName): Column {
  return call("sin", columnOf(column));
}

/**
 * The hyperbolic sine.
 *
 * @since 1.4.0
 */
export function sinh(column: ColumnOrName): Column {
  return call("sinh", columnOf(column));
}

/**
 * The tangent of an angle in radians.
 *
 * @since 1.4.0
 */
export function tan(column: ColumnOrName): Column {
  return call("tan", columnOf(column));
}

/**
 * The hyperbolic tangent.
 *
 * @since 1.4.0
 */
export function tanh(column: ColumnOrName): Column {
  return call("tanh", columnOf(column));
}
