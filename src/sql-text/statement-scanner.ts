import { QueryScanner } from "./query-scanner.ts";
import type { SqlStatement } from "./sql-table.ts";

/** What of a table these commands only look at. */
const reading: ReadonlySet<string> = new Set([
  "ANALYZE",
  "CACHE",
  "DESC",
  "DESCRIBE",
  "REFRESH",
  "SHOW",
  "UNCACHE",
]);
/** Behind these a command names its table. */
const beforeTable: ReadonlySet<string> = new Set(["TABLE", "VIEW", "CLONE"]);
const statementStart: ReadonlySet<string> = new Set(["BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT"]);

/** Reads one statement. */
export class StatementScanner extends QueryScanner {
  scan(): SqlStatement {
    const start = this.start();
    const word = this.key() || (this.token()?.text ?? "");
    const isQuery = this.#statement();
    // Text that nothing takes for a part of the statement is passed over.
    while (this.at < this.tokens.length && this.key() !== ";") {
      this.at++;
      this.expression();
    }
    const { tables, computed } = this;
    const kind = isQuery && !this.changes ? "query" : "command";
    const end = this.end();
    return { kind, word, start, end, tables, computed };
  }

  /** One statement; whether it is a query. */
  #statement(): boolean {
    if (this.key() === "(" || (this.isQuery() && this.key() !== "WITH")) {
      this.query();
      return true;
    }
    if (this.key() === "WITH") {
      this.definitions();
      if (this.key() === "(" || this.isQuery()) {
        this.body("query");
        return true;
      }
    }
    this.#command();
    return false;
  }

  #command(): void {
    switch (this.key()) {
      case "INSERT":
        this.insert();
        this.body("query");
        return;
      case "DELETE":
        this.at++;
        this.take("FROM");
        this.table("write");
        this.expression();
        return;
      case "UPDATE":
        this.at++;
        this.table("write");
        this.expression();
        return;
      case "MERGE":
        this.#merge();
        return;
      case "EXPLAIN":
        this.at++;
        if (/^(LOGICAL|FORMATTED|EXTENDED|CODEGEN|COST)$/.test(this.key())) this.at++;
        this.#statement();
        return;
      case "BEGIN":
        this.#script();
        return;
      case "OPTIMIZE":
      case "VACUUM":
        this.at++;
        this.table("write", false);
        this.expression();
        return;
      case "DESC":
      case "DESCRIBE":
        this.#describe();
        return;
      default:
        this.#other();
    }
  }

  #merge(): void {
    while (!this.isEnd && this.key() !== "INTO") this.at++;
    this.at++;
    this.table("write");
    if (this.take("USING")) {
      if (this.key() === "(") {
        this.parenthesis("relation");
        this.alias();
      } else this.table("read");
    }
    this.expression();
  }

  #describe(): void {
    this.at++;
    if (/^(FUNCTION|DATABASE|SCHEMA|NAMESPACE|CATALOG|PROCEDURE)$/.test(this.key()) && this.isName(1)) {
      this.expression();
      return;
    }
    this.take("QUERY");
    if (this.isQuery() && this.key() !== "TABLE") {
      this.query();
      return;
    }
    while (/^(TABLE|EXTENDED|FORMATTED|HISTORY|DETAIL)$/.test(this.key()) && this.isName(1)) this.at++;
    this.table("read", false);
    this.expression();
  }

  /** A command that names its table behind TABLE, VIEW or FROM, and may end in a query. */
  #other(): void {
    const command = this.key();
    const role = reading.has(command) ? "read" : "write";
    this.at++;
    for (let named = false; !this.isEnd; ) {
      const key = this.key();
      if (this.isQuery() && key !== "TABLE" && key !== "FROM" && this.key(-1) !== ".") {
        this.query();
      } else if (key === "(") this.parenthesis("clauses");
      else if (key === "TABLE" && named && this.key(-1) === "AS") this.query();
      else if (this.#namesTable(command, named)) {
        this.at++;
        if (this.take("IF")) {
          this.take("NOT");
          this.take("EXISTS");
        }
        const isSource = key === "CLONE" || key === "LIKE" || key === "IN" || key === "FROM";
        this.table(isSource ? "read" : role, false);
        named = true;
      } else this.at++;
    }
  }

  #namesTable(command: string, named: boolean): boolean {
    const key = this.key();
    if (!this.isName(1)) return false;
    if (key === "CLONE") return true;
    if (named) return key === "LIKE" && command === "CREATE" && this.token(1)?.kind !== "string";
    if (beforeTable.has(key)) return !(command === "SHOW" && this.key(1) === "EXTENDED");
    if (command === "SHOW") {
      if (/^(TBLPROPERTIES|PARTITIONS)$/.test(key)) return true;
      return /^(FROM|IN)$/.test(key) && /^COLUMNS$/.test(this.key(-1));
    }
    return command === "RESTORE" && this.key(-1) === "RESTORE" && key === "TABLE";
  }

  /** `BEGIN ... END`: statements up to the end of the text. */
  #script(): void {
    for (let starts = true; this.at < this.tokens.length; ) {
      const key = this.key();
      if (
        starts &&
        key !== "BEGIN" &&
        !statementStart.has(key) &&
        !/^(IF|WHILE|FOR|CASE|END|SET|DECLARE)$/.test(key)
      ) {
        this.#statement();
        starts = false;
        continue;
      }
      if (key === "(") this.parenthesis("clauses");
      else {
        if (key === "SELECT" && this.isQuery()) this.query();
        else this.at++;
      }
      starts = key === ";" || statementStart.has(key);
    }
  }
}
