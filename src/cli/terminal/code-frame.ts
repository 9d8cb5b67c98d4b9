import type { Paint } from "./output.ts";

/** The line of a file with a mark under the column (both from 1); a tab shows as an arrow, for YAML forbids it. */
export function codeFrame(
  text: string | undefined,
  line: number,
  column: number,
  columns: number,
  paint: Paint,
): string[] {
  if (text === undefined) return [];
  const number = String(line);
  const gutter = " ".repeat(number.length);
  const room = Math.max(20, columns - number.length - 4);
  const start = column - 1 < room - 10 ? 0 : column - 1 - Math.floor(room / 2);
  const shown = visible(text.slice(start, start + room));
  const mark = "^".repeat(
    Math.max(1, Math.min(wordLength(text.slice(column - 1)), start + room - column + 1)),
  );
  return [
    paint("dim", `${gutter} |`),
    `${paint("dim", `${number} |`)} ${shown}`,
    `${paint("dim", `${gutter} |`)} ${" ".repeat(Math.max(0, column - 1 - start))}${paint("red", mark)}`,
  ];
}

function visible(text: string): string {
  return text.replaceAll("\t", "→").replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "·");
}

/** How far the thing at the column reaches: a quoted text, a word, else one character. */
function wordLength(rest: string): number {
  return /^(?:"[^"]*"|'[^']*'|[^\s:,[\]{}#"']+)/.exec(rest)?.[0].length ?? 1;
}
