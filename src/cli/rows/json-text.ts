import { type Row, rowValues } from "../../arrow/row.ts";
import { Decimal } from "../../arrow/values/decimal.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { DataType, StructType } from "../../sql/types/data-type.ts";
import { numberText } from "./number-text.ts";

/**
 * A value of a type as JSON that loses nothing: LONG and DECIMAL are numbers with all their digits; NaN and the
 * infinities are strings, as in Spark's `to_json`; BINARY is base64; a MAP with string keys is an object, any other
 * a list of `[key, value]`; dates, times and intervals are their ISO or Spark text.
 */
export function jsonText(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint" || value instanceof Decimal) return value.toString();
  if (typeof value === "number") {
    return Number.isFinite(value) ? numberText(value, type.kind) : JSON.stringify(String(value));
  }
  switch (type.kind) {
    case "array":
      return `[${(value as unknown[]).map((item) => jsonText(item, type.elementType)).join(",")}]`;
    case "struct":
      return rowJson(value as Row, type);
    case "map": {
      const entries = [...(value as Map<unknown, unknown>)];
      const keyed = type.keyType.kind === "string";
      const items = entries.map(([key, item]) => {
        const keyText = jsonText(key, type.keyType);
        const itemText = jsonText(item, type.valueType);
        return keyed ? `${keyText}:${itemText}` : `[${keyText},${itemText}]`;
      });
      return keyed ? `{${items.join(",")}}` : `[${items.join(",")}]`;
    }
    case "udt":
      return type.sqlType === undefined ? plainJson(value) : jsonText(value, type.sqlType);
    default:
      return plainJson(value);
  }
}

/** A row, or a struct in it, as a JSON object in column order. */
export function rowJson(row: Row, { names, fields }: StructType): string {
  const values = rowValues(row);
  const members = fields.map(
    (field, index) => `${JSON.stringify(names[index])}:${jsonText(values[index], field.dataType)}`,
  );
  return `{${members.join(",")}}`;
}

/** Thrown when a name stands twice in the schema or a struct of it: readers of JSON would keep one of the values. */
export function requireDistinctNames(type: DataType): void {
  switch (type.kind) {
    case "struct": {
      const twice = type.names.find((name, index) => type.names.indexOf(name) !== index);
      if (twice !== undefined) {
        throw new SparkwrightError(
          "USAGE_DUPLICATE_COLUMN",
          `two columns are named "${twice}", and a JSON object holds a name once`,
          { hint: "Give each column a name of its own (… AS name), or use --format table or csv." },
        );
      }
      for (const field of type.fields) requireDistinctNames(field.dataType);
      break;
    }
    case "array":
      requireDistinctNames(type.elementType);
      break;
    case "map":
      requireDistinctNames(type.keyType);
      requireDistinctNames(type.valueType);
      break;
    default:
      break;
  }
}

function plainJson(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  return JSON.stringify(value) ?? "null";
}
