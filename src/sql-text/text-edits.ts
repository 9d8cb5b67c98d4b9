/** A piece of text that is to be replaced; `start` and `end` are offsets in the text as it was. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with pieces of it replaced that do not overlap; of two insertions at one place the first comes first. */
export function editText(text: string, edits: readonly TextEdit[]): string {
  let edited = "";
  let copied = 0;
  for (const { start, end, text: instead } of inOrder(edits)) {
    edited += text.slice(copied, start) + instead;
    copied = end;
  }
  return edited + text.slice(copied);
}

/** Where an offset of the edited text lay in the text as it was; in a piece that was put in, where that begins. */
export function offsetBefore(edits: readonly TextEdit[], offset: number): number {
  let moved = 0;
  for (const { start, end, text } of inOrder(edits)) {
    const begin = start + moved;
    if (offset < begin) break;
    if (offset < begin + text.length) return start;
    moved += text.length - (end - start);
  }
  return offset - moved;
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((one, other) => one.start - other.start);
}

/** The line and column of an offset, both from 1. */
export function placeInText(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
