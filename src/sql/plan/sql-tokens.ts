/** A token of SQL text that means something: no white space, no comment. `start` and `end` are offsets. */
export interface SqlToken {
  readonly kind: "word" | "quoted" | "literal" | "symbol";
  /** The word in upper case, the name without its backquotes, or the symbol. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const space: RegExp = /\s+/y;
const lineComment: RegExp = /--(?:\\\r?\n|[^\r\n])*/y;
const word: RegExp = /[\p{L}\p{N}_$]+/uy;
const quotedName: RegExp = /`(?:[^`]|``)*`/y;
const rawString: RegExp = /[rR](?:'[^']*'|"[^"]*")/y;
const string: RegExp = /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"/y;

/** The tokens of SQL text by the rules of Spark's lexer (SqlBaseLexer.g4), as far as finding names needs them. */
export function sqlTokens(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  const match = (pattern: RegExp, at: number): number => {
    pattern.lastIndex = at;
    return pattern.test(sql) ? pattern.lastIndex : at;
  };
  for (let at = 0; at < sql.length; ) {
    let end = match(space, at);
    if (end === at) end = match(lineComment, at);
    if (end === at) end = skipBracketedComment(sql, at);
    if (end > at) {
      at = end;
      continue;
    }
    let kind: SqlToken["kind"] = "literal";
    end = match(rawString, at);
    if (end === at) end = match(string, at);
    if (end === at) {
      kind = "quoted";
      end = match(quotedName, at);
    }
    if (end === at) {
      kind = "word";
      end = match(word, at);
    }
    if (end === at) {
      kind = "symbol";
      end = at + 1;
    }
    const source = sql.slice(at, end);
    const text =
      kind === "quoted"
        ? source.slice(1, -1).replaceAll("``", "`")
        : kind === "word"
          ? source.toUpperCase()
          : source;
    tokens.push({ kind, text, start: at, end });
    at = end;
  }
  return tokens;
}

/** Bracketed comments nest; a hint is one too, since no relation is named for the first time in a hint. */
function skipBracketedComment(sql: string, from: number): number {
  if (!sql.startsWith("/*", from)) return from;
  let depth = 0;
  for (let at = from; at < sql.length; at++) {
    if (sql.startsWith("/*", at)) {
      depth++;
      at++;
    } else if (sql.startsWith("*/", at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}
