import { SparkwrightError } from "../core/error.ts";
import { mergeClash } from "./merge-clash.ts";
import { tableNames } from "./names.ts";
import type { Entry } from "./parse-section.ts";
import type { DatasetConfig } from "./project.ts";

/** The keys of a dataset that contradict each other or want another one. */
export function datasetFaults(
  entry: Entry<object>,
  { location, format, mode, mergeKeys }: DatasetConfig,
): SparkwrightError[] {
  const { name, value, position, at } = entry;
  const errors: SparkwrightError[] = [];
  const has = (key: string) => Object.hasOwn(value, key);
  const fail = (key: string, message: string, hint: string, clash?: ReturnType<typeof mergeClash>) => {
    const place = has(key) ? at([key], "key") : position;
    const where = clash ?? { position: place, hint };
    errors.push(new SparkwrightError("CONFIG_DATASET", `datasets.${name} ${message}`, where));
  };

  if (has("table") && has("path")) {
    const hint = "Keep the one where the data is.";
    fail("path", "has both a table and a path", hint, mergeClash(entry, ["table", "path"]));
  } else if (location.kind === "table" && !has("table") && !tableNames.test(name)) {
    fail("name", "has no table, and its own name cannot be one", "Add a `table` or a `path`.");
  } else if (location.kind === "options" && !has("source") && !has("options")) {
    fail("format", `is found by its options, as ${format} is, but has none`, optionsHint(format));
  }

  if (mode === "replace_window" && !has("window_column")) {
    fail(
      "mode",
      "replaces its window but has no window_column",
      "Name the DATE column with `window_column`.",
    );
  }
  if (mode === "merge" && mergeKeys.length === 0) {
    fail(
      "mode",
      "is merged but has no merge_keys",
      "Name the columns that identify a row with `merge_keys`.",
    );
  }
  for (const key of ["merge_keys", "merge_update_condition", "merge_delete_condition"]) {
    if (mode === "merge" || !has(key)) continue;
    fail(key, `has ${key} but is not merged`, "Add `mode: merge` or remove them.");
  }
  if (has("timestamp_column") && !has("entity_keys")) {
    fail(
      "timestamp_column",
      "has a timestamp_column but no entity_keys",
      "Name the columns that identify an entity with `entity_keys`.",
    );
  }
  return errors;
}

function optionsHint(format: string): string {
  return format === "kafka"
    ? "Write them below `options`: kafka.bootstrap.servers, and subscribe or topic."
    : "Write them below `options`: url and dbtable, or what the format wants.";
}
