import type { Column, ColumnOrName } from "../column.ts";
import type { DataType } from "../types/data-type.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/** Options of a format, such as `{ mode: "FAILFAST" }`. */
export type FormatOptions = Readonly<Record<string, string>>;

/** JSON text as a struct, array or map; the schema is a type, or DDL text. Spark: `from_json`. */
export function fromJson(column: ColumnOrName, schema: DataType | string, options?: FormatOptions): Column {
  const text = typeof schema === "string" ? schema : schema.json();
  return call("from_json", columnOf(column), lit(text), ...optional(options, optionMap));
}

/** A struct, array or map as JSON text. Spark: `to_json`. */
export function toJson(column: ColumnOrName, options?: FormatOptions): Column {
  return call("to_json", columnOf(column), ...optional(options, optionMap));
}

/** CSV text as a struct; the schema is DDL text. Spark: `from_csv`. */
export function fromCsv(column: ColumnOrName, schema: string, options?: FormatOptions): Column {
  return call("from_csv", columnOf(column), lit(schema), ...optional(options, optionMap));
}

/** The value at a JSON path such as `$.a[0]`, as text. Spark: `get_json_object`. */
export function getJsonObject(column: ColumnOrName, path: string): Column {
  return call("get_json_object", columnOf(column), lit(path));
}

/** The number of elements of a JSON array in text. Spark: `json_array_length`. */
export function jsonArrayLength(column: ColumnOrName): Column {
  return call("json_array_length", columnOf(column));
}

/** Fields of a JSON object in text, as columns `c0`, `c1` and so on. Spark: `json_tuple`. */
export function jsonTuple(column: ColumnOrName, ...fields: readonly string[]): Column {
  return call("json_tuple", columnOf(column), ...fields.map(lit));
}

/** JSON text as a VARIANT. Spark: `parse_json`. */
export function parseJson(column: ColumnOrName): Column {
  return call("parse_json", columnOf(column));
}

/** The schema of JSON text as DDL. Spark: `schema_of_json`. */
export function schemaOfJson(json: Column | string): Column {
  return call("schema_of_json", lit(json));
}

function optionMap(options: FormatOptions): Column {
  return lit(new Map(Object.entries(options)));
}
