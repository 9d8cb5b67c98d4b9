import type { Column, ColumnOrName } from "../column.ts";
import { call, callDistinct, columnOf, lit, optional } from "./call.ts";

/**
 * The same as `collectList`. Spark: `array_agg`.
 *
 * @since 3.5.0
 */
export function arrayAgg(column: ColumnOrName): Column {
  return call("array_agg", columnOf(column));
}

/**
 * The values as an array, without NULLs, in no certain order. Spark: `collect_list`.
 *
 * @since 1.6.0
 */
export function collectList(column: ColumnOrName): Column {
  return call("collect_list", columnOf(column));
}

/**
 * The different values as an array, without NULLs, in no certain order. Spark: `collect_set`.
 *
 * @since 1.6.0
 */
export function collectSet(column: ColumnOrName): Column {
  return call("collect_set", columnOf(column));
}

/**
 * The strings or binaries as one, without NULLs, a delimiter between them; in no certain order.
 *
 * @since 4.0.0
 */
export function listagg(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return call("listagg", columnOf(column), ...optional(delimiter, lit));
}

/**
 * As `listagg`, of the different values. Spark: `listagg(DISTINCT ...)`.
 *
 * @since 4.0.0
 */
export function listaggDistinct(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return callDistinct("listagg", columnOf(column), ...optional(delimiter, lit));
}

/**
 * The same as `listagg`. Spark: `string_agg`.
 *
 * @since 4.0.0
 */
export function stringAgg(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return call("string_agg", columnOf(column), ...optional(delimiter, lit));
}

/**
 * The same as `listaggDistinct`. Spark: `string_agg(DISTINCT ...)`.
 *
 * @since 4.0.0
 */
export function stringAggDistinct(column: ColumnOrName, delimiter?: Column | string | Uint8Array): Column {
  return callDistinct("string_agg", columnOf(column), ...optional(delimiter, lit));
}
