import { SparkwrightError } from "../../core/error.ts";
import { namedValues } from "../../core/named-values.ts";
import { toExpression } from "../column.ts";
import { expressionSql } from "./expression-sql.ts";
import { type SqlToken, sqlTokens } from "./sql-tokens.ts";

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
  const positional: readonly unknown[] | undefined = Array.isArray(args) ? args : undefined;
  const named = positional === undefined ? namedValues("the arguments of sql()", args as NamedArguments) : {};
  if (positional === undefined && Object.keys(named).length === 0) return query;
  const tokens = sqlTokens(query);
  let text = "";
  let copied = 0;
  let markers = 0;
  const put = (first: number, last: number, value: unknown) => {
    const { start = 0 } = tokens[first] ?? {};
    const { end = 0 } = tokens[last] ?? {};
    const [before, after] = [query[start - 1], query[end]].map((next) => (/\w/.test(next ?? "") ? " " : ""));
    text += `${query.slice(copied, start)}${before}${valueSql(value, tokens[first - 1])}${after}`;
    copied = end;
  };
  tokens.forEach((token, i) => {
    if (token.kind !== "symbol") return;
    if (token.text === "?" && positional !== undefined) {
      if (markers < positional.length) put(i, i, positional[markers]);
      markers++;
    } else if (token.text === ":" && isMarker(tokens, i)) {
      const name = tokens[i + 1] as SqlToken;
      const key = query.slice(name.start, name.end);
      if (Object.hasOwn(named, key)) put(i, i + 1, named[key]);
    }
  });
  if (positional !== undefined && markers !== positional.length) {
    throw new SparkwrightError(
      "USAGE_SQL_ARGUMENT",
      `the SQL text has ${markers} parameters "?", and ${positional.length} arguments were given`,
      { hint: "Pass one argument for every ?.", details: { query } },
    );
  }
  return text + query.slice(copied);
}

/** An interval such as `INTERVAL :n DAY` takes a number as it is, neither in parentheses nor with a suffix. */
function valueSql(value: unknown, before: SqlToken | undefined): string {
  const isPlain = before?.text === "INTERVAL" && (typeof value === "number" || typeof value === "bigint");
  return isPlain ? String(value) : expressionSql(toExpression(value));
}

/**
 * `:name` without space between, and not the second half of the cast `::name`, the path of a variant (`v:name`)
 * or the type of a field (`struct<d:name>`). Both follow their name directly, as no parameter follows a word that
 * is not reserved.
 */
function isMarker(tokens: readonly SqlToken[], at: number): boolean {
  const [before, colon, name] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (colon === undefined || name?.kind !== "word" || name.start !== colon.end) return false;
  if (before === undefined) return true;
  const adjacent = before.end === colon.start;
  if (before.text === ":") return !adjacent;
  if (before.kind === "word") return !adjacent || reserved.has(before.text);
  return before.kind !== "quoted" && before.text !== ")" && before.text !== "]";
}

/** What may come directly before a parameter, and hardly is the name of a variant or a field. */
const reserved: ReadonlySet<string> = new Set(
  "ALL AND BETWEEN CASE DISTINCT ELSE HAVING IN LIKE LIMIT NOT ON OR SELECT THEN VALUES WHEN WHERE".split(
    " ",
  ),
);
