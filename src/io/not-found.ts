import { SparkwrightError } from "../core/error.ts";

/** The error classes with which Spark and Delta say that a table or path does not exist. */
const notFound = new Set([
  "SPARK_TABLE_OR_VIEW_NOT_FOUND",
  "SPARK_SCHEMA_NOT_FOUND",
  "SPARK_PATH_NOT_FOUND",
  "SPARK_DELTA_TABLE_NOT_FOUND",
  "SPARK_DELTA_MISSING_DELTA_TABLE",
  "SPARK_DELTA_PATH_DOES_NOT_EXIST",
  "SPARK_DELTA_PATH_BASED_ACCESS_TO_MISSING_TABLE",
]);

export function isNotFound(thrown: unknown): boolean {
  return thrown instanceof SparkwrightError && notFound.has(thrown.code);
}

/** So Spark says of a folder without any file: of rows by partitions, an empty result leaves nothing else. */
export function isWithoutColumns(thrown: unknown): boolean {
  return thrown instanceof SparkwrightError && thrown.code === "SPARK_UNABLE_TO_INFER_SCHEMA";
}
