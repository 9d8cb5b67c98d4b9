import * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { checksField } from "./dataset-checks.ts";
import { columnsField } from "./dataset-columns.ts";
import { datasetFaults } from "./dataset-faults.ts";
import { defined } from "./defined.ts";
import { oneOf, record, setOf, text, textMap } from "./fields.ts";
import { nodeNames, tableNames } from "./names.ts";
import { optional } from "./optional.ts";
import { type Entry, parseNamed, type Section } from "./parse-section.ts";
import type { DatasetConfig, DatasetLocation, GlobalSettings, NodeConfig } from "./project.ts";
import { pathField, serverPath } from "./server-path.ts";

const columns = () => setOf(text("a column's name"), "column names");

const datasetSchema = record(
  {
    description: optional(text(), "What it holds"),
    format: optional(
      text(),
      "delta, parquet, orc, json, csv, text, avro, jdbc or kafka; else `default_format`",
    ),
    table: optional(
      text("a table's name"),
      "Table, in one to three parts; else the one named like the dataset",
    ),
    path: optional(
      pathField("a path or a URI, without ~ or $HOME"),
      "Path or URI, as the server sees it, instead of a table; relative to the project",
    ),
    source: optional(text("the name of a data source"), "Data source that reads it, instead of Spark"),
    mode: optional(
      oneOf(["overwrite", "append", "error", "ignore", "merge", "replace_window"]),
      "How it is written; with a window_column `replace_window`",
      "overwrite",
    ),
    window_column: optional(
      text("a column's name"),
      "DATE or TIMESTAMP column by which reads and writes keep to the days of the run",
    ),
    partition_by: optional(columns(), "Columns it is partitioned by"),
    merge_keys: optional(columns(), "Columns that identify a row, for `mode: merge`"),
    merge_update_condition: optional(
      text("a SQL condition over source and target"),
      "Which matched rows are updated, SQL over `source` and `target`; else all",
    ),
    merge_delete_condition: optional(
      text("a SQL condition over source and target"),
      "Which matched rows are deleted, before any is updated; else none",
    ),
    options: optional(textMap(), "Options of the format, as Spark knows them"),
    schema: optional(
      columnsField(),
      "Columns that are stored, in order: a list, or a map of names and types; checked before every write",
    ),
    schema_evolution: optional(
      oneOf(["none", "add", "any"]),
      "What of the stored columns a write may change",
      "none",
    ),
    checks: optional(checksField(), "Rules for its rows, checked before every write"),
    on_empty: optional(
      oneOf(["write", "warn", "skip", "error"]),
      "What to do with a result without rows",
      "write",
    ),
    entity_keys: optional(columns(), "Columns that identify an entity: makes it a source of features"),
    timestamp_column: optional(text("a column's name"), "When a row of a source of features became known"),
  },
  "a map with a table or a path",
);

type WrittenDataset = z.output<typeof datasetSchema>;

/** The formats that their options locate, by a URL or a topic, and neither a table's name nor a path. */
const foundByOptions: ReadonlySet<string> = new Set(["jdbc", "kafka"]);

/** What may be written for one dataset. */
export function datasetField(): z.ZodType {
  return datasetSchema;
}

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

/** Marks what nodes write; an output nobody declared is a managed table of that name, in the default format. */
export function addOutputs(
  datasets: Map<string, DatasetConfig>,
  nodes: ReadonlyMap<string, NodeConfig>,
  settings: GlobalSettings,
  errors: SparkwrightError[],
): void {
  for (const node of nodes.values()) {
    for (const [index, name] of node.outputs.entries()) {
      const declared = datasets.get(name);
      datasets.set(name, { ...(declared ?? managedTable(name, settings)), isOutput: true });
      if (declared !== undefined || tableNames.test(name)) continue;
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
