import type { DatasetConfig } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { RunPlan } from "../planning/run-plan.ts";

interface NamedColumn {
  readonly column: string;
  readonly key: string;
  readonly position: SourcePosition | undefined;
}

/** Columns that a dataset of the plan names for its writes and its own declared schema does not have. */
export function checkColumns(plan: RunPlan): SparkwrightError[] {
  const written = new Set(plan.nodes.flatMap(({ config }) => config.outputs));
  return [...plan.datasets.values()].flatMap((dataset) => {
    const { name, schema, schemaEvolution = "none" } = dataset;
    if (!written.has(name) || schema === undefined || schemaEvolution !== "none") return [];
    const known = schema.map((column) => column.name);
    const lower = new Set(known.map((column) => column.toLowerCase()));
    // `address.city` is a field of a column, and no rows are partitioned by one.
    const has = (column: string, key: string) =>
      lower.has(column) || (key !== "partition_by" && lower.has(column.split(".", 1)[0] ?? ""));
    return namedColumns(dataset)
      .filter(({ column, key }) => !has(column.toLowerCase(), key))
      .map((named) => unknownColumn(name, named, known));
  });
}

function namedColumns(dataset: DatasetConfig): NamedColumn[] {
  const { windowColumn, partitionBy, mergeKeys, checks = [], position, positions } = dataset;
  const of = (key: string, columns: readonly string[]) =>
    columns.map((column): NamedColumn => ({ column, key, position: positions?.[key] ?? position }));
  return [
    ...of("window_column", windowColumn === undefined ? [] : [windowColumn]),
    ...of("partition_by", partitionBy),
    ...of("merge_keys", mergeKeys),
    ...checks.flatMap((check) => {
      const columns = "columns" in check ? check.columns : "column" in check ? [check.column] : [];
      return of("checks", columns).map((named) => ({ ...named, position: check.position ?? position }));
    }),
  ];
}

function unknownColumn(
  dataset: string,
  { column, key, position }: NamedColumn,
  known: readonly string[],
): SparkwrightError {
  const meant = suggest(column, known);
  const message = `dataset "${dataset}": \`${key}\` names the column "${column}", which its schema does not have`;
  return new SparkwrightError("VALIDATION_UNKNOWN_COLUMN", message, {
    position,
    hint: `${meant === undefined ? "" : `Did you mean "${meant}"? `}Columns: ${known.join(", ")}.`,
    details: { dataset, column, suggestion: meant },
  });
}
