import type { DataType } from "../../sql/types/data-type.ts";
import { columnWidths, pad } from "../terminal/columns.ts";
import { oneLine } from "../terminal/plain-text.ts";
import { cellText } from "./cell-text.ts";
import type { TimeText } from "./zoned-text.ts";

/** Rows in a frame as Spark's `show` draws it, no cell cut off; numbers stand right. */
export function table(
  names: readonly string[],
  types: readonly DataType[],
  rows: readonly (readonly unknown[])[],
  timeText?: TimeText,
): string {
  const header = names.map(oneLine);
  const cells = rows.map((row) =>
    row.map((value, index) => oneLine(cellText(value, types[index] as DataType, timeText))),
  );
  const widths = columnWidths([header, ...cells]);
  const rule = `+${widths.map((width) => "-".repeat(width)).join("+")}+`;
  const line = (row: readonly string[]) =>
    `|${row.map((cell, index) => pad(cell, widths[index] ?? 0, alignment(types[index]))).join("|")}|`;
  return `${[rule, line(header), rule, ...cells.map(line), rule].join("\n")}\n`;
}

const numeric: ReadonlySet<string> = new Set([
  "byte",
  "short",
  "integer",
  "long",
  "float",
  "double",
  "decimal",
]);

function alignment(type: DataType | undefined): "left" | "right" {
  return type !== undefined && numeric.has(type.kind) ? "right" : "left";
}
