import type { DatasetConfig } from "../../config/project.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { FindDataSource } from "../../io/data-source.ts";
import { currentVersion, type DatasetVersion } from "../../io/delta-history.ts";
import type { SparkSession } from "../../sql/spark-session.ts";

/** The version an input has now; `undefined` when it keeps none, as a view, or is no Delta table after all. */
export async function inputVersion(
  session: SparkSession,
  dataset: DatasetConfig,
  findSource?: FindDataSource,
): Promise<DatasetVersion | undefined> {
  try {
    return await currentVersion(session, dataset, findSource);
  } catch (error) {
    if (error instanceof SparkwrightError && error.code.startsWith("SPARK_")) return undefined;
    throw error;
  }
}
