import type { SqlToken } from "./sql-token.ts";

const blank = "[ \\t\\n\\f\\r\\v\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u202F\\u205F\\u3000]";
const hidden: RegExp = new RegExp(`(?:${blank}+|--(?:\\\\\\n|[^\\r\\n])*)`, "y");
const exponent = "(?:[eE][+-]?\\d+)";
const number: RegExp = new RegExp(
  `(?:\\d+\\.\\d*|\\.\\d+)${exponent}?(?:BD|[DF])?(?![\\p{L}\\d_])|\\d+${exponent}?(?:BD|[LSYDF])?(?![\\p{L}\\d_])`,
  "iuy",
);
const patterns: readonly (readonly [SqlToken["kind"], RegExp])[] = [
  ["string", /r(?:'[^']*'|"[^"]*")/iy],
  ["string", /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/y],
  ["string", /(\$[A-Za-z]*\$)[\s\S]*?\1/y],
  ["quoted", /`(?:[^`]|``)*`/y],
  ["unclosed", /r?['"`][\s\S]*/iy],
  ["number", number],
  ["word", /\p{L}+:\/\/[\p{L}\d_/\-.?=&#%]+|[\p{L}\d_]+/uy],
  ["symbol", /<=>|\|>|\|\||::|->|=>|<>|!=|<=|>=|==|<<|\*\/|[\s\S]/uy],
];

/** The tokens of SQL text by the rules of Spark's lexer (SqlBaseLexer.g4). A hint is tokens between two symbols. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  const add = (kind: SqlToken["kind"], end: number) => {
    const source = sql.slice(at, end);
    const text = kind === "quoted" ? source.slice(1, -1).replaceAll("``", "`") : source;
    const key = kind === "word" ? text.toUpperCase() : kind === "symbol" ? text : "";
    tokens.push({ kind, text, key, start: at, end });
    at = end;
  };
  while (at < sql.length) {
    hidden.lastIndex = at;
    if (hidden.test(sql)) {
      at = hidden.lastIndex;
    } else if (sql.startsWith("/*+", at)) {
      add("symbol", at + 3);
    } else if (sql.startsWith("/*", at)) {
      const end = endOfComment(sql, at);
      if (end === undefined) add("unclosed", sql.length);
      else at = end;
    } else {
      for (const [kind, pattern] of patterns) {
        pattern.lastIndex = at;
        if (!pattern.test(sql)) continue;
        add(kind, pattern.lastIndex);
        break;
      }
    }
  }
  return tokens;
}

/** Bracketed comments nest. */
function endOfComment(sql: string, start: number): number | undefined {
  const bracket = /\/\*|\*\//g;
  bracket.lastIndex = start;
  let depth = 0;
  for (let found = bracket.exec(sql); found !== null; found = bracket.exec(sql)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return bracket.lastIndex;
  }
  return undefined;
}
