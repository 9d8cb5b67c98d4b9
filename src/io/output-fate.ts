import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type CommitFate, commitFate, type Undoing } from "./commit-fate.ts";
import { datasetLabel } from "./dataset-name.ts";
import { type CommitQuery, clockSkewMicros, deltaHistory, firstLook, growth } from "./delta-history.ts";
import { isNotFound } from "./not-found.ts";

/**
 * What there is of a node's output at its target. `gone`: nothing at all is there. `unknown`: the history of the table
 * no longer reaches back to the run. `untold`: something may be there, and nobody can say whose it is.
 */
export type OutputFate = CommitFate | { readonly kind: "gone" | "unknown" | "untold" };

export interface OutputQuery extends CommitQuery {
  /** The version that the output is known to have committed. */
  readonly version?: bigint | undefined;
}

/** Looks at the target of an output for what the run has written there. */
export async function outputFate(
  session: SparkSession,
  dataset: DatasetConfig,
  query: OutputQuery,
): Promise<OutputFate> {
  if (dataset.source !== undefined) return { kind: "untold" };
  if (dataset.format !== "delta") return { kind: (await isThere(session, dataset)) ? "untold" : "gone" };
  const beginning =
    query.sinceMs === undefined ? undefined : BigInt(Math.floor(query.sinceMs)) * 1_000n - clockSkewMicros;
  for (let limit = firstLook; ; limit *= growth) {
    const history = await deltaHistory(session, dataset, limit);
    const oldest = history.at(-1);
    if (oldest === undefined) return { kind: "gone" };
    const fate = commitFate(history, query, dataset.name);
    if (fate.kind === "stands" || fate.kind === "damaged") return fate;
    const reachesBack =
      oldest.version === 0n ||
      (beginning !== undefined &&
        oldest.committedAt.epochMicros < beginning &&
        oldest.version <= (query.version ?? oldest.version));
    if (reachesBack) return fate;
    if (history.length < limit) return fate.kind === "absent" ? { kind: "unknown" } : fate;
  }
}

/** Whether making the same write twice would leave more, or something else, than making it once. */
export function isOnceOnly({ mode }: Pick<DatasetConfig, "mode">): boolean {
  return mode !== "overwrite" && mode !== "replace_window";
}

/** What was written was partly taken away, so that it can neither count as done nor be made again. */
export function damaged(dataset: DatasetConfig, version: bigint, by: Undoing): SparkwrightError {
  return new SparkwrightError(
    "DATASET_WRITE_DAMAGED",
    `${datasetLabel(dataset)}: what this run wrote in version ${version} was changed by version ${by.version} (${by.operation}), so it is neither there as a whole nor gone`,
    {
      hint: `Undo it with RESTORE TABLE, to the version before ${version} to have the rows written again, or to ${version} to keep them; then resume the run.`,
      position: dataset.position,
      details: { dataset: dataset.name, version: String(version), by: String(by.version) },
    },
  );
}

/** Of a path or a table. Other places cannot be asked. */
async function isThere(session: SparkSession, { location }: DatasetConfig): Promise<boolean> {
  if (location.kind === "options") return true;
  try {
    // This format takes any file, and its columns are known before one is read.
    if (location.kind === "path") await session.read.format("binaryFile").load(location.path).schema();
    else await session.table(location.table).schema();
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    if (error instanceof SparkwrightError && error.code.startsWith("SPARK_")) return true;
    throw error;
  }
}
