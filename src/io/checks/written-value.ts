import type { Column } from "../../sql/column.ts";
import { lit } from "../../sql/functions/call.ts";
import { filter } from "../../sql/functions/collection-functions.ts";
import type { DataType } from "../../sql/types/data-type.ts";

const day = /^-?\d{4,}-\d{2}-\d{2}$/;
const moment =
  /^-?\d{4,}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6}0*)?)?)?(Z|[+-]\d{2}:?\d{2}| ?[A-Z][\w/]+)?$/;
const localMoment = /^-?\d{4,}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6}0*)?)?)?$/;
const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d*)(?:\.(\d*))?$/;

/** The types whose values can be written into a configuration. */
const writable: ReadonlySet<string> = new Set([
  "string",
  "boolean",
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "decimal",
  "date",
  "timestamp",
  "timestampNtz",
  "time",
]);

/** Whether values of the type can be written as text and compared. */
export function isWritable(type: DataType): boolean {
  return writable.has(type.kind);
}

/**
 * Whether the text says a value of the type exactly, as far as its form tells. Spark's casts are laxer: they round
 * decimals, cut off fractions of integers and times of dates, and pass over a zone that the type has no room for.
 */
export function saysExactly(text: string, type: DataType): boolean {
  switch (type.kind) {
    case "byte":
    case "short":
    case "integer":
    case "long":
      return integer.test(text);
    case "decimal": {
      const [, whole, fraction = ""] = decimal.exec(text) ?? [];
      if (whole === undefined || whole + fraction === "") return false;
      const digits = whole.replace(/^0+/, "").length;
      return digits <= type.precision - type.scale && fraction.replace(/0+$/, "").length <= type.scale;
    }
    case "date":
      return day.test(text);
    case "timestamp":
      return moment.test(text);
    case "timestampNtz":
      return localMoment.test(text);
    default:
      return true;
  }
}

/** The value as a column of the type; NULL when the text is none. */
export function writtenValue(text: string, type: DataType): Column {
  return lit(text).tryCast(type.simpleString());
}

/** Those of the texts that are no value of the type, as a column of one array. */
export function notValues(texts: readonly string[], type: DataType): Column {
  return filter(lit([...texts]), (text) => text.tryCast(type.simpleString()).isNull());
}
