/** What sparkwright knows about a format as the source or sink of a batch node. */
export interface FormatPolicy {
  readonly name: string;
  readonly batchSource: boolean;
  /** The write modes it supports; none when it is no batch sink. */
  readonly modes: ReadonlySet<string>;
  readonly partitioning: boolean;
  /** Whether it is found by a table's name or a path; jdbc and kafka are found by their options. */
  readonly located: boolean;
  readonly streamingSource: boolean;
  readonly streamingSink: boolean;
}

const fileModes: ReadonlySet<string> = new Set(["overwrite", "append", "error", "ignore"]);
const deltaModes: ReadonlySet<string> = new Set([...fileModes, "merge", "replace_window"]);

function files(name: string): FormatPolicy {
  return {
    name,
    batchSource: true,
    modes: fileModes,
    partitioning: true,
    located: true,
    streamingSource: true,
    streamingSink: true,
  };
}

const policies: readonly FormatPolicy[] = [
  { ...files("delta"), modes: deltaModes },
  files("parquet"),
  files("orc"),
  files("json"),
  files("csv"),
  files("text"),
  files("avro"),
  {
    name: "jdbc",
    batchSource: true,
    modes: fileModes,
    partitioning: false,
    located: false,
    streamingSource: false,
    streamingSink: false,
  },
  {
    name: "kafka",
    batchSource: true,
    modes: new Set(["append"]),
    partitioning: false,
    located: false,
    streamingSource: true,
    streamingSink: true,
  },
];

const byName: ReadonlyMap<string, FormatPolicy> = new Map(policies.map((policy) => [policy.name, policy]));

/** The names of all known formats. */
export const formatNames: readonly string[] = policies.map((policy) => policy.name);

/** What is known about a format; `undefined` for one that sparkwright does not know. */
export function formatPolicy(format: string): FormatPolicy | undefined {
  return byName.get(format);
}

/** Why a dataset cannot be written so, and what to do instead; `undefined` when it can. */
export function writeFault(
  format: string,
  mode: string,
  partitioned: boolean,
):
  | { readonly key: "format" | "mode" | "partition_by"; readonly why: string; readonly hint: string }
  | undefined {
  const policy = formatPolicy(format);
  if (policy === undefined) return undefined;
  if (!policy.modes.has(mode)) {
    const hint =
      deltaModes.has(mode) && !fileModes.has(mode)
        ? `Use \`format: delta\`, or one of the modes ${[...policy.modes].join(", ")}.`
        : `Use one of the modes ${[...policy.modes].join(", ")}.`;
    return { key: "mode", why: `${format} does not support mode ${mode}`, hint };
  }
  if (partitioned && !policy.partitioning) {
    return { key: "partition_by", why: `${format} cannot be partitioned`, hint: "Remove partition_by." };
  }
  return undefined;
}
