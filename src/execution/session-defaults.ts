import type { DatasetConfig } from "../config/project.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { nameParts, quotedName } from "../sql-text/names.ts";

/** How the sessions of a run's attempts begin. */
export interface SessionDefaults {
  readonly conf: Readonly<Record<string, string>>;
  readonly catalog: string;
  readonly database: string;
}

export async function sessionDefaults(session: SparkSession): Promise<SessionDefaults> {
  const [conf, catalog, database] = await Promise.all([
    session.conf.getAll(),
    session.catalog.currentCatalog(),
    session.catalog.currentDatabase(),
  ]);
  return { conf, catalog, database };
}

/**
 * Settings that decide how the engine's own SQL is read, and how and where rows are stored: the project's, whatever a
 * node has set. All others (how a query is split, how files are compressed) hold for the node's writes too.
 */
const engineSettings =
  /^spark\.sql\.(session\.timeZone|ansi\..*|caseSensitive|storeAssignmentPolicy|sources\.(default|partitionOverwriteMode|partitionColumnTypeInference\..*)|parser\..*|variable\.substitute|defaultColumn\..*)$|^spark\.databricks\.delta\.(commitInfo|write\.txn|schema|replaceWhere|constraints|merge\.materialize)/;

/**
 * The rows that a node returned, such that the engine's settings can be put back to those of the run without changing
 * them: Spark reads a plan anew with every request, by the settings that the session has then. As a view it is read
 * once. Resolves to the DataFrames to store, when the settings are put back.
 */
export async function withRunSettings<T extends { readonly frame: DataFrame }>(
  session: SparkSession,
  { conf }: SessionDefaults,
  outputs: readonly T[],
): Promise<readonly T[]> {
  const now = await session.conf.getAll();
  const keys = new Set([...Object.keys(conf), ...Object.keys(now)]);
  const changed = [...keys].filter((key) => engineSettings.test(key) && conf[key] !== now[key]);
  if (changed.length === 0) return outputs;
  const kept: T[] = [];
  for (const [index, output] of outputs.entries()) {
    const view = `__sparkwright_output_${index}`;
    await output.frame.createOrReplaceTempView(view);
    kept.push({ ...output, frame: session.table(view) });
  }
  for (const key of changed) {
    const value = conf[key];
    if (value === undefined) await session.conf.unset(key);
    else await session.conf.set(key, value);
  }
  return kept;
}

/** The dataset under a table name that neither `USE` nor a view of the same name can give another meaning. */
export function qualified(
  dataset: DatasetConfig,
  { conf, catalog, database }: SessionDefaults,
): DatasetConfig {
  const { location } = dataset;
  if (location.kind !== "table") return dataset;
  const parts = nameParts(location.table);
  const [first = ""] = parts;
  const catalogs = Object.keys(conf).flatMap((key) => /^spark\.sql\.catalog\.([^.]+)$/.exec(key)?.[1] ?? []);
  if (parts.length === 1) return at(dataset, [catalog, database, ...parts]);
  // Only where there are several catalogs can another one become the current one.
  const others = catalogs.some((name) => name !== "spark_catalog");
  const namesCatalog = first === "spark_catalog" || catalogs.includes(first);
  return parts.length === 2 && others && !namesCatalog ? at(dataset, [catalog, ...parts]) : dataset;
}

function at(dataset: DatasetConfig, parts: readonly string[]): DatasetConfig {
  return { ...dataset, location: { kind: "table", table: quotedName(parts) } };
}
