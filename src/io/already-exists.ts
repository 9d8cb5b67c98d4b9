import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { formatPolicy } from "../formats/format-policy.ts";
import { datasetLabel } from "./dataset-name.ts";

/** The error classes with which Spark says that something is where mode `error` wants to write. */
const codes: ReadonlySet<string> = new Set([
  "SPARK_PATH_ALREADY_EXISTS",
  "SPARK_TABLE_OR_VIEW_ALREADY_EXISTS",
  // "Table or view '<table>' already exists. SaveMode: ErrorIfExists.", of JDBC
  "SPARK__LEGACY_ERROR_TEMP_1288",
]);

export function isAlreadyThere(thrown: unknown): boolean {
  return thrown instanceof SparkwrightError && codes.has(thrown.code);
}

/** The refusal of a write in mode `error`: `DATASET_EXISTS`. */
export function alreadyExists(dataset: DatasetConfig, cause?: unknown): SparkwrightError {
  const others = [...(formatPolicy(dataset.format)?.modes ?? [])].filter((mode) => mode !== "error");
  return new SparkwrightError(
    "DATASET_EXISTS",
    `${datasetLabel(dataset)} exists already, and its mode is error; nothing was written`,
    {
      hint: `Remove it, or choose another \`mode\`: ${others.join(", ")}.`,
      position: dataset.positions?.["mode"] ?? dataset.position,
      cause,
    },
  );
}
