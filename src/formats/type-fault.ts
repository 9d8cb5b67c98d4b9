import type { FormatFault } from "./format-policy.ts";
import { formatPolicy } from "./format-policy.ts";

/** A column as a format sees it; `type` in Spark's DDL. */
export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

const nested = /^(array|map|struct|variant)\b/i;
const kafkaColumns: ReadonlyMap<string, RegExp> = new Map([
  ["key", /^(string|binary)$/i],
  ["value", /^(string|binary)$/i],
  ["topic", /^string$/i],
  ["partition", /^(int|integer)$/i],
  ["headers", /^array<struct</i],
]);

/** Why a format cannot hold columns, with the name of the column; `undefined` when it can, or is not known. */
export function typeFault(
  format: string,
  columns: readonly TypedColumn[],
  partitionBy: readonly string[],
): (Omit<FormatFault, "key"> & { readonly column: string }) | undefined {
  if (format === "kafka") return kafkaFault(columns);
  const folders = new Set(partitionBy.map((name) => name.toLowerCase()));
  if (format === "text") return textFault(columns.filter(({ name }) => !folders.has(name.toLowerCase())));
  if (formatPolicy(format)?.nested !== "none") return undefined;
  const bad = columns.find(({ type }) => nested.test(type));
  return (
    bad && {
      column: bad.name,
      why: `${format} cannot hold column '${bad.name}', which is ${bad.type}`,
      hint: "Turn it into text with to_json, select what is in it, or use parquet or delta.",
    }
  );
}

function textFault(columns: readonly TypedColumn[]): ReturnType<typeof typeFault> {
  const [only] = columns;
  if (only !== undefined && columns.length === 1 && /^string$/i.test(only.type)) return undefined;
  return {
    column: columns.find(({ type }) => !/^string$/i.test(type))?.name ?? columns[1]?.name ?? "",
    why: `text holds one column of type string, not ${columns.map(({ name, type }) => `${name} ${type}`).join(", ") || "none"}`,
    hint: "Make one string of the columns, for example with to_json or concat_ws.",
  };
}

function kafkaFault(columns: readonly TypedColumn[]): ReturnType<typeof typeFault> {
  const hint =
    "Return `value` as string or binary, and `key`, `topic`, `partition`, `headers` as you need them.";
  for (const { name, type } of columns) {
    const allowed = kafkaColumns.get(name.toLowerCase());
    if (allowed === undefined) {
      return { column: name, why: `a Kafka message has no column '${name}'`, hint };
    }
    if (!allowed.test(type)) {
      return { column: name, why: `column '${name}' of a Kafka message cannot be ${type}`, hint };
    }
  }
  if (columns.some(({ name }) => name.toLowerCase() === "value")) return undefined;
  return { column: "value", why: "a Kafka message needs a column 'value'", hint };
}
