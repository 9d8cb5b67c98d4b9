/** What sparkwright knows about a format as a source or sink of nodes. */
export interface FormatPolicy {
  readonly name: string;
  readonly batchSource: boolean;
  /** The write modes of a batch node; none when it is no batch sink. */
  readonly modes: ReadonlySet<string>;
  readonly streamingSource: boolean;
  readonly streamingSink: boolean;
  readonly partitioning: boolean;
  /** Whether it is found by a table's name or a path; jdbc and kafka are found by their options. */
  readonly located: boolean;
  /**
   * Where the columns come from when it is read: `stored` with the data; `declared` by the dataset's `schema`, else
   * guessed from the data; `fixed` for all data of the format.
   */
  readonly schemaOnRead: "stored" | "declared" | "fixed";
  /** Which nested types it can hold. */
  readonly nested: "all" | "none";
}

const fileModes: ReadonlySet<string> = new Set(["overwrite", "append", "error", "ignore"]);
const deltaModes: ReadonlySet<string> = new Set([...fileModes, "merge", "replace_window"]);

function files(name: string): FormatPolicy {
  return {
    name,
    batchSource: true,
    modes: fileModes,
    streamingSource: true,
    streamingSink: true,
    partitioning: true,
    located: true,
    schemaOnRead: "stored",
    nested: "all",
  };
}

const policies: readonly FormatPolicy[] = [
  { ...files("delta"), modes: deltaModes },
  files("parquet"),
  files("orc"),
  { ...files("json"), schemaOnRead: "declared" },
  { ...files("csv"), schemaOnRead: "declared", nested: "none" },
  { ...files("text"), schemaOnRead: "fixed", nested: "none" },
  files("avro"),
  {
    name: "jdbc",
    batchSource: true,
    modes: fileModes,
    streamingSource: false,
    streamingSink: false,
    partitioning: false,
    located: false,
    schemaOnRead: "stored",
    nested: "none",
  },
  {
    name: "kafka",
    batchSource: true,
    modes: new Set(["append"]),
    streamingSource: true,
    streamingSink: true,
    partitioning: false,
    located: false,
    schemaOnRead: "fixed",
    nested: "none",
  },
];

/** What is known about every format, by its name. */
export const formatPolicies: ReadonlyMap<string, FormatPolicy> = new Map(
  policies.map((policy) => [policy.name, policy]),
);

/** The names of all known formats. */
export const formatNames: readonly string[] = policies.map((policy) => policy.name);

/** What is known about a format; `undefined` for one that sparkwright does not know. */
export function formatPolicy(format: string): FormatPolicy | undefined {
  return formatPolicies.get(format);
}

/** Why a dataset cannot be used so, at which key, and what to do instead. */
export interface FormatFault {
  readonly key: string;
  readonly why: string;
  readonly hint: string;
}

/** Why a dataset cannot be written so; `undefined` when it can. */
export function writeFault(format: string, mode: string, partitioned: boolean): FormatFault | undefined {
  const policy = formatPolicy(format);
  if (policy === undefined) return undefined;
  if (!policy.modes.has(mode)) {
    const list = [...policy.modes].join(", ");
    const known = policy.modes.size === 1 ? `Use mode ${list}.` : `Use one of the modes ${list}.`;
    const hint =
      deltaModes.has(mode) && !fileModes.has(mode) && policy.located
        ? `Use \`format: delta\`, or one of the modes ${list}.`
        : known;
    return { key: "mode", why: `${format} does not support mode ${mode}`, hint };
  }
  if (partitioned && !policy.partitioning) {
    return { key: "partition_by", why: `${format} cannot be partitioned`, hint: "Remove partition_by." };
  }
  return undefined;
}
