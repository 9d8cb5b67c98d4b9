import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { nameParts, quotedName } from "../sql-text/names.ts";
import { datasetLabel } from "./dataset-name.ts";
import { deltaStore } from "./delta-store.ts";
import { storedFrame } from "./load-input.ts";
import { foldersBelow } from "./same-place.ts";

/**
 * Whether the stored rows lie as `partition_by` says. Rows that are added lie where those before them do; what
 * replaces all of them may lie otherwise, if the dataset says so with `schema_evolution: any`.
 *
 * Thrown when the layouts differ and may not: `DATASET_PARTITIONING`.
 */
export async function changesLayout(session: SparkSession, dataset: DatasetConfig): Promise<boolean> {
  const { mode, partitionBy, schemaEvolution, format } = dataset;
  // Delta keeps its layout; other formats would mix two.
  if (partitionBy.length === 0 && mode !== "overwrite" && format === "delta") return false;
  const stored = await storedLayout(session, dataset);
  if (stored === undefined || list(stored) === list(partitionBy)) return false;
  if (mode === "overwrite" && schemaEvolution === "any") return true;
  throw new SparkwrightError(
    "DATASET_PARTITIONING",
    `${datasetLabel(dataset)} is stored ${layoutText(stored)}, but would be written ${layoutText(partitionBy)};` +
      " nothing was written",
    {
      hint:
        `${stored.length === 0 ? "Remove `partition_by`" : `Set \`partition_by: [${stored.join(", ")}]\``}` +
        (mode === "overwrite"
          ? ", or allow the new layout with `schema_evolution: any`."
          : ", or write all rows anew, with `mode: overwrite` and `schema_evolution: any`."),
      position: dataset.positions?.["partition_by"] ?? dataset.position,
      details: { dataset: dataset.name, stored, declared: partitionBy },
    },
  );
}

function layoutText(columns: readonly string[]): string {
  return columns.length === 0 ? "without partitions" : `partitioned by ${columns.join(", ")}`;
}

function list(columns: readonly string[]): string {
  return JSON.stringify(columns.map((name) => name.toLowerCase()));
}

/** The columns by which the stored rows are partitioned, in order; `undefined` when nobody can tell. */
async function storedLayout(
  session: SparkSession,
  dataset: DatasetConfig,
): Promise<readonly string[] | undefined> {
  const { location, format } = dataset;
  if (format === "delta") return await describedLayout(session, deltaStore(dataset).sqlName);
  if (location.kind === "table") return await describedLayout(session, quotedName(nameParts(location.table)));
  if (location.kind !== "path") return undefined;
  const files = await (await storedFrame(session, dataset)).inputFiles();
  const [file] = files;
  return file === undefined ? undefined : foldersBelow(location.path, file);
}

async function describedLayout(session: SparkSession, sqlName: string): Promise<readonly string[]> {
  const rows = await (await session.sql(`DESCRIBE TABLE ${sqlName}`)).collect();
  const cells = rows.map(
    (row) => row as unknown as { readonly col_name: string; readonly data_type: string },
  );
  const begin = cells.findLastIndex(
    ({ col_name: name, data_type: type }) => name === "# Partition Information" && type === "",
  );
  if (begin === -1) return [];
  const columns: string[] = [];
  for (const { col_name: name, data_type: type } of cells.slice(begin + 2)) {
    if (type === "") break;
    // Delta quotes names that need it, others never do.
    columns.push(name.startsWith("`") ? nameParts(name).join(".") : name);
  }
  return columns;
}
