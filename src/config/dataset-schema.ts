import { isAbsolute, resolve } from "node:path";
import * as z from "zod";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { matching, oneOf, record, setOf, text, textMap } from "./fields.ts";
import { nodeNames, tableNames } from "./names.ts";
import { type Entry, parseNamed, type Section } from "./parse-section.ts";
import type { DatasetConfig, DatasetLocation, GlobalSettings, NodeConfig } from "./project.ts";

const columns = () => setOf(text("a column's name"), "column names");

const datasetSchema = record(
  {
    description: text().optional(),
    format: text().optional(),
    table: text("a table's name").optional(),
    path: matching(/^[^\0]+$/, "a path or a URI").optional(),
    mode: oneOf(["overwrite", "append", "error", "ignore", "merge", "replace_window"]).optional(),
    window_column: text("a column's name").optional(),
    partition_by: columns().optional(),
    merge_keys: columns().optional(),
    options: textMap().optional(),
  },
  "a map with a table or a path",
);

type WrittenDataset = z.output<typeof datasetSchema>;

const keys = ["format", "table", "path", "mode", "window_column", "partition_by", "merge_keys", "options"];

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
    errors.push(...contradictions(entry));
    datasets.set(entry.name, toDataset(entry, root, settings));
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
  const written = keys.filter((key) => Object.hasOwn(value, key));
  return {
    ...managedTable(name, settings),
    location: locationOf(name, value, root),
    format: (value.format ?? settings.defaultFormat).toLowerCase(),
    mode: value.mode ?? (value.window_column === undefined ? "overwrite" : "replace_window"),
    ...(value.window_column !== undefined && { windowColumn: value.window_column }),
    partitionBy: value.partition_by ?? [],
    mergeKeys: value.merge_keys ?? [],
    options: value.options ?? {},
    ...(value.description !== undefined && { description: value.description }),
    position,
    positions: Object.fromEntries(written.map((key): [string, SourcePosition] => [key, at([key])])),
  };
}

function locationOf(name: string, { table, path }: WrittenDataset, root: string): DatasetLocation {
  if (path === undefined) return { kind: "table", table: table ?? name };
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(path);
  return { kind: "path", path: isUri || isAbsolute(path) ? path : resolve(root, path) };
}

function contradictions({ name, value, position, at }: Entry<WrittenDataset>): SparkwrightError[] {
  const errors: SparkwrightError[] = [];
  const fail = (key: string, message: string, hint: string) => {
    const place = Object.hasOwn(value, key) ? at([key], "key") : position;
    errors.push(
      new SparkwrightError("CONFIG_DATASET", `datasets.${name} ${message}`, { position: place, hint }),
    );
  };
  if (value.table !== undefined && value.path !== undefined) {
    fail("path", "has both a table and a path", "Keep the one where the data is.");
  } else if (value.table === undefined && value.path === undefined && !tableNames.test(name)) {
    fail("name", "has no table, and its own name cannot be one", "Add a `table` or a `path`.");
  }
  if (value.mode === "replace_window" && value.window_column === undefined) {
    fail(
      "mode",
      "replaces its window but has no window_column",
      "Name the DATE column with `window_column`.",
    );
  }
  if (value.mode === "merge" && (value.merge_keys ?? []).length === 0) {
    fail(
      "mode",
      "is merged but has no merge_keys",
      "Name the columns that identify a row with `merge_keys`.",
    );
  }
  if (value.mode !== "merge" && value.merge_keys !== undefined) {
    fail("merge_keys", "has merge_keys but is not merged", "Add `mode: merge` or remove them.");
  }
  return errors;
}
