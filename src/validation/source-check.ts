import type { DatasetConfig, Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import { importFunction } from "../modules/import-function.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/**
 * What is wrong with the data sources of a plan's datasets. Modules of users may register some when they are
 * imported, so this comes after them.
 */
export async function checkSources(
  { root, settings }: Project,
  plan: RunPlan,
  registered: Iterable<string>,
): Promise<SparkwrightError[]> {
  const { dataSources = {}, security } = settings;
  const known = [...new Set([...Object.keys(dataSources), ...registered])];
  const errors: SparkwrightError[] = [];
  for (const dataset of plan.datasets.values()) {
    const { source } = dataset;
    if (source === undefined) continue;
    const ref = Object.hasOwn(dataSources, source) ? dataSources[source] : undefined;
    if (ref !== undefined) {
      errors.push(...(await importFaults(dataset, () => importFunction(ref, { root, ...security }))));
    } else if (!known.includes(source)) errors.push(unknownSource(dataset, source, known));
  }
  return errors;
}

async function importFaults(
  { position: declared, positions }: DatasetConfig,
  load: () => Promise<unknown>,
): Promise<SparkwrightError[]> {
  try {
    await load();
    return [];
  } catch (error) {
    if (!(error instanceof SparkwrightError)) throw error;
    const { code, message, hint, cause, details, position = positions?.["source"] ?? declared } = error;
    return [new SparkwrightError(code, message, { hint, cause, details, position })];
  }
}

function unknownSource(dataset: DatasetConfig, source: string, known: readonly string[]): SparkwrightError {
  const meant = suggest(source, known);
  return new SparkwrightError(
    "VALIDATION_UNKNOWN_SOURCE",
    `dataset "${dataset.name}" names the data source "${source}", which does not exist`,
    {
      position: dataset.positions?.["source"] ?? dataset.position,
      hint:
        meant === undefined
          ? `Name its function under \`data_sources\` of the global settings. Known: ${known.join(", ") || "none"}.`
          : `Did you mean "${meant}"?`,
      details: { dataset: dataset.name, source, known },
    },
  );
}
