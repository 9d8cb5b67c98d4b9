import { nameKey, nameParts, quotedName, quoteName } from "./names.ts";
import { sqlTables } from "./sql-statements.ts";
import type { SqlTable } from "./sql-table.ts";
import type { SqlToken } from "./sql-token.ts";
import { sqlTokens } from "./sql-tokens.ts";
import type { TextEdit } from "./text-edits.ts";

/**
 * What to replace in SQL text so that it reads other tables than it names. Columns are found by the names that the
 * author wrote: a table without an alias gets its old name as one, and `schema.table.column` follows it.
 *
 * @param find the name, in parts, of the table to be read instead; undefined for those that stay
 */
export function tableEdits(
  sql: string,
  find: (table: SqlTable) => readonly string[] | undefined,
): TextEdit[] {
  const tokens = sqlTokens(sql);
  const edits: TextEdit[] = [];
  const columns = new Map<number, TextEdit>();
  const tables = sqlTables(tokens);
  for (const table of tables) {
    const target = find(table);
    if (target === undefined || (table.form === "name" && sameParts(table.parts, target))) continue;
    const alias = aliasOf(table, tables);
    edits.push(...replaced(table, target, alias));
    if (table.aliasAt === undefined && table.form !== "query") continue;
    for (const edit of columnEdits(tokens, table, alias)) columns.set(edit.start, edit);
  }
  return [...edits, ...columns.values()];
}

function replaced(table: SqlTable, target: readonly string[], alias: string): TextEdit[] {
  const { start, end, form, aliasAt } = table;
  const name = quotedName(target);
  if (form === "string") return [{ start, end, text: `r"${name}"` }];
  if (form === "query") return [{ start, end, text: `SELECT * FROM ${name} AS ${quoteName(alias)}` }];
  const isSame = target.at(-1)?.toLowerCase() === alias.toLowerCase();
  if (aliasAt === undefined || isSame) return [{ start, end, text: name }];
  const as = ` AS ${quoteName(alias)}`;
  return aliasAt === end
    ? [{ start, end, text: name + as }]
    : [
        { start, end, text: name },
        { start: aliasAt, end: aliasAt, text: as },
      ];
}

/** The last part of the name, by which its columns may be named; the whole where another table has the same. */
function aliasOf(table: SqlTable, tables: readonly SqlTable[]): string {
  const last = table.parts.at(-1) ?? "";
  const isTaken = tables.some(
    (other) =>
      other.aliasAt !== undefined &&
      other.scope === table.scope &&
      nameKey(other.parts) !== nameKey(table.parts) &&
      other.parts.at(-1)?.toLowerCase() === last.toLowerCase(),
  );
  return isTaken ? table.parts.join(".") : last;
}

/** `schema.table` of `schema.table.column` becomes the alias, also where a longer name or a quoted one was read. */
function columnEdits(
  tokens: readonly SqlToken[],
  { parts, scope, start, end }: SqlTable,
  alias: string,
): TextEdit[] {
  const [only = "", ...more] = parts;
  const names = more.length === 0 ? nameParts(only) : parts;
  return tokens.flatMap((first, at) => {
    if (first.start < scope.start || first.start >= scope.end) return [];
    if ((first.start >= start && first.start < end) || tokens[at - 1]?.key === ".") return [];
    const known = names.map((_, from) => names.slice(from)).filter(({ length }) => length > 1);
    const length = known.find((name) => isNamed(tokens, at, name))?.length ?? 0;
    const last = tokens[at + length * 2 - 2];
    return length === 0 || last === undefined
      ? []
      : [{ start: first.start, end: last.end, text: quoteName(alias) }];
  });
}

/** Whether a column is named by these parts here. */
function isNamed(tokens: readonly SqlToken[], at: number, parts: readonly string[]): boolean {
  if (tokens[at + parts.length * 2 - 1]?.key !== ".") return false;
  return parts.every((part, i) => {
    const token = tokens[at + i * 2];
    const isPart = token?.kind === "word" || token?.kind === "quoted";
    const isApart = i === 0 || tokens[at + i * 2 - 1]?.key === ".";
    return isPart && isApart && token.text.toLowerCase() === part.toLowerCase();
  });
}

function sameParts(some: readonly string[], others: readonly string[]): boolean {
  return (
    some.length === others.length && some.every((part, i) => part.toLowerCase() === others[i]?.toLowerCase())
  );
}
