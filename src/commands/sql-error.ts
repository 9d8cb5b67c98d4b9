import type { SourcePosition } from "../core/error.ts";
import { SparkError } from "../sql/index.ts";
import { bindEdits } from "../sql/plan/bind-names.ts";
import { offsetBefore } from "../sql-text/text-edits.ts";

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
  const context = error.queryContexts.find(({ kind, objectType }) => kind === "sql" && objectType === "");
  if (context === undefined) return error;
  const views = new Map(relations.map((name) => [name, "_".repeat(viewLength)]));
  const edits = relations.length === 0 ? [] : bindEdits(query, views);
  const position = placeOf(offsetBefore(edits, Math.max(0, context.startIndex)));
  return new SparkError(error.message, error, {
    cause: error.cause,
    hint: error.hint,
    position,
    details: error.details,
  });
}
