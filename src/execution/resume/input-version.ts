import type { DatasetConfig } from "../../config/project.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { FindDataSource } from "../../io/data-source.ts";
import { currentVersion, type DatasetVersion, versionsOfSameRows } from "../../io/delta-history.ts";
import type { SparkSession } from "../../sql/spark-session.ts";

/** The version an input has now; `undefined` when it keeps none, as a view, or is no Delta table after all. */
export async function inputVersion(
  session: SparkSession,
  dataset: DatasetConfig,
  findSource?: FindDataSource,
): Promise<DatasetVersion | undefined> {
  return await orNone(() => currentVersion(session, dataset, findSource));
}

/** The version an input has now, and those before it with the same rows; none when it keeps none. */
export async function inputVersions(
  session: SparkSession,
  dataset: DatasetConfig,
  findSource?: FindDataSource,
): Promise<readonly DatasetVersion[]> {
  return (await orNone(() => versionsOfSameRows(session, dataset, findSource))) ?? [];
}

async function orNone<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SparkwrightError && error.code.startsWith("SPARK_")) return undefined;
    throw error;
  }
}
