import type { Column, ColumnOrName } from "../column.ts";
import { type ColumnList, call, columnList, columnOf } from "./call.ts";

/**
 * A struct of names and values in turn, names as literals: `namedStruct(lit("x"), "a")`. Spark:
 * `named_struct`.
 *
 * @since 3.5.0
 */
export function namedStruct(...columns: readonly ColumnOrName[]): Column {
  return call("named_struct", ...columns.map(columnOf));
}

/**
 * The columns, given one by one or as one list, as one struct, with their names.
 *
 * @since 1.4.0
 */
export function struct(...columns: ColumnList): Column {
  return call("struct", ...columnList(columns));
}
