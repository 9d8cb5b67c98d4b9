import type { Column, ColumnOrName } from "../column.ts";
import { columnOf } from "./call.ts";

/**
 * Ascending, NULLs first.
 *
 * @since 1.3.0
 */
export function asc(column: ColumnOrName): Column {
  return columnOf(column).asc();
}

/**
 * Ascending, NULLs first. Spark: `asc_nulls_first`.
 *
 * @since 2.4.0
 */
export function ascNullsFirst(column: ColumnOrName): Column {
  return columnOf(column).ascNullsFirst();
}

/**
 * Ascending, NULLs last. Spark: `asc_nulls_last`.
 *
 * @since 2.4.0
 */
export function ascNullsLast(column: ColumnOrName): Column {
  return columnOf(column).ascNullsLast();
}

/**
 * Descending, NULLs last.
 *
 * @since 1.3.0
 */
export function desc(column: ColumnOrName): Column {
  return columnOf(column).desc();
}

/**
 * Descending, NULLs first. Spark: `desc_nulls_first`.
 *
 * @since 2.4.0
 */
export function descNullsFirst(column: ColumnOrName): Column {
  return columnOf(column).descNullsFirst();
}

/**
 * Descending, NULLs last. Spark: `desc_nulls_last`.
 *
 * @since 2.4.0
 */
export function descNullsLast(column: ColumnOrName): Column {
  return columnOf(column).descNullsLast();
}
