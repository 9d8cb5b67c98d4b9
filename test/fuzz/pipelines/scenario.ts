/** `null`, the canonical text of a value, or the cells of a struct or an array. */
export type Cell = null | string | readonly Cell[];

export interface Column {
  readonly name: string;
  /** In Spark's DDL, as `simpleString` gives it. */
  readonly type: string;
}

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One step from tables to a table, which the model and Spark both know. */
export type Op =
  | { readonly kind: "constant"; readonly table: Table; readonly local?: boolean }
  | { readonly kind: "pass" }
  /** These columns of both inputs. */
  | { readonly kind: "union"; readonly columns: readonly string[] }
  /** The key, `left` of the first input, and `right` of the second with `r_` before their names. */
  | {
      readonly kind: "join";
      readonly key: string;
      readonly how: "inner" | "left";
      readonly left: readonly string[];
      readonly right: readonly string[];
    }
  | { readonly kind: "not_null"; readonly column: string }
  | { readonly kind: "equals"; readonly column: string; readonly value: Cell }
  | { readonly kind: "add"; readonly column: Column; readonly value: Cell }
  | { readonly kind: "select"; readonly columns: readonly { readonly from: string; readonly to: string }[] }
  | { readonly kind: "count"; readonly by: string }
  | { readonly kind: "max"; readonly by: string; readonly of: string }
  | { readonly kind: "distinct" }
  | { readonly kind: "window"; readonly column: string }
  /** The local midnight of 2024-01-01 in the zone of the session. */
  | { readonly kind: "midnight"; readonly name: string }
  /** Only in functions: the rows through a temporary view of a name that others use too. */
  | { readonly kind: "view"; readonly name: string }
  /** Only in functions: a column that a temporary function gives. */
  | { readonly kind: "function"; readonly name: string; readonly value: string };

/** What a function node does to its session and nobody else may notice. */
export type Noise =
  | { readonly kind: "zone"; readonly zone: string }
  | { readonly kind: "use" }
  | { readonly kind: "variable" }
  | { readonly kind: "ansi" };

export interface Node {
  readonly name: string;
  readonly code: "sql" | "function";
  readonly inputs: readonly { readonly dataset: string; readonly window: "run" | "all" }[];
  readonly ops: readonly Op[];
  /** With further outputs, what is done to the result for each of them. */
  readonly outputs: readonly { readonly dataset: string; readonly ops: readonly Op[] }[];
  readonly noise: readonly Noise[];
  /** Names of common table expressions in SQL, in their order. */
  readonly names: readonly string[];
}

export type Check =
  | { readonly kind: "not_null"; readonly column: string }
  | { readonly kind: "unique"; readonly column: string }
  | { readonly kind: "row_count"; readonly min: number }
  | { readonly kind: "accepted_values"; readonly column: string; readonly values: readonly string[] };

export interface Dataset {
  readonly name: string;
  readonly format: "delta" | "parquet" | "orc" | "json" | "csv";
  readonly place: "table" | "path";
  readonly mode: "overwrite" | "append" | "error" | "ignore" | "merge" | "replace_window";
  readonly mergeKeys?: readonly string[] | undefined;
  /** `source.column > target.column` */
  readonly updateIf?: string | undefined;
  /** `source.column`, a boolean. */
  readonly deleteIf?: string | undefined;
  readonly windowColumn?: string | undefined;
  readonly partitionBy?: readonly string[] | undefined;
  readonly schema?: readonly (Column & { readonly nullable: boolean })[] | undefined;
  readonly evolution?: "none" | "add" | "any" | undefined;
  readonly checks?: readonly (Check & { readonly severity: "error" | "warn" })[] | undefined;
  readonly onEmpty?: "write" | "warn" | "skip" | "error" | undefined;
}

/** A failure of a node's code on purpose. */
export interface Failure {
  /** Before anything is read, or while the second output is written. */
  readonly at: "start" | "second";
  readonly transient: boolean;
  /** How many attempts fail. */
  readonly times: number;
}

export type Step =
  | {
      readonly kind: "run";
      readonly window?: readonly [string, string] | undefined;
      readonly select?: readonly string[] | undefined;
      readonly exclude?: readonly string[] | undefined;
      readonly environment?: "dev" | undefined;
      /** New code of nodes, from here on. */
      readonly change?: Readonly<Record<string, readonly Op[]>> | undefined;
      readonly fail?: Readonly<Record<string, Failure>> | undefined;
    }
  | { readonly kind: "resume"; readonly change?: Readonly<Record<string, readonly Op[]>> | undefined }
  | { readonly kind: "retry"; readonly node: string };

/** A project and what is done with it. */
export interface Scenario {
  readonly conf: Readonly<Record<string, string>>;
  readonly parallel: number;
  readonly datasets: readonly Dataset[];
  readonly nodes: readonly Node[];
  readonly steps: readonly Step[];
}
