import { SparkwrightError } from "../../core/error.ts";
import { Column, type ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/**
 * The first of the columns that is not NULL.
 *
 * @since 1.4.0
 */
export function coalesce(...columns: readonly ColumnOrName[]): Column {
  return call("coalesce", ...columns.map(columnOf));
}

/**
 * The column, or the other where it is NULL.
 *
 * @since 3.5.0
 */
export function ifnull(column: ColumnOrName, other: ColumnOrName): Column {
  return call("ifnull", columnOf(column), columnOf(other));
}

/**
 * The column, or the other where it is NaN.
 *
 * @since 1.6.0
 */
export function nanvl(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nanvl", columnOf(column), columnOf(other));
}

/**
 * NULL where both are equal, else the column.
 *
 * @since 3.5.0
 */
export function nullif(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nullif", columnOf(column), columnOf(other));
}

/**
 * NULL where the number is zero, else the number.
 *
 * @since 4.0.0
 */
export function nullifzero(column: ColumnOrName): Column {
  return call("nullifzero", columnOf(column));
}

/**
 * The column, or the other where it is NULL.
 *
 * @since 3.5.0
 */
export function nvl(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nvl", columnOf(column), columnOf(other));
}

/**
 * One of two others, as the column is NULL or not.
 *
 * @since 3.5.0
 */
export function nvl2(column: ColumnOrName, whenNotNull: ColumnOrName, whenNull: ColumnOrName): Column {
  return call("nvl2", columnOf(column), columnOf(whenNotNull), columnOf(whenNull));
}

/**
 * A value where the condition is true, else NULL, or what `.when(...)` and `.otherwise(...)` go on to say.
 *
 * Thrown when the condition is not a Column: `USAGE_NOT_A_COLUMN`.
 *
 * @example when(col("delay").gt(60), "very late").when(col("delay").gt(15), "late").otherwise("on time")
 * @since 1.4.0
 */
export function when(condition: Column, value: unknown): Column {
  if (!(condition instanceof Column)) {
    throw new SparkwrightError("USAGE_NOT_A_COLUMN", `a ${typeof condition} is not a condition`, {
      hint: 'Pass a Column, such as col("delay").gt(60).',
    });
  }
  return call("when", condition, lit(value));
}

/**
 * Zero where the number is NULL, else the number.
 *
 * @since 4.0.0
 */
export function zeroifnull(column: ColumnOrName): Column {
  return call("zeroifnull", columnOf(column));
}
