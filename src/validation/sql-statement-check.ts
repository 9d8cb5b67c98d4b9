import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { PlannedNode } from "../planning/run-plan.ts";
import { commandWords, queryWords } from "../sql-text/keywords.ts";
import type { SqlStatement } from "../sql-text/sql-table.ts";
import type { SqlToken } from "../sql-text/sql-token.ts";

/** What a node's SQL is: one statement, and a query where there is an output. */
export function checkSqlStatements(
  { name, config }: PlannedNode,
  tokens: readonly SqlToken[],
  statements: readonly SqlStatement[],
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const { outputs, positions, position } = config;
  const fail = (code: string, message: string, place: SourcePosition, hint: string) => [
    new SparkwrightError(code, `node "${name}" ${message}`, { position: place, hint }),
  ];
  const unclosed = tokens.find(({ kind }) => kind === "unclosed");
  if (unclosed !== undefined) {
    const what = unclosed.text.startsWith("/*")
      ? "a comment"
      : unclosed.text.startsWith("`")
        ? "a name"
        : "a string";
    const close = unclosed.text.startsWith("/*") ? "*/" : unclosed.text.replace(/^r/i, "").slice(0, 1);
    return fail(
      "VALIDATION_SQL_SYNTAX",
      `has ${what} in its SQL that is not closed`,
      at(unclosed.start),
      `Close it with ${close}`,
    );
  }
  const [first, second] = statements;
  if (first === undefined) {
    return fail("VALIDATION_SQL_EMPTY", "has no SQL but comments", at(0), "Write the query.");
  }
  if (second !== undefined) {
    const hint = "Write one node for each, and let the later ones wait with `dependencies`.";
    return fail(
      "VALIDATION_SQL_STATEMENTS",
      `has ${statements.length} SQL statements, and runs one`,
      at(second.start),
      hint,
    );
  }
  const { word, start, kind } = first;
  const isKnown = word === "(" || queryWords.has(word) || commandWords.has(word);
  const meant = isKnown ? undefined : suggest(word, [...queryWords, ...commandWords]);
  if (meant !== undefined) {
    const message = `begins its SQL with "${tokens[0]?.text}", which begins no statement`;
    return fail("VALIDATION_SQL_SYNTAX", message, at(start), `Did you mean "${meant}"?`);
  }
  if (kind === "command" && outputs.length > 0) {
    const message = `begins its SQL with ${word || tokens[0]?.text}, which gives no rows for "${outputs.join('", "')}"`;
    const hint = "Write a query (SELECT, WITH, VALUES, …), or remove `output` from the node.";
    return fail("VALIDATION_SQL_NOT_A_QUERY", message, at(start), hint);
  }
  if (outputs.length > 1) {
    const hint = "Give it one output, or write it as a function that returns several DataFrames.";
    const message = `is one query with ${outputs.length} outputs`;
    return fail("VALIDATION_SQL_OUTPUTS", message, positions?.outputs[1] ?? position, hint);
  }
  return [];
}
