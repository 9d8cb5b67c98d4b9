import { posix } from "node:path";
import type { DatasetConfig, DatasetLocation } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/**
 * Two datasets at one place, at least one of which is written: as they have two names, no node would wait for the
 * other, and what one writes the other could destroy.
 */
export function checkPlaces(plan: RunPlan): SparkwrightError[] {
  const written = new Set(plan.nodes.flatMap(({ config }) => config.outputs));
  const byPlace = Map.groupBy(plan.datasets.values(), ({ location }) => placeOf(location));
  return [...byPlace].flatMap(([place, [first, ...others]]) => {
    if (place === undefined || first === undefined) return [];
    return others
      .filter(({ name }) => written.has(first.name) || written.has(name))
      .map((other) => samePlace(first, other, positionOf(plan, other)));
  });
}

/** Where a dataset is declared; one that is not, where a node first writes it. */
function positionOf(plan: RunPlan, { name, location, position, positions }: DatasetConfig) {
  const declared = positions?.[location.kind === "path" ? "path" : "table"] ?? position;
  if (declared !== undefined) return declared;
  const writer = plan.nodes.find(({ config }) => config.outputs.includes(name))?.config;
  return writer?.positions?.outputs[writer.outputs.indexOf(name)] ?? writer?.position;
}

/** The same text for two spellings of one table or path; `undefined` for what is found by its options. */
export function placeOf(location: DatasetLocation): string | undefined {
  if (location.kind === "table") return `table ${canonicalTable(location.table)}`;
  if (location.kind === "path") return `path ${posix.normalize(location.path).replace(/(?<=.)\/$/, "")}`;
  return undefined;
}

/** A name as Spark's own catalog and database complete it, which are what a session begins with. */
function canonicalTable(table: string): string {
  const name = table.replaceAll("`", "").toLowerCase();
  return name.includes(".") ? name.replace(/^spark_catalog\.(?=[^.]+\.)/, "") : `default.${name}`;
}

function samePlace(
  first: DatasetConfig,
  { name, location }: DatasetConfig,
  position: SourcePosition | undefined,
): SparkwrightError {
  const where = location.kind === "path" ? "path" : "table";
  const message = `the datasets "${first.name}" and "${name}" are the same ${where}, and this pipeline writes it`;
  return new SparkwrightError("VALIDATION_SAME_PLACE", message, {
    position,
    hint: `Declare it once and use the name "${first.name}" for it everywhere.`,
    details: { datasets: [first.name, name] },
  });
}
