import { formatNames, formatPolicy } from "./format-policy.ts";

/** The policy of every format as a table for people: a head and one row per format. */
export function formatTable(): readonly (readonly string[])[] {
  const head = [
    "format",
    "batch source",
    "batch sink: modes",
    "streaming source",
    "streaming sink",
    "partition_by",
    "columns on read",
    "nested types",
  ];
  const rows = formatNames.map((name) => {
    const policy = formatPolicy(name);
    if (policy === undefined) throw new RangeError(`there is no format ${name}`);
    return [
      name,
      yesNo(policy.batchSource),
      [...policy.modes].join(", ") || "no",
      yesNo(policy.streamingSource),
      yesNo(policy.streamingSink),
      yesNo(policy.partitioning),
      policy.schemaOnRead,
      policy.nested,
    ];
  });
  return [head, ...rows];
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
