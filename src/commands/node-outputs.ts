import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface NodeOutput {
  readonly dataset: string;
  readonly frame: DataFrame;
}

/**
 * What a node returned, as one DataFrame per declared output, in declared order.
 *
 * Thrown when it is anything else: `NODE_NO_RESULT`, `NODE_RESULT_TYPE`, `NODE_RESULT_KEYS`, `NODE_RESULT_UNUSED`,
 * `NODE_FOREIGN_SESSION`.
 */
export function nodeOutputs(
  node: string,
  outputs: readonly string[],
  result: unknown,
  session: SparkSession,
): readonly NodeOutput[] {
  const [only] = outputs;
  if (only === undefined) return noOutputs(node, result);
  if (result === undefined || result === null) {
    throw resultError("NODE_NO_RESULT", node, result, outputs, "Add the missing `return`.");
  }
  if (outputs.length === 1 && !isRecord(result)) return [checked(node, only, result, outputs, session)];
  if (!isRecord(result)) throw resultError("NODE_RESULT_TYPE", node, result, outputs, shapeHint(outputs));
  checkKeys(node, outputs, Object.keys(result));
  return outputs.map((dataset) => checked(node, dataset, result[dataset], outputs, session));
}

function noOutputs(node: string, result: unknown): readonly NodeOutput[] {
  const frames = isRecord(result) ? Object.values(result) : [result];
  if (!frames.some((frame) => frame instanceof DataFrame)) return [];
  throw new SparkwrightError(
    "NODE_RESULT_UNUSED",
    `node '${node}' returned ${describe(result)}, but declares no output, so it would be lost`,
    { hint: "Name the dataset under `output` of the node, or return nothing.", details: { node } },
  );
}

function checked(
  node: string,
  dataset: string,
  value: unknown,
  outputs: readonly string[],
  session: SparkSession,
): NodeOutput {
  if (!(value instanceof DataFrame)) {
    const hint = typeHint(value) ?? shapeHint(outputs);
    throw resultError("NODE_RESULT_TYPE", node, value, [dataset], hint);
  }
  if (value.sparkSession !== session) {
    throw new SparkwrightError(
      "NODE_FOREIGN_SESSION",
      `node '${node}' returned for '${dataset}' a DataFrame of another session than its own`,
      {
        hint:
          "Build it from the inputs or from ctx.spark: every attempt of a node has a session of its own, so a DataFrame" +
          " that was kept from another one must be read again.",
        details: { node, dataset },
      },
    );
  }
  return { dataset, frame: value };
}

function checkKeys(node: string, outputs: readonly string[], keys: readonly string[]): void {
  const missing = outputs.filter((dataset) => !keys.includes(dataset));
  const extra = keys.filter((key) => !outputs.includes(key));
  if (missing.length === 0 && extra.length === 0) return;
  const parts = [
    ...(missing.length > 0 ? [`without ${quoted(missing)}`] : []),
    ...(extra.length > 0 ? [`with ${quoted(extra)}, which it does not declare as output`] : []),
  ];
  const guess = extra.map((key) => suggest(key, missing)).find((name) => name !== undefined);
  throw new SparkwrightError("NODE_RESULT_KEYS", `node '${node}' returned a record ${parts.join(" and ")}`, {
    hint:
      guess === undefined
        ? `Return exactly the keys ${quoted(outputs)}.`
        : `Did you mean '${guess}'? Return exactly the keys ${quoted(outputs)}.`,
    details: { node, missing, extra },
  });
}

function resultError(
  code: string,
  node: string,
  value: unknown,
  outputs: readonly string[],
  hint: string,
): SparkwrightError {
  const expected = outputs.length === 1 ? "a DataFrame" : "a record of DataFrames";
  return new SparkwrightError(
    code,
    `node '${node}' returned ${describe(value)} instead of ${expected} for ${quoted(outputs)}`,
    { hint, details: { node, outputs } },
  );
}

function shapeHint(outputs: readonly string[]): string {
  return outputs.length === 1
    ? "Return one DataFrame."
    : `Return { ${outputs.map((dataset) => `"${dataset}": df`).join(", ")} }.`;
}

function typeHint(value: unknown): string | undefined {
  if (value instanceof Promise) return "It is a Promise: await it before it is returned.";
  const name = className(value);
  if (name === "DataFrame") {
    return "It comes from another installed copy of sparkwright: install one only, and import from it.";
  }
  if (name === "GroupedData") return "Aggregate it first: .agg(…) or .count().";
  if (Array.isArray(value)) return "Turn rows into a DataFrame: ctx.spark.createDataFrame(rows).";
  return undefined;
}

/** A plain object, as a literal makes it. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (isRecord(value)) return `a record with the keys ${quoted(Object.keys(value))}`;
  if (Array.isArray(value)) return `an array of ${value.length} items`;
  const name = className(value) || tagOf(value);
  if (name !== undefined) return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
  return typeof value === "string"
    ? `the string ${JSON.stringify(value)}`
    : `the ${typeof value} ${String(value)}`;
}

function className(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const name: unknown = (value.constructor as { name?: unknown } | undefined)?.name;
  return typeof name === "string" ? name : undefined;
}

/** What an object without a named class calls itself: `Generator`, `AsyncGenerator`. */
function tagOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null
    ? Object.prototype.toString.call(value).slice("[object ".length, -1)
    : undefined;
}

function quoted(names: readonly string[]): string {
  return names.length === 0 ? "(none)" : names.map((name) => `'${name}'`).join(", ");
}
