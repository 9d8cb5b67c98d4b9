import { type Row, rowValues } from "../../../src/arrow/row.ts";
import type { Cell } from "./scenario.ts";

/** Values of each type that have broken something somewhere, and plain ones. */
export const pools: Readonly<Record<string, readonly string[]>> = {
  int: ["0", "1", "2", "3", "-1", "2147483647", "-2147483648"],
  bigint: ["0", "1", "2", "3", "-5", "9007199254740993", "9223372036854775807", "-9223372036854775808"],
  smallint: ["0", "7", "-32768", "32767"],
  double: ["0", "1.5", "-2.25", "NaN", "-0", "Infinity", "1e+300", "5e-324"],
  float: ["0", "1.5", "-0", "NaN"],
  boolean: ["true", "false"],
  string: [
    "a",
    "b",
    "c",
    "",
    "O'Brien",
    'say "hi"',
    "back\\slash",
    "ends with\\",
    "line\nbreak",
    "5$ {x}",
    ":start_date",
    "  blanks ",
    "naïve 日本 😀",
    "NULL",
    "null",
    "01234",
    "1e3",
    "2024-02-29",
    "-- no comment",
    "/* none */",
    "a,b;c|d",
    "tab\there",
    "a=b/c%41",
    "\r\n",
    "__HIVE_DEFAULT_PARTITION__x",
  ],
  "decimal(10,2)": ["0.00", "12.50", "-99999999.99", "0.01"],
  "decimal(38,10)": [
    "0.0000000000",
    "1234567890123456789012345678.0123456789",
    "-9999999999999999999999999999.9999999999",
  ],
  date: ["2024-02-28", "2024-02-29", "2024-03-01", "1969-12-31", "0001-01-01", "9999-12-31", "1582-10-15"],
  timestamp: [
    "2024-02-28T12:00:00Z",
    "2024-02-29T00:00:00Z",
    "2024-02-29T21:30:00Z",
    "2024-02-29T23:59:59.999999Z",
    "2024-03-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "2024-10-27T00:30:00Z",
    "2024-10-27T01:30:00Z",
  ],
  timestamp_ntz: ["2024-02-29T00:00:00", "1969-12-31T23:59:59.999999", "2024-03-31T02:30:00"],
  binary: ["", "00ff", "0a0d22", "414243"],
};

/** The types of the items of an array or of the fields of a struct; `undefined` for a type that is not nested. */
export function nestedTypes(type: string): { name: string; type: string }[] | undefined {
  const array = /^array<(.*)>$/.exec(type);
  if (array !== null) return [{ name: "element", type: array[1] ?? "" }];
  const struct = /^struct<(.*)>$/.exec(type);
  if (struct === null) return undefined;
  const fields: string[] = [];
  let depth = 0;
  let from = 0;
  const text = struct[1] ?? "";
  for (let i = 0; i <= text.length; i += 1) {
    const char = text[i];
    if (char === "<" || char === "(") depth += 1;
    if (char === ">" || char === ")") depth -= 1;
    if (char === undefined || (char === "," && depth === 0)) {
      fields.push(text.slice(from, i));
      from = i + 1;
    }
  }
  return fields.map((field) => {
    const colon = field.indexOf(":");
    return { name: field.slice(0, colon), type: field.slice(colon + 1) };
  });
}

export function quoteName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** A cell as a SQL expression of exactly the type. */
export function sqlLiteral(cell: Cell, type: string): string {
  if (type === "void") return "NULL";
  if (cell === null) return `CAST(NULL AS ${type})`;
  const nested = nestedTypes(type);
  if (nested !== undefined && typeof cell !== "string") {
    if (type.startsWith("array")) {
      const items = cell.map((item) => sqlLiteral(item, nested[0]?.type ?? ""));
      return `CAST(array(${items.join(", ")}) AS ${type})`;
    }
    const fields = nested.map((field, i) => `'${field.name}', ${sqlLiteral(cell[i] ?? null, field.type)}`);
    return `named_struct(${fields.join(", ")})`;
  }
  const text = String(cell);
  if (type === "string") return quoteText(text);
  if (type === "date") return `DATE'${text}'`;
  if (type === "timestamp") return `TIMESTAMP'${text}'`;
  if (type === "timestamp_ntz") return `TIMESTAMP_NTZ'${text}'`;
  if (type === "binary") return `X'${text}'`;
  if (type === "boolean") return text;
  return `CAST('${text}' AS ${type})`;
}

/** Types whose values plain JavaScript has. */
export const localTypes: ReadonlySet<string> = new Set([
  "int",
  "bigint",
  "double",
  "string",
  "boolean",
  "smallint",
]);

/** A cell as a JavaScript expression, for one of `localTypes`. */
export function jsLiteral(cell: Cell, type: string): string {
  if (cell === null) return "null";
  if (type === "string") return JSON.stringify(cell);
  return type === "bigint" ? `${String(cell)}n` : String(cell);
}

/** The cell of a value that Spark gave. */
export function cellOf(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  const nested = nestedTypes(type);
  if (nested !== undefined) {
    const items = Array.isArray(value) ? (value as unknown[]) : rowValues(value as Row);
    return items.map((item, i) =>
      cellOf(item, (type.startsWith("array") ? nested[0] : nested[i])?.type ?? ""),
    );
  }
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return String(value);
}

/** Hours from UTC in January to March 2024 and of each zone that inputs use. */
const zoneHours: Readonly<Record<string, number>> = {
  UTC: 0,
  "Asia/Tokyo": 9,
  "America/New_York": -5,
  "Asia/Kolkata": 5.5,
};

export const zones: readonly string[] = Object.keys(zoneHours);

/** The local day of a date or an instant of the first months of 2024; of other years, a day that no window has. */
export function dayOf(cell: Cell, type: string, zone: string): string | undefined {
  if (typeof cell !== "string") return undefined;
  if (type === "date") return cell;
  if (type === "timestamp_ntz") return cell.slice(0, 10);
  const local = Date.parse(cell) + (zoneHours[zone] ?? 0) * 3_600_000;
  return new Date(local).toISOString().slice(0, 10);
}

/** The instant of the local midnight of 2024-01-01. */
export function midnight(zone: string): string {
  const at = Date.parse("2024-01-01T00:00:00Z") - (zoneHours[zone] ?? 0) * 3_600_000;
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** Negative, zero or positive, for types that have an order here. */
export function compareCells(a: string, b: string, type: string): number {
  if (type === "int" || type === "bigint" || type === "smallint") {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  if (type === "boolean") return a === b ? 0 : a === "false" ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

export const orderedTypes: ReadonlySet<string> = new Set(["int", "bigint", "smallint", "date"]);
