/** A token of Spark SQL; white space and comments are none. */
export interface SqlToken {
  /**
   * `unclosed` is a string, a quoted name or a comment that the text ends in. A text in double quotes is a `string`,
   * though some sessions take it for a name.
   */
  readonly kind: "word" | "quoted" | "string" | "number" | "symbol" | "unclosed";
  /** As it is written; a quoted name without its backquotes. */
  readonly text: string;
  /** The text of a word in upper case, that of a symbol as it is, of anything else nothing. */
  readonly key: string;
  /** Offsets in the text, from 0; the token ends before `end`. */
  readonly start: number;
  readonly end: number;
}
