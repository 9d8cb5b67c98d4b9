import { readFileSync } from "node:fs";
import { displayPath } from "../core/display-path.ts";
import type { SourcePosition } from "../core/error.ts";

/** Where a file names a module: its first line with that text in quotes, else its first line. */
export function specifierPosition(file: string, specifier: string): SourcePosition {
  for (const [index, line] of linesOf(file).entries()) {
    const column = Math.max(...['"', "'", "`"].map((quote) => line.indexOf(quote + specifier + quote)));
    if (column >= 0) return { file: displayPath(file), line: index + 1, column: column + 1 };
  }
  return { file: displayPath(file), line: 1, column: 1 };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
