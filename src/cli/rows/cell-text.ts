import { type Row, rowValues } from "../../arrow/row.ts";
import type { DataType } from "../../sql/types/data-type.ts";
import { numberText } from "./number-text.ts";
import { isTime, type TimeText } from "./zoned-text.ts";

/** A value as Spark's `show` writes it: `[1, NULL]`, `{a -> 1}`, `{1, x}`; BINARY as `[1A 2B]`. */
export function cellText(value: unknown, type: DataType, timeText: TimeText = String): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number") return numberText(value, type.kind);
  if (value instanceof Uint8Array) return `[${hex(value)}]`;
  switch (type.kind) {
    case "array":
      return `[${(value as unknown[]).map((item) => cellText(item, type.elementType, timeText)).join(", ")}]`;
    case "map": {
      const entries = [...(value as Map<unknown, unknown>)];
      const items = entries.map(
        ([key, item]) =>
          `${cellText(key, type.keyType, timeText)} -> ${cellText(item, type.valueType, timeText)}`,
      );
      return `{${items.join(", ")}}`;
    }
    case "struct": {
      const values = rowValues(value as Row);
      return `{${type.fields.map((field, index) => cellText(values[index], field.dataType, timeText)).join(", ")}}`;
    }
    default:
      return isTime(value) ? timeText(value) : String(value);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join(" ");
}
