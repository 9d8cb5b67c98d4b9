import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf } from "./call.ts";

/**
 * Equality where NULL equals NULL. Spark: `equal_null`.
 *
 * @since 3.5.0
 */
export function equalNull(left: ColumnOrName, right: ColumnOrName): Column {
  return call("equal_null", columnOf(left), columnOf(right));
}

/**
 * Whether the value is NaN.
 *
 * @since 1.6.0
 */
export function isnan(column: ColumnOrName): Column {
  return call("isnan", columnOf(column));
}

/**
 * Whether the value is not NULL.
 *
 * @since 3.5.0
 */
export function isnotnull(column: ColumnOrName): Column {
  return call("isnotnull", columnOf(column));
}

/**
 * Whether the value is NULL.
 *
 * @since 1.6.0
 */
export function isnull(column: ColumnOrName): Column {
  return call("isnull", columnOf(column));
}
