import { displayWidth } from "./display-width.ts";
import type { Output } from "./output.ts";

/** Draws the lines to show now; none may be wider than `columns`, and more than `rows` are not shown. */
export type DrawLines = (columns: number, rows: number) => readonly string[];

/**
 * A few lines at the end of the terminal that are drawn again in place.
 *
 * The cursor is hidden only while a frame is written and otherwise rests below the region, so whatever ends the
 * process, even kill -9 or Ctrl-Z, leaves a usable terminal. What a terminal that was made narrower has pushed out of
 * its screen stays in its scrollback: no program can reach it there.
 */
export class LiveRegion {
  readonly #output: Output;
  readonly #drawLines: DrawLines;
  readonly #stopResize: () => void;
  /** Display widths of the lines on the screen. */
  #shown: readonly number[] = [];

  constructor(output: Output, drawLines: DrawLines) {
    this.#output = output;
    this.#drawLines = drawLines;
    this.#stopResize = output.onResize(() => this.draw());
  }

  draw(): void {
    this.#replace("");
  }

  /** Writes text, which ends in a line feed, above the region. */
  print(text: string): void {
    this.#replace(text);
  }

  /** Takes the region off the screen. */
  close(): void {
    this.#stopResize();
    void this.#output.write(frame(this.#rowsShown(), "", []));
    this.#shown = [];
  }

  #replace(above: string): void {
    // One column stays free: a full line would make some terminals wrap, and the count of rows would be wrong.
    const columns = Math.max(1, this.#output.columns - 1);
    const rows = Math.max(1, this.#output.rows - 1);
    const lines = this.#drawLines(columns, rows).slice(0, rows);
    void this.#output.write(frame(this.#rowsShown(), above, lines));
    this.#shown = lines.map((line) => displayWidth(line));
  }

  /** How many rows the last frame takes now: a terminal made narrower since has wrapped its lines. */
  #rowsShown(): number {
    const { columns } = this.#output;
    return this.#shown.reduce((rows, width) => rows + Math.max(1, Math.ceil(width / columns)), 0);
  }
}

const begin = "\x1b[?2026h\x1b[?25l";
const end = "\x1b[?25h\x1b[?2026l";
const clearToLineEnd = "\x1b[K";
const clearToScreenEnd = "\x1b[J";

function frame(rowsToReplace: number, above: string, lines: readonly string[]): string {
  const up = rowsToReplace > 0 ? `\x1b[${rowsToReplace}A` : "";
  const text = above.replaceAll("\n", `${clearToLineEnd}\n`);
  const body = lines.map((line) => `${line}${clearToLineEnd}\n`).join("");
  return `${begin}\r${up}${text}${body}${clearToScreenEnd}${end}`;
}
