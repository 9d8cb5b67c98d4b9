import type { DatasetConfig } from "../../config/project.ts";
import {
  type CatalogFacts,
  type DatasetIdentity,
  datasetIdentity,
  pathIdentity,
  tableIdentity,
} from "./dataset-identity.ts";
import { type PlanRelation, parseAttributes } from "./plan-relation.ts";

export interface RelationFacts {
  /** The text of the physical plan: only there stand the paths that are read. */
  readonly physical: string;
  /** What the node says that it reads. */
  readonly inputs: readonly DatasetConfig[];
  readonly catalog: CatalogFacts;
}

/** The dataset that a relation of a plan is; `undefined` when that cannot be told for sure. */
export function relationIdentity(relation: PlanRelation, facts: RelationFacts): DatasetIdentity | undefined {
  const { inputs, catalog } = facts;
  const { table, reader } = relation;
  if (table !== undefined) return tableIdentity(table, catalog);
  const declared = (format: string, fits: (dataset: DatasetConfig) => boolean) => {
    const found = inputs.filter((dataset) => dataset.format === format && fits(dataset));
    return found.length === 1 && found[0] !== undefined ? datasetIdentity(found[0], catalog) : undefined;
  };
  const dbtable = /^JDBCRelation\((.*?)\)(?: \[|$)/s.exec(reader)?.[1];
  if (dbtable !== undefined) {
    return declared("jdbc", ({ options }) =>
      Object.entries(options).some(([key, value]) => key.toLowerCase() === "dbtable" && value === dbtable),
    );
  }
  if (/^(?:KafkaRelation|kafka)\b/i.test(reader)) return declared("kafka", () => true);
  return filesIdentity(relation, facts);
}

/** The one folder or file that the columns of the relation are scanned from. */
function filesIdentity(
  { attributes }: PlanRelation,
  { physical, inputs, catalog }: RelationFacts,
): DatasetIdentity | undefined {
  const ids = new Set(attributes.map(({ id }) => id));
  const paths = new Set(
    scans(physical).flatMap((scan) => (scan.ids.some((id) => ids.has(id)) ? scan.paths : [])),
  );
  const found = [...paths].map(pathIdentity);
  const [only] = found;
  if (found.length === 1) return only;
  // Several paths are one dataset when the node declares them as one, with a pattern.
  const patterns = inputs.filter(({ location }) => {
    if (location.kind !== "path" || found.length === 0) return false;
    const pattern = pathIdentity(location.path.replace(/[^/]*[*?[{].*$/, ""));
    return (
      /[*?[{]/.test(location.path) &&
      found.every(
        (path) => path?.namespace === pattern?.namespace && path?.name.startsWith(pattern?.name ?? "/"),
      )
    );
  });
  return patterns.length === 1 && patterns[0] !== undefined
    ? datasetIdentity(patterns[0], catalog)
    : undefined;
}

interface Scan {
  readonly ids: readonly string[];
  readonly paths: readonly string[];
}

/** Every scan of files; what is cached is a scan of all that lies below it. */
function scans(physical: string): Scan[] {
  const found: Scan[] = [];
  let cached: { readonly indent: number; readonly ids: readonly string[] } | undefined;
  for (const line of physical.split("\n")) {
    const indent = /^[\s:+-]*/.exec(line)?.[0].length ?? 0;
    if (cached !== undefined && indent <= cached.indent) cached = undefined;
    const memory = /^[\s:+-]*InMemoryRelation \[(.*?)\], StorageLevel/.exec(line)?.[1];
    if (memory !== undefined) cached = { indent, ids: idsOf(memory, ", ") };
    const [, list, locations] =
      /FileScan \w+ ?[^[]*\[(.*?)\] .*?Location: \w+ ?\(\d+ paths?\)\[(.*?)\](?:, |$)/.exec(line) ?? [];
    if (list === undefined || locations === undefined) continue;
    found.push({ ids: cached?.ids ?? idsOf(list, ","), paths: locations.split(", ") });
  }
  return found;
}

function idsOf(list: string, separator: "," | ", "): string[] {
  return parseAttributes(list, separator)?.map(({ id }) => id) ?? [];
}
