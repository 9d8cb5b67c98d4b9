import { namedValues } from "../../core/named-values.ts";
import type { Column } from "../column.ts";
import { type OptionValue, optionText } from "../option-value.ts";
import type { DataType } from "../types/data-type.ts";
import { lit } from "./call.ts";

/** Options of a format, such as `{ mode: "FAILFAST" }`; their names are those of the reader of that format. */
export type FormatOptions = Readonly<Record<string, OptionValue>>;

/** The options as a map of texts. Thrown when one is neither text, number nor boolean (`USAGE_OPTION`). */
export function optionMap(options: FormatOptions): Column {
  const entries = Object.entries(namedValues("options", options));
  return lit(new Map(entries.map(([key, value]) => [key, optionText(key, value)])));
}

/** A schema as an argument: a type as its JSON, DDL text as it is, or a column that gives one. */
export function schemaColumn(schema: DataType | Column | string): Column {
  return lit(schema instanceof Object && "json" in schema ? schema.json() : schema);
}
