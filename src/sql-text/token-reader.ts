import type { SqlToken } from "./sql-token.ts";

/** Reads tokens one after another. */
export class TokenReader {
  at: number;
  readonly tokens: readonly SqlToken[];

  constructor(tokens: readonly SqlToken[], at: number) {
    this.tokens = tokens;
    this.at = at;
  }

  /** The key of a token, counted from the next one; empty where there is none. */
  key(ahead = 0): string {
    return this.tokens[this.at + ahead]?.key ?? "";
  }

  token(ahead = 0): SqlToken | undefined {
    return this.tokens[this.at + ahead];
  }

  /** Where the next token starts; the end of the text behind the last one. */
  start(): number {
    return this.tokens[this.at]?.start ?? this.end();
  }

  /** Where the token before the next one ends. */
  end(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  /** Whether the next token may be a name. */
  isName(ahead = 0): boolean {
    const token = this.token(ahead);
    return token?.kind === "word" || token?.kind === "quoted" || /^"/.test(token?.text ?? "");
  }

  /** Passes the next tokens if they are these. */
  take(...keys: readonly string[]): boolean {
    if (!keys.every((key, ahead) => this.key(ahead) === key)) return false;
    this.at += keys.length;
    return true;
  }

  /** Whether the statement, or the parentheses around here, end here. */
  get isEnd(): boolean {
    const key = this.key();
    return this.at >= this.tokens.length || key === ")" || key === ";";
  }

  /** Passes a parenthesis that may be there, and all in it. */
  skipParentheses(): void {
    if (this.key() !== "(") return;
    let depth = 0;
    do {
      if (this.key() === "(") depth++;
      if (this.key() === ")") depth--;
      this.at++;
    } while (depth > 0 && this.at < this.tokens.length && this.key() !== ";");
  }

  /** The parts of a dotted name. */
  name(): string[] {
    const parts: string[] = [];
    while (this.isName()) {
      const { kind = "word", text = "" } = this.token() ?? {};
      parts.push(kind === "string" ? text.slice(1, -1) : text);
      this.at++;
      if (this.key() !== "." || !this.isName(1)) break;
      this.at++;
    }
    return parts;
  }
}
