import { SparkwrightError } from "../../core/error.ts";
import { namedValues } from "../../core/named-values.ts";
import { sqlParameters } from "../../sql-text/sql-parameters.ts";
import type { SqlToken } from "../../sql-text/sql-token.ts";
import { sqlTokens } from "../../sql-text/sql-tokens.ts";
import { editText, type TextEdit } from "../../sql-text/text-edits.ts";
import { toExpression } from "../column.ts";
import { expressionSql, stringToken } from "./expression-sql.ts";

/** Values for the parameters of SQL text: by name (`:day`) or in order (`?`). */
export type SqlArguments = NamedArguments | readonly unknown[];
type NamedArguments = Readonly<Record<string, unknown>>;

/**
 * SQL text with its parameters replaced by literals, which is what the parser of Spark 4.2 does with them too.
 * Strings, comments and quoted names are left alone, and no value can end the literal it is put into.
 *
 * The fields of the protocol are not used, because parameters in them get lost: Delta 4.4.0 puts a parser before
 * Spark's whose `parsePlanWithParameters` is that of the trait, which parses without them, so every query fails
 * with UNBOUND_SQL_PARAMETER; and Spark refuses arrays with NULL among them.
 *
 * Thrown when there are more or fewer arguments than `?`: `USAGE_SQL_ARGUMENT`. A `:name` without an argument
 * stays, and Spark says so.
 */
export function substituteParameters(query: string, args: SqlArguments): string {
  return editText(query, parameterEdits(query, args));
}

/** What `substituteParameters` replaces. */
export function parameterEdits(query: string, args: SqlArguments): TextEdit[] {
  const positional: readonly unknown[] | undefined = Array.isArray(args) ? args : undefined;
  const named = positional === undefined ? namedValues("the arguments of sql()", args as NamedArguments) : {};
  if (positional === undefined && Object.keys(named).length === 0) return [];
  const tokens = sqlTokens(query);
  let markers = 0;
  const edits = sqlParameters(tokens).flatMap(({ name, from, start, end }): TextEdit[] => {
    const isPositional = name === undefined;
    if (isPositional !== (positional !== undefined)) return [];
    const index = isPositional ? markers++ : 0;
    if (isPositional ? index >= (positional?.length ?? 0) : !Object.hasOwn(named, name)) return [];
    const value = isPositional ? positional?.[index] : named[name];
    const [before, after] = [query[start - 1], query[end]].map((next) => (/\w/.test(next ?? "") ? " " : ""));
    return [{ start, end, text: `${before}${valueSql(value, tokens, from)}${after}` }];
  });
  if (positional !== undefined && markers !== positional.length) {
    throw new SparkwrightError(
      "USAGE_SQL_ARGUMENT",
      `the SQL text has ${markers} parameters "?", and ${positional.length} arguments were given`,
      { hint: "Pass one argument for every ?.", details: { query } },
    );
  }
  return edits;
}

function valueSql(value: unknown, tokens: readonly SqlToken[], at: number): string {
  if (!takesTokenOnly(tokens, at)) return expressionSql(toExpression(value));
  if (typeof value === "string") return stringToken(value);
  const isPlain = typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
  // 1e21 and 1e-7 have an exponent, which no such place takes.
  const text = isPlain ? String(value) : "";
  return isPlain && !text.includes("e") ? text : expressionSql(toExpression(value));
}

const typedLiterals: ReadonlySet<string> = new Set([
  "DATE",
  "TIMESTAMP",
  "TIMESTAMP_NTZ",
  "TIMESTAMP_LTZ",
  "TIME",
  "X",
]);
/** Behind these there is one token: a string or a number, without parentheses and suffixes. */
const beforeToken: ReadonlySet<string> = new Set(
  "BUCKET CATALOG COMMENT ESCAPE INPATH INTERVAL LEVEL LIMIT LOCATION OFFSET OUT RETAIN TERMINATED TIMEZONE ZONE".split(
    " ",
  ),
);
const propertyLists: ReadonlySet<string> = new Set(
  "TBLPROPERTIES DBPROPERTIES PROPERTIES SERDEPROPERTIES OPTIONS".split(" "),
);
const sizedTypes: ReadonlySet<string> = new Set(
  "DECIMAL DEC NUMERIC CHAR CHARACTER VARCHAR TIME TABLESAMPLE REPEATABLE".split(" "),
);

/** Whether Spark's grammar has a token of its own where the parameter stands, and not an expression. */
function takesTokenOnly(tokens: readonly SqlToken[], at: number): boolean {
  const key = (back: number) => tokens[at - back]?.key ?? "";
  if (beforeToken.has(key(1)) || typedLiterals.has(key(1))) return true;
  // `INTERVAL :n DAY :m HOUR`, `VERSION AS OF :v`, `BUCKET 1 OUT OF :n`
  if (key(1) === "OF") return key(2) === "OUT" || (key(2) === "AS" && /VERSION$/.test(key(3)));
  if (key(1) === "IS") return tokens[0]?.key === "COMMENT";
  if (/^(ROWS|BETWEEN|AND)$/.test(key(1)))
    return /^(PRECEDING|FOLLOWING)$/.test(tokens[at + (key(0) === "?" ? 1 : 2)]?.key ?? "");
  if (/^(LIKE|FROM|IN)$/.test(key(1)) || key(1) === "USING")
    return /^(SHOW|LIST)$/.test(tokens[0]?.key ?? "");
  if (key(1) === "INTO") return tokens.some(({ key: word }, i) => i > at && i < at + 4 && word === "BUCKETS");
  const open = openedBefore(tokens, at);
  const owner = tokens[open - 1]?.key ?? "";
  return (
    open >= 0 && (propertyLists.has(owner) || (sizedTypes.has(owner) && isNumberPlace(tokens, open, owner)))
  );
}

/** `DECIMAL(:p, :s)` in a CAST; `TABLESAMPLE (:n PERCENT)`. A function has the name of a type, but nobody samples. */
function isNumberPlace(tokens: readonly SqlToken[], open: number, owner: string): boolean {
  if (owner === "TABLESAMPLE" || owner === "REPEATABLE") return true;
  return /^(?:AS|::|<|:)$/.test(tokens[open - 2]?.key ?? "") || tokens[open - 2]?.kind === "word";
}

/** The token that opens the parentheses around another one; -1 when there is none. */
function openedBefore(tokens: readonly SqlToken[], at: number): number {
  let depth = 0;
  for (let i = at - 1; i >= 0; i--) {
    const key = tokens[i]?.key;
    if (key === ")") depth++;
    if (key === "(" && depth-- === 0) return i;
  }
  return -1;
}
