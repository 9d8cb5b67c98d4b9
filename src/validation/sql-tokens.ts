/** A piece of Spark SQL that names something; strings and comments are none. */
export interface SqlToken {
  readonly kind: "word" | "quoted" | "parameter" | "symbol";
  /** Without the colon or the backquotes. */
  readonly text: string;
  /** Where it starts in the query, from 0. */
  readonly offset: number;
}

const space = /\s+/y;
const lineComment = /--[^\n]*/y;
const rawString = /[rR](?:'[^']*(?:'|$)|"[^"]*(?:"|$))/y;
const string = /'(?:\\[\s\S]|[^'\\])*(?:'|$)|"(?:\\[\s\S]|[^"\\])*(?:"|$)/y;
const quoted = /`((?:``|[^`])*)(?:`|$)/y;
const number = /\d[\w.]*/y;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const cast = /::/y;
const parameter = /:([A-Za-z_]\w*)/y;

/** Splits Spark SQL as its lexer does, as far as names and parameters are concerned. */
export function* sqlTokens(sql: string): Generator<SqlToken> {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(sql);
  };
  while (at < sql.length) {
    if (sql.startsWith("/*", at)) {
      at = endOfComment(sql, at);
      continue;
    }
    const skipped = match(space) ?? match(lineComment) ?? match(rawString) ?? match(string) ?? match(cast);
    if (skipped !== null) {
      at += skipped[0].length;
      continue;
    }
    // `column:field` reaches into a variant; a parameter never touches what stands before it.
    const reaches = /[\w`)\]]/.test(sql[at - 1] ?? "");
    const named = reaches ? null : match(parameter);
    const identifier = named === null ? match(quoted) : null;
    const plain = named === null && identifier === null ? (match(word) ?? match(number)) : null;
    const found = named ?? identifier ?? plain;
    if (named !== null) yield { kind: "parameter", text: named[1] ?? "", offset: at };
    else if (identifier !== null)
      yield { kind: "quoted", text: (identifier[1] ?? "").replaceAll("``", "`"), offset: at };
    else if (plain !== null) yield { kind: "word", text: plain[0], offset: at };
    else yield { kind: "symbol", text: sql[at] ?? "", offset: at };
    at += found === null ? 1 : found[0].length;
  }
}

/** Spark's bracketed comments nest. */
function endOfComment(sql: string, start: number): number {
  let depth = 0;
  for (const found of sql.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return start + found.index + 2;
  }
  return sql.length;
}

/** The `:name` parameters of a query, each where it first stands. */
export function sqlParameters(sql: string): ReadonlyMap<string, number> {
  const parameters = new Map<string, number>();
  for (const { kind, text, offset } of sqlTokens(sql)) {
    if (kind === "parameter" && !parameters.has(text)) parameters.set(text, offset);
  }
  return parameters;
}

/** The tables behind FROM and JOIN, parts joined by dots, each where it first stands; CTEs are not tables. */
export function sqlTables(sql: string): ReadonlyMap<string, number> {
  const tables = new Map<string, number>();
  const local = new Set<string>();
  const tokens = [...sqlTokens(sql)];
  const isWord = (index: number, ...words: string[]) => {
    const token = tokens[index];
    return token?.kind === "word" && words.includes(token.text.toUpperCase());
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (isWord(index, "AS") && tokens[index + 1]?.text === "(") local.add(tokens[index - 1]?.text ?? "");
    const listed = token?.text === "," && token.kind === "symbol" && followsTable(tokens, index, tables);
    if (!isWord(index, "FROM", "JOIN") && !listed) continue;
    const name = qualifiedName(tokens, index + 1);
    const offset = tokens[index + 1]?.offset ?? 0;
    if (name !== "" && !tables.has(name)) tables.set(name, offset);
  }
  for (const name of local) tables.delete(name);
  return tables;
}

function qualifiedName(tokens: readonly SqlToken[], start: number): string {
  const parts: string[] = [];
  for (let at = start; ; at += 2) {
    const token = tokens[at];
    if (token === undefined || (token.kind !== "word" && token.kind !== "quoted")) return parts.join(".");
    parts.push(token.text);
    if (tokens[at + 1]?.text !== ".") return parts.join(".");
  }
}

/** Whether the comma at `index` stands after a table, with or without an alias, as in `FROM a x, b`. */
function followsTable(
  tokens: readonly SqlToken[],
  index: number,
  tables: ReadonlyMap<string, number>,
): boolean {
  for (let back = index - 1; back >= Math.max(0, index - 9); back--) {
    const { kind, text, offset } = tokens[back] ?? { kind: "symbol", text: "", offset: 0 };
    if (kind === "symbol" && text !== ".") return false;
    for (const start of tables.values()) if (start === offset) return true;
  }
  return false;
}
