import { SparkwrightError } from "../../core/error.ts";
import { quoteName } from "../types/type-text.ts";
import { type SqlToken, sqlTokens } from "./sql-tokens.ts";

/**
 * The SQL text with relation names bound to temporary views: every outermost query gets
 * `WITH name AS (SELECT * FROM view)`, so that Spark's own scoping decides what a name means. Column names,
 * strings and comments are not touched, a common table expression of the user still shadows a bound name, and
 * nothing is inserted before the first query, so line numbers in error messages hold.
 *
 * `MERGE INTO t USING name`, where no WITH is allowed, is bound by a subquery in place.
 *
 * Thrown when the statement outlives the views, or runs other text that may name them: `USAGE_SQL_RELATION`.
 */
export function bindNames(sql: string, views: ReadonlyMap<string, string>): string {
  const tokens = sqlTokens(sql);
  const start = tokens.slice(0, 6).map(({ text }) => text);
  const unbindable = noRelations.exec(start.join(" "))?.[0];
  if (unbindable !== undefined) {
    throw new SparkwrightError(
      "USAGE_SQL_RELATION",
      `${unbindable} cannot name ${[...views.keys()].join(", ")}`,
      {
        hint: "Relations last for one query: make a view with createOrReplaceTempView(), and name that.",
      },
    );
  }
  const binder = new Binder(tokens, views);
  binder.scan(0, binder.tokens.length, new Set());
  let bound = sql;
  for (const { start, end, text } of binder.edits.sort((a, b) => b.start - a.start)) {
    bound = bound.slice(0, start) + text + bound.slice(end);
  }
  return bound;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const noRelations: RegExp =
  /^(?:EXECUTE IMMEDIATE|CACHE|ALTER VIEW|CREATE (?:OR REPLACE )?(?:GLOBAL )?(?:TEMP(?:ORARY)? )?VIEW)\b/;
const noQuery: ReadonlySet<string> = new Set(["SERDEPROPERTIES", "DBPROPERTIES", "PROPERTIES", "SCHEMA"]);
const beforeQuery: ReadonlySet<string> = new Set(["(", ";", "AS", "EXPLAIN", "QUERY"]);
const betweenQueries: ReadonlySet<string> = new Set(["UNION", "EXCEPT", "MINUS", "INTERSECT"]);

class Binder {
  readonly tokens: readonly SqlToken[];
  readonly edits: Edit[] = [];
  readonly #views: ReadonlyMap<string, string>;

  constructor(tokens: readonly SqlToken[], views: ReadonlyMap<string, string>) {
    this.tokens = tokens;
    this.#views = views;
  }

  /** Binds every outermost query between two tokens; `hidden` names belong to the user's own WITH. */
  scan(from: number, to: number, hidden: ReadonlySet<string>): void {
    for (let at = from; at < to; ) {
      if (this.#isWith(at)) {
        at = this.#endOfQuery(this.#bindWith(at, to, hidden), to);
      } else if (this.#isQuery(at, from)) {
        const prefix = this.#definitions(hidden);
        if (prefix !== "") this.#insert(this.#start(at), `WITH ${prefix} `);
        at = this.#endOfQuery(at, to);
      } else {
        if (this.#word(at) === "USING") this.#bindUsing(at + 1, hidden);
        at++;
      }
    }
  }

  /** Binds the bodies of a WITH list and adds the names to its end; returns where the main query begins. */
  #bindWith(from: number, to: number, outer: ReadonlySet<string>): number {
    const hidden = new Set(outer);
    const recursive = this.#word(from + 1) === "RECURSIVE";
    let at = recursive ? from + 2 : from + 1;
    for (;;) {
      const name = (this.tokens[at]?.text ?? "").toLowerCase();
      if (recursive) hidden.add(name);
      at++;
      while (at < to && this.#word(at) !== "AS" && this.tokens[at]?.text !== "(") at++;
      if (this.tokens[at]?.text === "(" && this.#word(this.#close(at) + 1) === "AS") at = this.#close(at) + 1;
      while (at < to && this.tokens[at]?.text !== "(") at++;
      const close = this.#close(at);
      this.scan(at + 1, close, hidden);
      hidden.add(name);
      at = close + 1;
      if (this.tokens[at]?.text !== ",") break;
      at++;
    }
    const definitions = this.#definitions(hidden);
    const last = this.tokens[at - 1];
    if (definitions !== "" && last !== undefined) this.#insert(last.end, `, ${definitions}`);
    return at;
  }

  /** `MERGE INTO t USING name [AS alias] ON ...` */
  #bindUsing(at: number, hidden: ReadonlySet<string>): void {
    const token = this.tokens[at];
    if (token === undefined || (token.kind !== "word" && token.kind !== "quoted")) return;
    if (this.tokens[at + 1]?.text === ".") return;
    for (const [name, view] of this.#views) {
      if (name.toLowerCase() !== token.text.toLowerCase() || hidden.has(name.toLowerCase())) continue;
      const alias = this.#word(at + 1) === "ON" ? ` AS ${quoteName(name)}` : "";
      this.edits.push({
        start: token.start,
        end: token.end,
        text: `(SELECT * FROM ${quoteName(view)})${alias}`,
      });
    }
  }

  #definitions(hidden: ReadonlySet<string>): string {
    return [...this.#views]
      .filter(([name]) => !hidden.has(name.toLowerCase()))
      .map(([name, view]) => `${quoteName(name)} AS (SELECT * FROM ${quoteName(view)})`)
      .join(", ");
  }

  /**
   * SELECT anywhere; FROM, TABLE and VALUES only where a query begins, since they have other uses; a parenthesis
   * around the first of several queries, none of which may then have a WITH of its own.
   */
  #isQuery(at: number, from: number): boolean {
    const word = this.#word(at);
    if (word === "SELECT") return true;
    if (this.tokens[at]?.text === "(") return this.#isFirstOfSeveral(at);
    if (word !== "FROM" && word !== "TABLE" && word !== "VALUES") return false;
    if (word === "VALUES" && !/^[\d('"]/.test(this.tokens[at + 1]?.text ?? "")) return false;
    if (at === from || beforeQuery.has(this.tokens[at - 1]?.text ?? "")) return true;
    return word !== "FROM" && this.#isInsert(at);
  }

  /** `(SELECT ...) UNION ...` */
  #isFirstOfSeveral(at: number): boolean {
    if (!betweenQueries.has(this.#word(this.#close(at) + 1) ?? "")) return false;
    let first = at + 1;
    while (this.tokens[first]?.text === "(") first++;
    return this.#isWith(first) || this.#isQuery(first, first);
  }

  /** `INSERT INTO t TABLE name`: the second TABLE of the statement is a query. Not the INSERT of a MERGE. */
  #isInsert(at: number): boolean {
    for (let i = at - 1; i >= 0 && this.tokens[i]?.text !== ";"; i--) {
      if (this.#word(i) === "INSERT")
        return at - i > 2 && /^(?:INTO|OVERWRITE)$/.test(this.#word(i + 1) ?? "");
    }
    return false;
  }

  #isWith(at: number): boolean {
    if (this.#word(at) !== "WITH") return false;
    const next = this.tokens[at + 1];
    if (next === undefined || (next.kind !== "word" && next.kind !== "quoted")) return false;
    if (next.kind === "word" && noQuery.has(next.text)) return false;
    const after = this.tokens[at + 2]?.text;
    return after === "(" || after === "AS" || next.text === "RECURSIVE";
  }

  #word(at: number): string | undefined {
    const token = this.tokens[at];
    return token?.kind === "word" ? token.text : undefined;
  }

  #start(at: number): number {
    return this.tokens[at]?.start ?? 0;
  }

  #insert(at: number, text: string): void {
    this.edits.push({ start: at, end: at, text });
  }

  /** The token that ends the query around `at`: its closing parenthesis, a semicolon or the end. */
  #endOfQuery(at: number, to: number): number {
    for (let depth = 0, i = at; i < to; i++) {
      const text = this.tokens[i]?.kind === "symbol" ? this.tokens[i]?.text : "";
      if (text === "(") depth++;
      if (text === ")") depth--;
      if (depth < 0 || (text === ";" && depth === 0)) return i;
    }
    return to;
  }

  /** The parenthesis that closes the one at `at`. */
  #close(at: number): number {
    return this.#endOfQuery(at + 1, this.tokens.length);
  }
}
