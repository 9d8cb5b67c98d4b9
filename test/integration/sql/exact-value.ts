import { Row, rowFields, rowValues } from "../../../src/arrow/row.ts";

/** A value as text that tells everything apart: types, NaN, -0, digits, names, order. */
export function exact(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "number -0" : `number ${value}`;
  if (typeof value !== "object" || value === null) return `${typeof value} ${String(value)}`;
  if (value instanceof Uint8Array) return `binary ${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return `[${value.map(exact).join(", ")}]`;
  if (value instanceof Map)
    return `Map{${[...value].map(([k, v]) => `${exact(k)}: ${exact(v)}`).join(", ")}}`;
  if (value instanceof Row) {
    const values = rowValues(value);
    return `Row{${rowFields(value)
      .map((name, i) => `${name}: ${exact(values[i])}`)
      .join(", ")}}`;
  }
  return `${Object.getPrototypeOf(value)?.constructor.name} ${String(value)}`;
}
