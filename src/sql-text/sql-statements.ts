import type { SqlStatement } from "./sql-table.ts";
import type { SqlToken } from "./sql-token.ts";
import { sqlTokens } from "./sql-tokens.ts";
import { StatementScanner } from "./statement-scanner.ts";

/**
 * The statements of SQL text, with the tables that each names, by the scoping of Spark: a common table expression hides
 * a table from what comes after it, and from itself only when it is recursive.
 *
 * Text that Spark would refuse gives something too; it is not checked here.
 */
export function sqlStatements(sql: string | readonly SqlToken[]): SqlStatement[] {
  const tokens = typeof sql === "string" ? sqlTokens(sql) : sql;
  const statements: SqlStatement[] = [];
  for (let from = 0; from < tokens.length; ) {
    if (tokens[from]?.key === ";") {
      from++;
      continue;
    }
    const scanner = new StatementScanner(tokens, from);
    const statement = scanner.scan();
    statements.push(statement);
    from = Math.max(scanner.at, from + 1);
  }
  return statements;
}

/** Every place where SQL text names a table. */
export function sqlTables(sql: string | readonly SqlToken[]): SqlStatement["tables"] {
  return sqlStatements(sql).flatMap(({ tables }) => tables);
}
