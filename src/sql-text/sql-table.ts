/** A place where SQL text names a table or view of the catalog: not a common table expression, not a function. */
export interface SqlTable {
  readonly parts: readonly string[];
  /** Offsets of the name in the text, from 0; the name ends before `end`. */
  readonly start: number;
  readonly end: number;
  /** `write`: what a command makes, changes or removes. */
  readonly role: "read" | "write";
  /**
   * How the name is written: as it is, as `IDENTIFIER('a.b')`, as the string that `table_changes('a.b', 0)` takes, or as
   * a query of its own, `TABLE a.b`, which `start` and `end` then include.
   */
  readonly form: "name" | "identifier" | "string" | "query";
  /** Where an alias can be put in; undefined where there is one or none can be. */
  readonly aliasAt: number | undefined;
  /** Offsets of the query or command that can name its columns. */
  readonly scope: { readonly start: number; readonly end: number };
}

/** A table whose name is made of parameters: `IDENTIFIER(:schema || '.t')`. */
export interface ComputedTable {
  /** Each a text or the name of a parameter; undefined when it is another expression. */
  readonly pieces: readonly ({ readonly text: string } | { readonly parameter: string })[] | undefined;
  readonly start: number;
  readonly end: number;
}

/** One statement of SQL text. */
export interface SqlStatement {
  /** `command`: it changes something or shows something, and has no rows to store. */
  readonly kind: "query" | "command";
  /** Its first word, in upper case; `(` of a query in parentheses. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly tables: readonly SqlTable[];
  readonly computed: readonly ComputedTable[];
}
