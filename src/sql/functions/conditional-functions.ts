import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/** The first of the columns that is not NULL. */
export function coalesce(...columns: readonly ColumnOrName[]): Column {
  return call("coalesce", ...columns.map(columnOf));
}

/** Equality where NULL equals NULL. Spark: `equal_null`. */
export function equalNull(left: ColumnOrName, right: ColumnOrName): Column {
  return call("equal_null", columnOf(left), columnOf(right));
}

/** The column, or the other where it is NULL. */
export function ifnull(column: ColumnOrName, other: ColumnOrName): Column {
  return call("ifnull", columnOf(column), columnOf(other));
}

/** Whether the value is NaN. */
export function isnan(column: ColumnOrName): Column {
  return call("isnan", columnOf(column));
}

/** Whether the value is not NULL. */
export function isnotnull(column: ColumnOrName): Column {
  return call("isnotnull", columnOf(column));
}

/** Whether the value is NULL. */
export function isnull(column: ColumnOrName): Column {
  return call("isnull", columnOf(column));
}

/** The column, or the other where it is NaN. */
export function nanvl(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nanvl", columnOf(column), columnOf(other));
}

/** NULL where both are equal, else the column. */
export function nullif(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nullif", columnOf(column), columnOf(other));
}

/** The column, or the other where it is NULL. */
export function nvl(column: ColumnOrName, other: ColumnOrName): Column {
  return call("nvl", columnOf(column), columnOf(other));
}

/** One of two others, as the column is NULL or not. */
export function nvl2(column: ColumnOrName, whenNotNull: ColumnOrName, whenNull: ColumnOrName): Column {
  return call("nvl2", columnOf(column), columnOf(whenNotNull), columnOf(whenNull));
}

/**
 * A value where the condition is true, else NULL, or what `.when(...)` and `.otherwise(...)` go on to say.
 *
 * @example when(col("delay").gt(60), "very late").when(col("delay").gt(15), "late").otherwise("on time")
 */
export function when(condition: Column, value: unknown): Column {
  return call("when", condition, lit(value));
}
