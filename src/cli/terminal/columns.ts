import { displayWidth } from "./display-width.ts";

/** `left` or `right`, one per column; `left` where there is none. */
export type Alignment = readonly ("left" | "right")[];

/** The display width of each column's widest cell. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, displayWidth(cell));
    });
  }
  return widths;
}

/** The cell with blanks up to a display width, which wide characters count for two. */
export function pad(cell: string, width: number, alignment: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - displayWidth(cell)));
  return alignment === "right" ? blanks + cell : cell + blanks;
}

/** One long name must not push all else out of sight. `--json` has it whole. */
const widestCell = 80;

/**
 * Rows as lines of aligned columns, two blanks apart, without blanks at the ends. A cell that others follow is cut at a
 * display width of 80.
 */
export function alignColumns(all: readonly (readonly string[])[], alignment: Alignment = []): string[] {
  const rows = all.map((row) =>
    row.map((cell, index) => (index < row.length - 1 ? truncate(cell, widestCell) : cell)),
  );
  const widths = columnWidths(rows);
  return rows.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, alignment[index]))
      .join("  ")
      .trimEnd(),
  );
}

/** As much of the text as fits into a display width, with `…` where it was cut. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const next = displayWidth(segment);
    if (used + next > width - 1) break;
    kept += segment;
    used += next;
  }
  return width > 0 ? `${kept}…` : "";
}
