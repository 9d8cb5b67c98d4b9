import type { SourcePosition } from "../core/error.ts";
import { SparkError } from "../sql/index.ts";
import { bindEdits } from "../sql/plan/bind-names.ts";
import { editText, offsetBefore } from "../sql-text/text-edits.ts";

/** A view is bound under a name as long as this. */
const viewLength = "__sparkwright_".length + 32;

/**
 * The error of Spark with the place in the author's text that it points at, if it points at SQL.
 *
 * @param query the text that was sent, before relations were bound to the names in `relations`
 */
export function sqlErrorAt(
  error: unknown,
  query: string,
  relations: readonly string[],
  placeOf: (offset: number) => SourcePosition,
): unknown {
  if (!(error instanceof SparkError) || error.position !== undefined) return error;
  const views = new Map(relations.map((name) => [name, "_".repeat(viewLength)]));
  const edits = relations.length === 0 ? [] : bindEdits(query, views);
  const sent = editText(query, edits);
  const context = error.queryContexts.find(({ kind, objectType }) => kind === "sql" && objectType === "");
  const at = context === undefined ? parsePlace(error, sent) : utf16Offset(sent, context.startIndex);
  if (at === undefined) return error;
  const position = placeOf(offsetBefore(edits, at));
  return new SparkError(error.message, error, {
    cause: error.cause,
    hint: error.hint,
    position,
    details: error.details,
  });
}

/** Where Spark's parser stopped in a text, which it says in its message alone. */
export function parsePlace({ message }: SparkError, text: string): number | undefined {
  const [, line, column] = /\(line (\d+), pos (\d+)\)/.exec(message) ?? [];
  if (line === undefined || column === undefined) return undefined;
  const before = text.split("\n").slice(0, Number(line) - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  return start + utf16Offset(text.slice(start), Number(column));
}

/** Spark counts characters where JavaScript counts halves of some. */
function utf16Offset(text: string, characters: number): number {
  return [...text].slice(0, Math.max(0, characters)).join("").length;
}
