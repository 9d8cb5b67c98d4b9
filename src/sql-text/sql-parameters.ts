import { beforeOperand } from "./keywords.ts";
import type { SqlToken } from "./sql-token.ts";
import { sqlTokens } from "./sql-tokens.ts";

/** A parameter of SQL text. */
export interface SqlParameter {
  /** Of `:name`; a `?` has none. */
  readonly name: string | undefined;
  /** The token it begins with, and the one after its last. */
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The parameters of SQL text, in order. No parameter is `::int` (a cast), `v:field` (the path of a variant),
 * `STRUCT<d: INT>`, nor what stands in a string, a comment or a quoted name.
 */
export function sqlParameters(sql: string | readonly SqlToken[]): SqlParameter[] {
  const tokens = typeof sql === "string" ? sqlTokens(sql) : sql;
  return tokens.flatMap((token, at): SqlParameter[] => {
    const { start, end } = token;
    if (token.key === "?") return [{ name: undefined, from: at, to: at + 1, start, end }];
    const name = tokens[at + 1];
    if (token.key !== ":" || (name?.kind !== "word" && name?.kind !== "quoted")) return [];
    return isOperand(tokens, at) ? [{ name: name.text, from: at, to: at + 2, start, end: name.end }] : [];
  });
}

/** Whether an operand begins at the colon; else the colon belongs to what stands before it. */
function isOperand(tokens: readonly SqlToken[], at: number): boolean {
  const before = tokens[at - 1];
  const colon = tokens[at];
  if (before === undefined) return true;
  if (before.kind === "symbol") return before.key !== ")" && before.key !== "]" && before.key !== ":";
  if (before.kind !== "word") return false;
  // A column may have the name of a keyword: `t.date:path`, `value.limit:path`.
  if (tokens[at - 2]?.key === ".") return false;
  return beforeOperand.has(before.key) || (typed.has(before.key) && before.end !== colon?.start);
}

/** These are names of columns where the colon touches them: `date:path`. */
const typed: ReadonlySet<string> = new Set([
  "DATE",
  "TIMESTAMP",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIME",
  "X",
]);
