import type { DataType } from "../../sql/types/data-type.ts";
import { cellText } from "./cell-text.ts";
import { jsonText } from "./json-text.ts";

/** One record after RFC 4180, its CRLF included. NULL is nothing at all; an empty text is `""`. */
export function csvRecord(values: readonly unknown[], types: readonly DataType[]): string {
  return `${values.map((value, index) => field(value, types[index] as DataType)).join(",")}\r\n`;
}

/** The header record. */
export function csvHeader(names: readonly string[]): string {
  return `${names.map(quoted).join(",")}\r\n`;
}

function field(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return "";
  if (type.kind === "binary") return Buffer.from(value as Uint8Array).toString("base64");
  const nested = type.kind === "array" || type.kind === "map" || type.kind === "struct";
  return quoted(nested ? jsonText(value, type) : cellText(value, type));
}

function quoted(text: string): string {
  return text === "" || /[",\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}
