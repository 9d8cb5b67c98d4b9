import * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { checksField } from "./dataset-checks.ts";
import { columnsField } from "./dataset-columns.ts";
import { datasetFaults } from "./dataset-faults.ts";
import { defined } from "./defined.ts";
import { matching, oneOf, record, setOf, text, textMap } from "./fields.ts";
import { nodeNames, tableNames } from "./names.ts";
import { type Entry, parseNamed, type Section } from "./parse-section.ts";
import type { DatasetConfig, DatasetLocation, GlobalSettings, NodeConfig } from "./project.ts";
import { serverPath } from "./server-path.ts";

const columns = () => setOf(text("a column's name"), "column names");

const datasetSchema = record(
  {
    description: text().optional(),
    format: text().optional(),
    table: text("a table's name").optional(),
    path: matching(/^[^\0]+$/, "a path or a URI").optional(),
    source: text("the name of a data source").optional(),
    mode: oneOf(["overwrite", "append", "error", "ignore", "merge", "replace_window"]).optional(),
    window_column: text("a column's name").optional(),
    partition_by: columns().optional(),
    merge_keys: columns().optional(),
    merge_update_condition: text("a SQL condition over source and target").optional(),
    merge_delete_condition: text("a SQL condition over source and target").optional(),
    options: textMap().optional(),
    schema: columnsField().optional(),
    schema_evolution: oneOf(["none", "add", "any"]).optional(),
    checks: checksField().optional(),
    on_empty: oneOf(["write", "warn", "skip", "error"]).optional(),
    entity_keys: columns().optional(),
    timestamp_column: text("a column's name").optional(),
  },
  "a map with a table or a path",
);

type WrittenDataset = z.output<typeof datasetSchema>;

/** The formats that their options locate, by a URL or a topic, and neither a table's name nor a path. */
const foundByOptions: ReadonlySet<string> = new Set(["jdbc", "kafka"]);

/** The declared datasets; `name:` with nothing below it is the managed table of that name. */
export function parseDatasets(
  section: Section | undefined,
  root: string,
  settings: GlobalSettings,
  errors: SparkwrightError[],
): Map<string, DatasetConfig> {
  const datasets = new Map<string, DatasetConfig>();
  if (section === undefined) return datasets;
  const schema = z.preprocess((value) => value ?? {}, datasetSchema);
  for (const entry of parseNamed(section, schema, nodeNames, errors)) {
    const dataset = toDataset(entry, root, settings);
    errors.push(...datasetFaults(entry, dataset));
    datasets.set(entry.name, dataset);
  }
  return datasets;
}

/** Every output nobody declared is a managed table of that name, in the default format. */
export function addUndeclaredOutputs(
  datasets: Map<string, DatasetConfig>,
  nodes: ReadonlyMap<string, NodeConfig>,
  settings: GlobalSettings,
  errors: SparkwrightError[],
): void {
  for (const node of nodes.values()) {
    for (const [index, name] of node.outputs.entries()) {
      if (datasets.has(name)) continue;
      datasets.set(name, managedTable(name, settings));
      if (tableNames.test(name)) continue;
      errors.push(
        new SparkwrightError("CONFIG_INVALID_NAME", `"${name}" cannot be a table's name`, {
          position: node.positions?.outputs[index] ?? node.position,
          hint: "Declare it in datasets.yaml with a `table` or `path`, or use letters, digits and `_` in up to three parts.",
        }),
      );
    }
  }
}

function managedTable(name: string, settings: GlobalSettings): DatasetConfig {
  return {
    name,
    location: { kind: "table", table: name },
    format: settings.defaultFormat.toLowerCase(),
    mode: "overwrite",
    partitionBy: [],
    mergeKeys: [],
    options: {},
  };
}

function toDataset(entry: Entry<WrittenDataset>, root: string, settings: GlobalSettings): DatasetConfig {
  const { name, value, position, at } = entry;
  const { window_column: windowColumn, description, checks, source } = value;
  const format = (value.format ?? settings.defaultFormat).toLowerCase();
  return {
    ...managedTable(name, settings),
    location: locationOf(name, format, value, root),
    format,
    mode: value.mode ?? (windowColumn === undefined ? "overwrite" : "replace_window"),
    partitionBy: value.partition_by ?? [],
    mergeKeys: value.merge_keys ?? [],
    options: value.options ?? {},
    ...defined({
      description,
      windowColumn,
      source,
      mergeUpdateCondition: value.merge_update_condition,
      mergeDeleteCondition: value.merge_delete_condition,
      schema: value.schema?.map(({ path, ...column }) => ({
        ...column,
        position: at(["schema", ...path], "key"),
      })),
      schemaEvolution: value.schema_evolution,
      checks: checks?.map((check, index) => ({ ...check, position: at(["checks", index]) })),
      onEmpty: value.on_empty,
      entityKeys: value.entity_keys,
      timestampColumn: value.timestamp_column,
    }),
    position,
    positions: Object.fromEntries(
      Object.keys(value).map((key): [string, SourcePosition] => [key, at([key])]),
    ),
  };
}

function locationOf(
  name: string,
  format: string,
  { table, path, source }: WrittenDataset,
  root: string,
): DatasetLocation {
  if (path !== undefined) return { kind: "path", path: serverPath(path, root) };
  if (table !== undefined) return { kind: "table", table };
  return source !== undefined || foundByOptions.has(format)
    ? { kind: "options" }
    : { kind: "table", table: name };
}
