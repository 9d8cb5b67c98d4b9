import type { SourcePosition, SparkwrightError } from "../core/error.ts";

/** The least severe that is logged. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** A loaded project: every name in it is known to be well-formed, every value to be of its type. */
export interface Project {
  /** Absolute path of the project folder. */
  readonly root: string;
  /** The environment whose files were merged over the others, if one was asked for. */
  readonly environment?: string;
  readonly settings: GlobalSettings;
  readonly pipelines: ReadonlyMap<string, PipelineConfig>;
  readonly nodes: ReadonlyMap<string, NodeConfig>;
  /** The declared datasets and, as managed tables in the default format, every output nobody declared. */
  readonly datasets: ReadonlyMap<string, DatasetConfig>;
  /** `config/ml_info.yaml`, for nodes of machine learning. */
  readonly mlInfo?: MlInfo;
  /** What `secret:` values held; it must be masked wherever text leaves the process. */
  readonly secrets?: readonly string[];
  /** Which of them are so short that they are masked only where they stand alone: `the variable PIN`. */
  readonly shortSecrets?: readonly string[];
  /** The secrets that cannot be had; what uses one of these values must refuse to. */
  readonly missingSecrets?: readonly MissingSecret[];
}

/** A value of the configuration whose secret is not set. */
export interface MissingSecret {
  /** The section and the keys in it: `datasets`, `orders`, `options`, `password`. */
  readonly path: readonly string[];
  /** CONFIG_MISSING_SECRET, at its place. */
  readonly error: SparkwrightError;
}

/** Where keys of a configuration stand, by their path: `timeout`, `retries.max`, `execution.fail_fast`. */
export type WrittenPositions = Readonly<Record<string, SourcePosition>>;

/** `global_settings.yaml`: what holds for all pipelines unless they say otherwise. */
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
  readonly observe?: ObserveSettings;
  /** The functions that read datasets with a `source`, by its name: `crm: sources.crm`. */
  readonly dataSources?: Readonly<Record<string, string>>;
  /** What was written, and not a default. */
  readonly written?: WrittenPositions;
}

/** Who is told of a run. None of them can fail it. */
export interface ObserveSettings {
  /** OpenLineage events: a file they are appended to, or a URL they are posted to. */
  readonly lineage?: {
    readonly file?: string;
    readonly url?: string;
    /** @default "sparkwright" */
    readonly namespace: string;
    /** Sent as `Authorization: Bearer`. */
    readonly apiKey?: string;
  };
  /** OpenTelemetry spans, through the provider that is registered in the process. @default false */
  readonly tracing?: boolean;
  readonly webhooks?: readonly WebhookConfig[];
}

/** One address that is told how runs end. */
export interface WebhookConfig {
  readonly url: string;
  /** @default ["failure"] */
  readonly on: readonly ("failure" | "success" | "cancelled")[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Which Spark the runs use, and the settings of its session. */
export interface SparkSettings {
  /** A Spark Connect URL or `embedded`: the settings, else `SPARK_REMOTE`, else `embedded`. May hold a token. */
  readonly remote: string;
  readonly conf: Readonly<Record<string, string>>;
}

/** How runs go on: parallelism, failures, retries, time limits in milliseconds. */
export interface ExecutionSettings {
  /** Whether the first failure stops what has not started. @default false */
  readonly failFast: boolean;
  readonly retries: RetryConfig;
  /** Limit of one attempt of a node, milliseconds. */
  readonly timeoutMs?: number;
  /** Limit of a whole run, milliseconds. */
  readonly runTimeoutMs?: number;
  readonly circuitBreaker?: CircuitBreakerConfig;
}

/** After `threshold` failed attempts in a row nothing of the pipeline starts for `timeoutMs` milliseconds. */
export interface CircuitBreakerConfig {
  /** @default 5 */
  readonly threshold: number;
  /** @default 600000 */
  readonly timeoutMs: number;
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

/** One pipeline as loaded, with its nodes in the order of the file. */
export interface PipelineConfig {
  readonly name: string;
  /** Nobody declared it: it is all nodes of a project without `pipelines`, and answers to any name. */
  readonly implicit?: true;
  readonly description?: string;
  readonly nodes: readonly string[];
  readonly startDate?: string;
  readonly endDate?: string;
  readonly maxParallelNodes?: number;
  /** What it says itself, over the global settings and under its nodes. */
  readonly execution?: PipelineExecution;
  /** @default what its nodes are: `hybrid` when some are streaming and some are not */
  readonly type?: PipelineType;
  readonly hyperparams: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly mlops: Readonly<Record<string, unknown>>;
  readonly position: SourcePosition;
  /** Where each of `nodes` was named, in the same order. */
  readonly nodePositions?: readonly SourcePosition[];
  readonly written?: WrittenPositions;
}

/** What kinds of nodes a pipeline may have. */
export type PipelineType = "batch" | "streaming" | "hybrid";

/** As written: what it does not say comes from the global settings. */
export interface PipelineExecution {
  readonly failFast?: boolean;
  readonly retries?: Partial<RetryConfig>;
  readonly timeoutMs?: number;
  readonly runTimeoutMs?: number;
  readonly circuitBreaker?: Partial<CircuitBreakerConfig>;
}

/** `config/ml_info.yaml`. */
export interface MlInfo {
  readonly mlops: Readonly<Record<string, unknown>>;
  readonly hyperparams: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly metrics: readonly string[];
  readonly modelRegistry: Readonly<Record<string, unknown>>;
}

/** One node as loaded: its code, what it reads and writes, and how it is run. */
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
  /** As written: what it does not say comes from the pipeline, then from the global settings. */
  readonly retries?: Partial<RetryConfig>;
  readonly timeoutMs?: number;
  readonly mlops: Readonly<Record<string, unknown>>;
  /** Present on a node that runs as a Structured Streaming query. */
  readonly streaming?: StreamingConfig;
  /** Columns of feature sources, `source.column`, joined to the first input. */
  readonly features?: readonly FeatureRef[];
  /** The TIMESTAMP or DATE column of the first input as of which features are joined; without it, the latest are. */
  readonly asOf?: string;
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
  /** Of a node that has retries or a timeout of its own. */
  readonly written?: WrittenPositions;
}

/** One feature: the column `feature` of the dataset `source`, which declares `entity_keys`. */
export interface FeatureRef {
  readonly source: string;
  readonly feature: string;
  readonly position?: SourcePosition;
}

/** How a node runs as a Structured Streaming query; durations in milliseconds. */
export interface StreamingConfig {
  readonly trigger:
    | { readonly kind: "processing_time" | "continuous"; readonly intervalMs: number }
    | { readonly kind: "available_now" | "once" | "default" };
  /** @default "append" */
  readonly outputMode: "append" | "update" | "complete";
  /** Where the query remembers its progress, as the server sees it. @default a place below the project's own folder */
  readonly checkpoint?: string;
  readonly watermark?: { readonly column: string; readonly delayMs: number };
  readonly position?: SourcePosition;
}

/** What a node runs: an export of a module, or SQL text. */
export type NodeCode =
  | { readonly kind: "function"; readonly ref: string }
  | { readonly kind: "sql"; readonly text: string; readonly file?: string };

/** One dataset or feature set that a node reads. */
export interface NodeInput {
  readonly dataset: string;
  /** `run`: a dataset with a window column is filtered to the run's window. `all`: it is read whole. */
  readonly window: "run" | "all";
  readonly position?: SourcePosition;
}

/** What happens to the rows that a dataset has already. */
export type WriteMode = "overwrite" | "append" | "error" | "ignore" | "merge" | "replace_window";

/** One dataset as loaded: where it is, in which format, and what its rows must be. */
export interface DatasetConfig {
  readonly name: string;
  readonly location: DatasetLocation;
  readonly format: string;
  /** @default "replace_window" with a window column, else "overwrite" */
  readonly mode: WriteMode;
  readonly windowColumn?: string;
  readonly partitionBy: readonly string[];
  readonly mergeKeys: readonly string[];
  /** SQL over `source` and `target`: which matched rows a merge updates. @default all */
  readonly mergeUpdateCondition?: string;
  /** SQL over `source` and `target`: which matched rows a merge deletes, before any is updated. @default none */
  readonly mergeDeleteCondition?: string;
  readonly options: Readonly<Record<string, string>>;
  /** Whether a node of the project writes it. @default false */
  readonly isOutput?: boolean;
  /** The columns that are stored, in order, checked before every write. */
  readonly schema?: readonly SchemaColumn[];
  /** What of the stored columns a write may change. @default "none" */
  readonly schemaEvolution?: SchemaEvolution;
  /** What must hold for the rows, computed before they are stored. */
  readonly checks?: readonly DatasetCheck[];
  /** What to do with a result without rows. @default "write" */
  readonly onEmpty?: EmptyPolicy;
  /** The registered data source that reads it, instead of Spark's own reader. */
  readonly source?: string;
  /** The columns that identify an entity; with them the dataset is a source of features. */
  readonly entityKeys?: readonly string[];
  /** When a row of a source of features became known: TIMESTAMP or DATE. */
  readonly timestampColumn?: string;
  readonly description?: string;
  readonly position?: SourcePosition;
  /** Where the key was written, by its name in the file: `mode`, `format`, `window_column`, … */
  readonly positions?: Readonly<Partial<Record<string, SourcePosition>>>;
}

/** `none`: columns stay as they are. `add`: new ones are added. `any`: they become those of the result. */
export type SchemaEvolution = "none" | "add" | "any";

/**
 * `write`: the empty result is stored like any other, `warn`: and a warning is logged, `skip`: nothing is written and
 * the outcome says so, `error`: the node fails.
 */
export type EmptyPolicy = "write" | "warn" | "skip" | "error";

/** One column that a dataset declares. */
export interface SchemaColumn {
  readonly name: string;
  /** In Spark's DDL: `decimal(10,2)`, `array<string>`. */
  readonly type: string;
  /** @default true */
  readonly nullable: boolean;
  readonly position?: SourcePosition;
}

/** One rule for the rows of a dataset. `warn` tells of a violation, `error` also refuses the write. */
export type DatasetCheck = {
  /** Unique within the dataset; made of kind and columns where none was written. */
  readonly name: string;
  readonly severity: "error" | "warn";
  readonly position?: SourcePosition;
} & CheckRule;

/** What a check asks of the rows. */
export type CheckRule =
  | { readonly kind: "not_null" | "unique"; readonly columns: readonly string[] }
  /** NULL is accepted. Values as written, so that no digit is lost. */
  | { readonly kind: "accepted_values"; readonly column: string; readonly values: readonly string[] }
  /** Both ends included; NULL is accepted. Bounds as written. */
  | { readonly kind: "range"; readonly column: string; readonly min?: string; readonly max?: string }
  | { readonly kind: "row_count"; readonly min?: number; readonly max?: number }
  /** A SQL condition that every row must meet; a row for which it is NULL does not. */
  | { readonly kind: "expression"; readonly sql: string };

/**
 * A `path` is absolute or a URI, as the Spark server sees it. What has neither table nor path is found by its
 * `options`: jdbc, kafka, and datasets with a `source`.
 */
export type DatasetLocation =
  | { readonly kind: "table"; readonly table: string }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "options" };
