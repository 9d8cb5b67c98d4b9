import { afterTable, setOperators } from "./keywords.ts";
import { nameParts } from "./names.ts";
import type { ComputedTable, SqlTable } from "./sql-table.ts";
import type { SqlToken } from "./sql-token.ts";
import { stringText } from "./string-text.ts";
import { TokenReader } from "./token-reader.ts";

/** What may come next in a query. */
type Expected =
  /** A query: SELECT, FROM, VALUES, TABLE, or one in parentheses. */
  | "query"
  | "columns"
  | "relation"
  /** The rest of a relation, a join or the next relation. */
  | "joins"
  | "condition"
  | "views"
  | "rows"
  /** Expressions in which FROM and JOIN mean nothing. */
  | "clauses";

type Found = { -readonly [K in keyof SqlTable]: SqlTable[K] };
interface Scope {
  start: number;
  end: number;
}

/** Functions whose parentheses have a FROM of their own. */
const withFrom: ReadonlySet<string> = new Set(["TRIM", "EXTRACT", "SUBSTRING", "SUBSTR", "OVERLAY"]);

/** Finds the tables of queries. Each method begins at the next token and ends behind what it is named for. */
export class QueryScanner extends TokenReader {
  readonly tables: SqlTable[] = [];
  readonly computed: ComputedTable[] = [];
  /** Whether some part of what was read changes something, as the `FROM t INSERT INTO ...` of a query. */
  changes = false;
  /** Common table expressions, in lower case. */
  #local: ReadonlySet<string> = new Set();
  #scope: Scope;

  constructor(tokens: readonly SqlToken[], at: number) {
    super(tokens, at);
    this.#scope = { start: this.start(), end: Number.POSITIVE_INFINITY };
  }

  query(): void {
    const [local, scope] = [this.#local, this.#scope];
    this.#scope = { start: this.start(), end: Number.POSITIVE_INFINITY };
    this.definitions();
    this.body("query");
    this.#scope.end = this.end();
    [this.#local, this.#scope] = [local, scope];
  }

  /** `WITH a AS (...), b (n) AS (...)`; what comes after it sees them. */
  definitions(): void {
    if (!this.#isWith()) return;
    this.at++;
    const recursive = this.key() === "RECURSIVE" && this.isName(1);
    if (recursive) this.at++;
    do {
      const name = this.name().join(".").toLowerCase();
      this.skipParentheses();
      if (this.take("MAX", "RECURSION", "LEVEL")) this.#operand();
      this.take("AS");
      const before = this.#local;
      if (recursive) this.#local = new Set([...before, name]);
      if (this.key() === "(") this.parenthesis("query");
      this.#local = new Set([...before, name]);
    } while (this.take(","));
  }

  /** The rest of a query, up to the parenthesis or the semicolon that ends it. */
  body(first: Expected): void {
    let expected: Expected = first;
    while (!this.isEnd) expected = this.#step(expected);
  }

  /** What is neither a query nor a relation, up to the parenthesis or the semicolon that ends it. */
  expression(): void {
    while (!this.isEnd) {
      if (this.key() === "(") this.parenthesis("clauses");
      else if (this.key() === "|>" || this.#isSetOperator()) this.body("clauses");
      else this.at++;
    }
  }

  parenthesis(content: "query" | "relation" | "clauses"): void {
    const isFunction = withFrom.has(this.key(-1));
    this.at++;
    if (!isFunction && this.isQuery()) this.query();
    else if (content === "clauses") this.expression();
    else this.body(content);
    this.take(")");
  }

  /** Whether a query begins at the next token. */
  isQuery(): boolean {
    const next = this.token(1);
    switch (this.key()) {
      case "SELECT":
        return next !== undefined && !/^[.),]$/.test(next.key);
      case "WITH":
        return this.#isWith();
      case "FROM":
        return this.isName(1) || next?.key === "(";
      case "VALUES":
        return next !== undefined && (next.kind !== "symbol" || /^[(?:+-]$/.test(next.key));
      case "TABLE":
        return this.isName(1);
      case "MAP":
      case "REDUCE":
        return this.isName(1);
      default:
        return false;
    }
  }

  /** A relation by name, with all that belongs to it. */
  table(role: SqlTable["role"], withAlias = true): void {
    const found = this.#named(role);
    if (this.key() === "(" && role === "read" && withAlias) this.#arguments(found);
    if (!withAlias) return;
    const at = this.#suffixes();
    const hasAlias = this.alias();
    if (found !== undefined && !hasAlias) found.aliasAt = at;
  }

  /** `AS x (a, b)`; false when there is none. */
  alias(): boolean {
    const named = this.take("AS") || (this.isName() && !afterTable.has(this.key()));
    if (!named) return false;
    this.at++;
    this.skipParentheses();
    return true;
  }

  /** The name of a table; undefined when it is a common table expression, or none is known. */
  #named(role: SqlTable["role"]): Found | undefined {
    const start = this.start();
    if (this.key() === "IDENTIFIER" && this.key(1) === "(") return this.#identifier(role);
    const parts = this.name();
    if (parts.length === 0) {
      this.at++;
      return undefined;
    }
    return this.#add({ parts, start, end: this.end(), role, form: "name" });
  }

  #add(found: Omit<SqlTable, "aliasAt" | "scope">): Found | undefined {
    const [only = "", ...more] = found.parts;
    if (found.role === "read" && more.length === 0 && this.#local.has(only.toLowerCase())) return undefined;
    const table: Found = { ...found, aliasAt: undefined, scope: this.#scope };
    this.tables.push(table);
    return table;
  }

  /** `IDENTIFIER('a.b')`, `IDENTIFIER(:schema || '.b')`, `IDENTIFIER(:schema).b` */
  #identifier(role: SqlTable["role"]): Found | undefined {
    const start = this.start();
    this.at += 2;
    const pieces: ({ text: string } | { parameter: string })[] = [];
    while (!this.isEnd) {
      if (this.token()?.kind === "string") pieces.push({ text: stringText(this.token()?.text ?? "") });
      else if (this.key() === ":" && this.isName(1)) pieces.push({ parameter: this.token(1)?.text ?? "" });
      else break;
      this.at += "parameter" in (pieces.at(-1) ?? {}) ? 2 : 1;
      if (!this.take("||") && this.token()?.kind !== "string") break;
    }
    const isKnown = this.key() === ")" && pieces.length > 0;
    this.expression();
    this.take(")");
    if (this.take("."))
      pieces.push({
        text: `.${this.name()
          .map((part) => `\`${part}\``)
          .join(".")}`,
      });
    const end = this.end();
    if (isKnown && pieces.every((piece) => "text" in piece)) {
      const parts = nameParts(pieces.map((piece) => piece.text).join(""));
      return this.#add({ parts, start, end, role, form: "identifier" });
    }
    this.computed.push({ pieces: isKnown ? pieces : undefined, start, end });
    return undefined;
  }

  /** `range(10)`: a function, not a table; but `TABLE(t)` among its arguments is one. */
  #arguments(found: Found | undefined): void {
    const name = found?.form === "name" ? found.parts.join(".").toLowerCase() : "";
    if (found !== undefined) this.tables.splice(this.tables.indexOf(found), 1);
    this.at++;
    const first = this.token();
    if (name === "table_changes" && first?.kind === "string") {
      const parts = nameParts(stringText(first.text));
      this.#add({ parts, start: first.start, end: first.end, role: "read", form: "string" });
    }
    while (!this.isEnd) {
      if (this.key() === "TABLE" && this.key(1) === "(") {
        this.at += 2;
        if (this.isQuery()) this.query();
        else this.#named("read");
        this.expression();
        this.take(")");
      } else if (this.key() === "TABLE" && this.isName(1)) {
        this.at++;
        this.#named("read");
      } else if (this.key() === "(") this.parenthesis("clauses");
      else this.at++;
    }
    this.take(")");
  }

  /** Time travel, options and samples; returns the offset behind them, where an alias goes. */
  #suffixes(): number {
    const ahead = this.key() === "FOR" ? 1 : 0;
    const travels = this.key(ahead + 1) === "AS" && this.key(ahead + 2) === "OF";
    if (travels && /^(SYSTEM_)?(VERSION|TIME|TIMESTAMP)$/.test(this.key(ahead))) {
      this.at += ahead + 3;
      this.#operand();
    }
    if (this.key() === "WITH" && this.key(1) === "(") {
      this.at++;
      this.skipParentheses();
    }
    if (this.key() === "TABLESAMPLE" && this.key(1) === "(") {
      this.at++;
      this.skipParentheses();
      if (this.key() === "REPEATABLE" && this.key(1) === "(") {
        this.at++;
        this.skipParentheses();
      }
    }
    return this.end();
  }

  /** An expression that no parentheses end. */
  #operand(): void {
    do {
      while (/^[+-]$/.test(this.key())) this.at++;
      if (this.take("INTERVAL")) this.at += this.key() === ":" ? 3 : 2;
      else if (this.key() === "(") this.parenthesis("clauses");
      else {
        this.at += this.key() === ":" ? 2 : 1;
        if (this.token()?.kind === "string" || this.key() === "(") {
          if (this.key() === "(") this.parenthesis("clauses");
          else this.at++;
        }
      }
      if (this.take("::")) this.name();
    } while (/^(?:[*/+-]|\|\|)$/.test(this.key()) && this.take(this.key()));
  }

  #step(expected: Expected): Expected {
    const key = this.key();
    const isPlain = this.key(-1) !== ".";
    if (isPlain && expected !== "query" && expected !== "relation") {
      if (this.#isSetOperator()) return this.#nextQuery();
      if (key === "|>") return this.#pass(this.#isJoin(1) ? "joins" : "clauses");
      if (key === "SELECT" && expected !== "columns") return this.#pass("columns");
      if (key === "LATERAL" && this.key(1) === "VIEW") return this.#pass("views");
      if (key === "INSERT" && /^(INTO|OVERWRITE)$/.test(this.key(1))) {
        this.insert();
        return "query";
      }
    }
    switch (expected) {
      case "query":
        return this.#primary();
      case "relation":
        return this.#relation();
      case "columns":
        if (key === "FROM" && this.#isFrom()) return this.#pass("relation");
        break;
      case "joins":
        if (key === "," || (key === "JOIN" && isPlain)) return this.#pass("relation");
        if (key === "ON") return this.#pass("condition");
        if (clauses.has(key) && isPlain) return this.#pass("clauses");
        break;
      case "condition":
        if (key === "," || (key === "JOIN" && isPlain)) return this.#pass("relation");
        if (clauses.has(key) && isPlain) return this.#pass("clauses");
        break;
      case "rows":
        if (this.isName() && /^(?:|\)|\])$/.test(this.key(-1)) && !operators.has(key)) return "joins";
        if (key === "AS") return "joins";
        break;
    }
    if (key === "(") this.parenthesis("clauses");
    else this.at++;
    return expected;
  }

  #pass(expected: Expected): Expected {
    this.at++;
    return expected;
  }

  #primary(): Expected {
    const start = this.start();
    switch (this.key()) {
      case "(":
        this.parenthesis("query");
        return "joins";
      case "WITH":
        if (this.#isWith()) {
          this.definitions();
          return "query";
        }
        return this.#pass("clauses");
      case "SELECT":
      case "MAP":
      case "REDUCE":
        return this.#pass("columns");
      case "FROM":
        return this.#pass("relation");
      case "VALUES":
        return this.#pass("rows");
      case "TABLE": {
        this.at++;
        const found = this.#named("read");
        if (found?.form === "name") Object.assign(found, { start, form: "query" });
        return "joins";
      }
      default:
        return this.#pass("clauses");
    }
  }

  #relation(): Expected {
    if (this.key() === "LATERAL") return this.#pass(this.key(1) === "VIEW" ? "views" : "relation");
    if (this.key() === "(") {
      this.parenthesis("relation");
      this.#suffixes();
      this.alias();
      return "joins";
    }
    const next = this.token(1);
    const isRows = next !== undefined && (next.key === "(" || /^(string|number)$/.test(next.kind));
    if (this.key() === "VALUES" && isRows) return this.#pass("rows");
    if (
      this.key() === "STREAM" &&
      (next?.key === "(" || (this.isName(1) && !afterTable.has(next?.key ?? "") && next?.key !== "AS"))
    ) {
      this.at++;
      if (this.take("(")) {
        this.table("read", false);
        this.take(")");
        this.alias();
        return "joins";
      }
    }
    this.table("read");
    return "joins";
  }

  /** Behind the operator between two queries. */
  #nextQuery(): Expected {
    this.at++;
    if (/^(ALL|DISTINCT)$/.test(this.key())) this.at++;
    this.take("BY", "NAME");
    return "query";
  }

  /** `LEFT OUTER JOIN` */
  #isJoin(ahead: number): boolean {
    while (/^(NATURAL|INNER|CROSS|LEFT|RIGHT|FULL|OUTER|SEMI|ANTI)$/.test(this.key(ahead))) ahead++;
    return this.key(ahead) === "JOIN";
  }

  #isSetOperator(): boolean {
    if (!setOperators.has(this.key()) || this.key(-1) === ".") return false;
    // `SELECT * EXCEPT (a, b)`
    if (this.key() === "EXCEPT" && this.key(-1) === "*") return false;
    let ahead = 1;
    if (/^(ALL|DISTINCT)$/.test(this.key(ahead))) ahead++;
    if (this.key(ahead) === "BY" && this.key(ahead + 1) === "NAME") ahead += 2;
    return /^(?:\(|SELECT|FROM|VALUES|TABLE|MAP|REDUCE|WITH)$/.test(this.key(ahead));
  }

  #isWith(): boolean {
    if (this.key() !== "WITH" || !this.isName(1)) return false;
    return /^(?:AS|\(|MAX)$/.test(this.key(2)) || (this.key(1) === "RECURSIVE" && this.isName(2));
  }

  /** Whether the FROM here is that of a query, and not a column or an operator: it comes after an operand. */
  #isFrom(): boolean {
    const before = this.token(-1);
    if (before?.key === "AS" && this.key(-2) !== ".") return false;
    if (before?.key === "SELECT" || before?.key === "DISTINCT") return false;
    return before?.kind !== "symbol" || /^[)\]*>]$/.test(before.key) || before.key === "*/";
  }

  /** `INSERT INTO t`, up to the query. */
  insert(): void {
    this.changes = true;
    this.at += 2;
    if (/^(LOCAL|DIRECTORY)$/.test(this.key())) {
      this.#upToQuery();
      return;
    }
    this.take("TABLE");
    this.table("write", false);
    this.#upToQuery();
  }

  #upToQuery(): void {
    while (!this.isEnd && !this.isQuery()) {
      if (this.key() !== "(") this.at++;
      else {
        this.at++;
        const isQuery = this.isQuery() || this.key() === "(";
        this.at--;
        if (isQuery) return;
        this.skipParentheses();
      }
    }
  }
}

/** Behind these FROM and JOIN mean nothing in a query. */
const clauses: ReadonlySet<string> = new Set(
  "WHERE GROUP HAVING ORDER SORT CLUSTER DISTRIBUTE WINDOW LIMIT OFFSET QUALIFY".split(" "),
);
const operators: ReadonlySet<string> = new Set(
  "AND OR NOT IN IS LIKE ILIKE RLIKE REGEXP BETWEEN DIV COLLATE ORDER LIMIT OFFSET SORT CLUSTER DISTRIBUTE WINDOW".split(
    " ",
  ),
);
