import * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { defined } from "./defined.ts";
import { either } from "./either.ts";
import { duration, freeMap, issue, listOf, oneOf, record, setOf, text } from "./fields.ts";
import { drawnAs } from "./json-form.ts";
import { mergeClash } from "./merge-clash.ts";
import { datasetName, nodeName, nodeNames } from "./names.ts";
import { featuresField } from "./node-features.ts";
import { optional } from "./optional.ts";
import { type Entry, parseNamed, type Section } from "./parse-section.ts";
import type { NodeCode, NodeConfig, StreamingConfig } from "./project.ts";
import { isRawMap, type PathStep, RawScalar } from "./raw-value.ts";
import { retriesField } from "./retries.ts";
import { serverPath } from "./server-path.ts";
import { streamingField } from "./streaming-schema.ts";

const windowField = oneOf(["run", "all"]);

const writtenInput = record(
  {
    dataset: datasetName().describe("Its name"),
    window: optional(
      windowField,
      "`run`: only the days of the run, of a dataset with a window column; `all`: the whole dataset",
      "run",
    ),
  },
  "a dataset's name or a map",
);

/** `bronze.events`, or a map of the dataset and its window. */
const inputField = either(
  isRawMap,
  writtenInput,
  datasetName().transform((dataset) => ({ dataset, window: undefined })),
);

interface WrittenDependency {
  readonly name: string;
  readonly path: readonly PathStep[];
}

/** All five ways: `a`, `{a: {}}`, `[a, b]`, `[{a: {}}, {b: {}}]`, `[a, {b: {}}]`. */
const dependenciesField = drawnAs(
  z.unknown().transform((value, ctx): readonly WrittenDependency[] => {
    const found: WrittenDependency[] = [];
    const add = (item: unknown, path: readonly PathStep[]): void => {
      const name = item instanceof RawScalar && item.template !== undefined ? item.text : item;
      if (typeof name === "string" && nodeNames.test(name)) found.push({ name, path });
      else ctx.issues.push(issue(item, "a node's name", {}, path));
    };
    const addMap = (map: Readonly<Record<string, unknown>>, path: readonly PathStep[]): void => {
      for (const [name, options] of Object.entries(map)) {
        const empty = options === null || (isRawMap(options) && Object.keys(options).length === 0);
        if (empty) add(name, [...path, name]);
        else {
          const hint = `Write just \`${name}\`, or \`${name}: {}\`.`;
          ctx.issues.push(issue(options, "an empty map", { hint }, [...path, name]));
        }
      }
    };
    if (isRawMap(value)) addMap(value, []);
    else if (!Array.isArray(value)) add(value, []);
    else {
      for (const [index, item] of value.entries()) {
        if (isRawMap(item)) addMap(item, [index]);
        else add(item, [index]);
      }
    }
    return found;
  }),
  (draw) => {
    const name = draw(nodeName());
    const names = {
      type: "object",
      additionalProperties: { anyOf: [{ type: "null" }, { type: "object", maxProperties: 0 }] },
    };
    return { anyOf: [name, names, { type: "array", items: { anyOf: [name, names] } }] };
  },
);

const nodeSchema = record(
  {
    description: optional(text(), "What it does"),
    // What it may be is the importer's policy, with its own errors.
    function: optional(
      text("a module and its function, such as etl.extract_raw"),
      "Module and function: `etl.extract_raw` is `extract_raw` or `extractRaw` of src/etl.ts",
    ),
    sql: optional(
      text("the text of a query, or the path of a .sql file"),
      "A query, or the path of a .sql file, instead of a function",
    ),
    input: optional(
      listOf(inputField, "datasets", { ofMaps: true }),
      "Datasets it reads, in the order of its arguments; without any, the outputs of its dependencies",
    ),
    output: optional(setOf(datasetName(), "datasets"), "Datasets it writes, in the order of its results"),
    dependencies: optional(dependenciesField, "Nodes to wait for, beside those whose outputs it reads"),
    window: optional(windowField, "The `window` of all its inputs", "run"),
    hyperparams: optional(freeMap(), "Parameters, over all other files"),
    metrics: optional(listOf(text(), "metric names"), "Metrics to track"),
    tags: optional(listOf(text(), "tags"), "Words to select it by: `tag:nightly`"),
    retries: optional(retriesField({ inherits: true }), "As in `execution`, for this node"),
    timeout: optional(duration(), "Limit of one attempt"),
    mlops: optional(freeMap(), "Experiment tracking, over all other files"),
    streaming: optional(streamingField(), "Runs it as a Structured Streaming query; `{}` for the defaults"),
    features: optional(
      featuresField(),
      "Columns of feature sources, `dataset.column`, joined to the first input",
    ),
    as_of: optional(
      text("a column's name"),
      "Column of the first input: features are those known at that time; else the latest",
    ),
  },
  "a map with a function or sql",
);

type WrittenNode = z.output<typeof nodeSchema>;

/** What may be written for one node. */
export function nodeField(): z.ZodType {
  return nodeSchema;
}

/** A node whose `sql` names a file has that file's name where its text belongs, until it is read. */
export function parseNodes(
  section: Section,
  root: string,
  errors: SparkwrightError[],
): Map<string, NodeConfig> {
  const nodes = new Map<string, NodeConfig>();
  for (const entry of parseNamed(section, nodeSchema, nodeNames, errors)) {
    const code = nodeCode(entry, errors);
    errors.push(...featureFaults(entry));
    if (code !== undefined) nodes.set(entry.name, toNode(entry, code, root));
  }
  return nodes;
}

/** One line that ends in `.sql` and does not begin as a statement does; a file's name may have blanks in it. */
const sqlFile =
  /^(?!(?:select|with|from|values|table|map|reduce|insert|merge|update|delete|create|drop|alter|call)\s)[^\n(]+\.sql$/i;

function nodeCode(entry: Entry<WrittenNode>, errors: SparkwrightError[]): NodeCode | undefined {
  const { name, value, position, at } = entry;
  const { function: ref, sql } = value;
  if (ref !== undefined && sql === undefined) return { kind: "function", ref };
  if (sql !== undefined && ref === undefined) {
    return sqlFile.test(sql.trim())
      ? { kind: "sql", text: "", file: sql.trim() }
      : { kind: "sql", text: sql };
  }
  const hint = "Give it exactly one of `function` and `sql`.";
  const [found, where] =
    ref === undefined
      ? ["nothing to run", { position, hint }]
      : [
          "both a function and sql",
          mergeClash(entry, ["function", "sql"]) ?? { position: at(["sql"], "key"), hint },
        ];
  errors.push(new SparkwrightError("CONFIG_NODE_CODE", `nodes.${name} has ${found}`, where));
  return undefined;
}

function featureFaults({ name, value, at }: Entry<WrittenNode>): SparkwrightError[] {
  if (value.as_of === undefined || value.features !== undefined) return [];
  const hint = "Name them with `features`, or remove `as_of`.";
  const position = at(["as_of"], "key");
  return [
    new SparkwrightError("CONFIG_FEATURES", `nodes.${name} has as_of but no features`, { position, hint }),
  ];
}

function streamingOf(written: StreamingConfig, root: string, position: SourcePosition): StreamingConfig {
  const { checkpoint } = written;
  return {
    ...written,
    ...(checkpoint !== undefined && { checkpoint: serverPath(checkpoint, root) }),
    position,
  };
}

function toNode(entry: Entry<WrittenNode>, code: NodeCode, root: string): NodeConfig {
  const { name, value, position, at } = entry;
  const outputs = value.output ?? [];
  const hasLimits = value.retries !== undefined || value.timeout !== undefined;
  const dependencies = new Map((value.dependencies ?? []).map((written) => [written.name, written.path]));
  return {
    name,
    code,
    inputs: (value.input ?? []).map((input, index) => ({
      dataset: input.dataset,
      window: input.window ?? value.window ?? "run",
      position: at(["input", index]),
    })),
    outputs,
    dependencies: [...dependencies.keys()],
    hyperparams: value.hyperparams ?? {},
    metrics: value.metrics ?? [],
    tags: value.tags ?? [],
    mlops: value.mlops ?? {},
    ...defined({
      description: value.description,
      retries: value.retries,
      timeoutMs: value.timeout,
      window: value.window,
      streaming: value.streaming && streamingOf(value.streaming, root, at(["streaming"], "key")),
      features: value.features?.map((feature, index) => ({ ...feature, position: at(["features", index]) })),
      asOf: value.as_of,
    }),
    position,
    positions: {
      code: at([code.kind]),
      outputs: outputs.map((_, index) => at(["output", index])),
      dependencies: [...dependencies.values()].map((path) =>
        at(["dependencies", ...path], path.length === 0 ? "value" : "key"),
      ),
      ...(hasLimits && { written: entry.written(["retries"]) }),
    },
  };
}
