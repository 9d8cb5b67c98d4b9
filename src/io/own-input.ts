import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { datasetLabel } from "./dataset-name.ts";
import { samePlace } from "./same-place.ts";

/**
 * Thrown when a node would overwrite what it reads in a format whose old files go first: `DATASET_OVERWRITES_INPUT`.
 * Delta keeps the version that is being read.
 */
export function refuseOverwritingInputs(
  node: string,
  inputs: readonly DatasetConfig[],
  outputs: readonly DatasetConfig[],
): void {
  for (const output of outputs) {
    if (output.format === "delta" || output.mode !== "overwrite") continue;
    const input = inputs.find((dataset) => overlaps(dataset, output));
    if (input === undefined) continue;
    throw new SparkwrightError(
      "DATASET_OVERWRITES_INPUT",
      `node '${node}' reads ${datasetLabel(input)} and would overwrite ${datasetLabel(output)} while it does`,
      { hint: "Write to another dataset, or use `format: delta`, which can replace what it reads." },
    );
  }
}

function overlaps(input: DatasetConfig, output: DatasetConfig): boolean {
  if (input.name === output.name) return true;
  if (input.location.kind === "table") {
    return output.location.kind === "table" && same(input.location.table, output.location.table);
  }
  return (
    input.location.kind === "path" &&
    output.location.kind === "path" &&
    (samePlace(input.location.path, output.location.path) ||
      samePlace(output.location.path, input.location.path))
  );
}

function same(one: string, other: string): boolean {
  const plain = (table: string) => table.replaceAll("`", "").toLowerCase();
  return plain(one) === plain(other);
}
