import type { SourcePosition } from "../core/error.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** A loaded project: every name in it is known to be well-formed, every value to be of its type. */
export interface Project {
  /** Absolute path of the project folder. */
  readonly root: string;
  readonly settings: GlobalSettings;
  readonly pipelines: ReadonlyMap<string, PipelineConfig>;
  readonly nodes: ReadonlyMap<string, NodeConfig>;
  /** The declared datasets and, as managed tables in the default format, every output nobody declared. */
  readonly datasets: ReadonlyMap<string, DatasetConfig>;
}

export interface GlobalSettings {
  /** @default "info" */
  readonly logLevel: LogLevel;
  /** @default 4 */
  readonly maxParallelNodes: number;
  /** @default "delta" */
  readonly defaultFormat: string;
  /** First day of the default window, ISO `YYYY-MM-DD`. */
  readonly startDate?: string;
  /** Last day of the default window, included. */
  readonly endDate?: string;
  readonly spark: SparkSettings;
  readonly execution: ExecutionSettings;
  readonly security: { readonly allowedModules: readonly string[] };
  readonly hyperparams: Readonly<Record<string, unknown>>;
  /** Free-form; read by mlops. */
  readonly mlops: Readonly<Record<string, unknown>>;
}

export interface SparkSettings {
  /** A Spark Connect URL or `embedded`: the settings, else `SPARK_REMOTE`, else `embedded`. May hold a token. */
  readonly remote: string;
  readonly conf: Readonly<Record<string, string>>;
}

export interface ExecutionSettings {
  /** Whether the first failure stops what has not started. @default false */
  readonly failFast: boolean;
  readonly retries: RetryConfig;
  /** Limit of one attempt of a node, milliseconds. */
  readonly timeoutMs?: number;
  readonly circuitBreaker?: { readonly threshold: number; readonly timeoutMs: number };
}

/** How often and how patiently transient failures are tried again; waits in milliseconds. */
export interface RetryConfig {
  /** Attempts after the first. @default 2 */
  readonly max: number;
  /** @default 1000 */
  readonly initialDelayMs: number;
  /** @default 60000 */
  readonly maxDelayMs: number;
  /** @default 2 */
  readonly multiplier: number;
  /** @default "full" */
  readonly jitter: "full" | "none";
}

export interface PipelineConfig {
  readonly name: string;
  readonly description?: string;
  readonly nodes: readonly string[];
  readonly startDate?: string;
  readonly endDate?: string;
  readonly maxParallelNodes?: number;
  readonly hyperparams: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly mlops: Readonly<Record<string, unknown>>;
  readonly position: SourcePosition;
  /** Where each of `nodes` was named, in the same order. */
  readonly nodePositions?: readonly SourcePosition[];
}

export interface NodeConfig {
  readonly name: string;
  readonly description?: string;
  readonly code: NodeCode;
  readonly inputs: readonly NodeInput[];
  readonly outputs: readonly string[];
  readonly dependencies: readonly string[];
  readonly hyperparams: Readonly<Record<string, unknown>>;
  readonly metrics: readonly string[];
  readonly tags: readonly string[];
  /** Already merged over the global ones. */
  readonly retries?: RetryConfig;
  readonly timeoutMs?: number;
  readonly mlops: Readonly<Record<string, unknown>>;
  /** What the node says about all its inputs, also those it gets from its dependencies. @default "run" */
  readonly window?: "run" | "all";
  readonly position: SourcePosition;
  readonly positions?: NodePositions;
}

/** Where the parts of a node stand in its file; the lists run beside those of the node. */
export interface NodePositions {
  readonly code: SourcePosition;
  readonly outputs: readonly SourcePosition[];
  readonly dependencies: readonly SourcePosition[];
}

export type NodeCode =
  | { readonly kind: "function"; readonly ref: string }
  | { readonly kind: "sql"; readonly text: string; readonly file?: string };

export interface NodeInput {
  readonly dataset: string;
  /** `run`: a dataset with a window column is filtered to the run's window. `all`: it is read whole. */
  readonly window: "run" | "all";
  readonly position?: SourcePosition;
}

export type WriteMode = "overwrite" | "append" | "error" | "ignore" | "merge" | "replace_window";

export interface DatasetConfig {
  readonly name: string;
  readonly location: DatasetLocation;
  readonly format: string;
  /** @default "replace_window" with a window column, else "overwrite" */
  readonly mode: WriteMode;
  readonly windowColumn?: string;
  readonly partitionBy: readonly string[];
  readonly mergeKeys: readonly string[];
  readonly options: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly position?: SourcePosition;
  /** Where the key was written, by its name in the file: `mode`, `format`, `window_column`, … */
  readonly positions?: Readonly<Partial<Record<string, SourcePosition>>>;
}

/** A `path` is absolute or a URI, as the Spark server sees it. */
export type DatasetLocation =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "path"; readonly path: string };
