import { quoteName } from "../../sql-text/names.ts";
import type { DataType } from "./data-type.ts";

/** The type as Spark's DDL parser takes it, names in backquotes. */
export function ddlOf(type: DataType): string {
  switch (type.kind) {
    case "struct":
      return `struct<${type.fields
        .map((f) => `${quoteName(f.name)}: ${ddlOf(f.dataType)}${f.nullable ? "" : " not null"}`)
        .join(", ")}>`;
    case "array":
      return `array<${ddlOf(type.elementType)}>`;
    case "map":
      return `map<${ddlOf(type.keyType)}, ${ddlOf(type.valueType)}>`;
    default:
      return type.simpleString();
  }
}

function treeName(type: DataType): string {
  return type.kind === "struct" || type.kind === "array" || type.kind === "map"
    ? type.kind
    : typeof type.jsonValue() === "string"
      ? (type.jsonValue() as string)
      : type.simpleString();
}

/** What `printSchema` shows below a column of the type, so many levels down. */
export function treeLines(type: DataType, prefix: string, levels: number): string[] {
  if (levels === 0) return [];
  const below = `${prefix}    |`;
  switch (type.kind) {
    case "struct":
      return type.fields.flatMap((field) => [
        `${prefix}-- ${field.name}: ${treeName(field.dataType)} (nullable = ${field.nullable})`,
        ...treeLines(field.dataType, below, levels - 1),
      ]);
    case "array":
      return [
        `${prefix}-- element: ${treeName(type.elementType)} (containsNull = ${type.containsNull})`,
        ...treeLines(type.elementType, below, levels - 1),
      ];
    case "map":
      return [
        `${prefix}-- key: ${treeName(type.keyType)}`,
        ...treeLines(type.keyType, below, levels - 1),
        `${prefix}-- value: ${treeName(type.valueType)} (valueContainsNull = ${type.valueContainsNull})`,
        ...treeLines(type.valueType, below, levels - 1),
      ];
    default:
      return [];
  }
}
