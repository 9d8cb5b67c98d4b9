import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";
import { type FormatOptions, optionMap } from "./format-options.ts";

/**
 * A line of CSV as a struct. The schema is DDL text, or a column such as that of `schemaOfCsv`. Text that
 * does not fit gives NULLs, or an error with the option `mode: "FAILFAST"`. Spark: `from_csv`.
 *
 * @since 3.0.0
 */
export function fromCsv(column: ColumnOrName, schema: Column | string, options?: FormatOptions): Column {
  return call("from_csv", columnOf(column), lit(schema), ...optional(options, optionMap));
}

/**
 * The schema of a line of CSV as DDL. The text must be a constant. Spark: `schema_of_csv`.
 *
 * @since 3.0.0
 */
export function schemaOfCsv(csv: Column | string, options?: FormatOptions): Column {
  return call("schema_of_csv", lit(csv), ...optional(options, optionMap));
}

/**
 * A struct as a line of CSV. Spark: `to_csv`.
 *
 * @since 3.0.0
 */
export function toCsv(column: ColumnOrName, options?: FormatOptions): Column {
  return call("to_csv", columnOf(column), ...optional(options, optionMap));
}
