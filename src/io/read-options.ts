import type { DatasetConfig, SchemaColumn } from "../config/project.ts";
import { csvReadOptions } from "./csv-options.ts";

type Options = Readonly<Record<string, string>>;

/**
 * What reading says unless the dataset does. Spark's own defaults take CSV columns by position whatever the header
 * says, and make NULL of what they cannot read. A declared column for such lines keeps them aside.
 */
export function readOptions(dataset: DatasetConfig): Options {
  const { format, schema } = dataset;
  const mode = keepsCorrupt(dataset) ? "PERMISSIVE" : "FAILFAST";
  if (format === "csv") {
    // Of columns that nobody reads, Spark would not see that a line has too few or too many.
    const strict = { mode, columnPruning: "false", ...(schema !== undefined && { enforceSchema: "false" }) };
    return { ...csvReadOptions(dataset), ...strict };
  }
  return format === "json" && schema !== undefined ? { mode } : {};
}

/** Whether the dataset declares the column in which Spark keeps lines that it cannot read. */
function keepsCorrupt({ schema = [], options }: DatasetConfig): boolean {
  const [, name = "_corrupt_record"] =
    Object.entries(options).find(([key]) => key.toLowerCase() === "columnnameofcorruptrecord") ?? [];
  return schema.some((column: SchemaColumn) => column.name.toLowerCase() === name.toLowerCase());
}
