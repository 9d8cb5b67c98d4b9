import { SparkwrightError } from "../../core/error.ts";
import type { Column, ColumnOrName } from "../column.ts";
import type { DataType } from "../types/data-type.ts";
import { call, columnOf, lit, optional } from "./call.ts";
import { type FormatOptions, optionMap, schemaColumn } from "./format-options.ts";

/**
 * JSON text as a struct, array, map or VARIANT. The schema is a type, DDL text, or a column such as that of
 * `schemaOfJson`. Text that does not fit gives NULLs, or an error with the option `mode: "FAILFAST"`. Spark:
 * `from_json`.
 *
 * @since 2.1.0
 */
export function fromJson(
  column: ColumnOrName,
  schema: DataType | Column | string,
  options?: FormatOptions,
): Column {
  return call("from_json", columnOf(column), schemaColumn(schema), ...optional(options, optionMap));
}

/**
 * The value at a JSON path such as `$.a[0]`, as text. Spark: `get_json_object`.
 *
 * @since 1.6.0
 */
export function getJsonObject(column: ColumnOrName, path: string): Column {
  return call("get_json_object", columnOf(column), lit(path));
}

/**
 * The number of elements of a JSON array in text; NULL when it is none. Spark: `json_array_length`.
 *
 * @since 3.5.0
 */
export function jsonArrayLength(column: ColumnOrName): Column {
  return call("json_array_length", columnOf(column));
}

/**
 * The keys of a JSON object in text, as an array; NULL when it is none. Spark: `json_object_keys`.
 *
 * @since 3.5.0
 */
export function jsonObjectKeys(column: ColumnOrName): Column {
  return call("json_object_keys", columnOf(column));
}

/**
 * Fields of a JSON object in text, as columns `c0`, `c1` and so on. Thrown when none is named
 * (`USAGE_INVALID_ARGUMENT`). Spark: `json_tuple`.
 *
 * @since 1.6.0
 */
export function jsonTuple(column: ColumnOrName, ...fields: readonly string[]): Column {
  if (fields.length === 0) {
    throw new SparkwrightError("USAGE_INVALID_ARGUMENT", "jsonTuple() was given no fields", {
      hint: 'Name them after the column: jsonTuple("json", "id", "name").',
    });
  }
  return call("json_tuple", columnOf(column), ...fields.map(lit));
}

/**
 * The schema of JSON text as DDL. The text must be a constant. Spark: `schema_of_json`.
 *
 * @since 2.4.0
 */
export function schemaOfJson(json: Column | string, options?: FormatOptions): Column {
  return call("schema_of_json", lit(json), ...optional(options, optionMap));
}

/**
 * A struct, array, map or VARIANT as JSON text. Spark: `to_json`.
 *
 * @since 2.1.0
 */
export function toJson(column: ColumnOrName, options?: FormatOptions): Column {
  return call("to_json", columnOf(column), ...optional(options, optionMap));
}
