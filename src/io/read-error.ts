import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { datasetLabel } from "./dataset-name.ts";
import { isNotFound, isWithoutColumns } from "./not-found.ts";

/** What went wrong with reading a dataset: where nothing is found, whose path or catalog that is and what to do. */
export function readError(endpoint: string, dataset: DatasetConfig, cause: unknown): unknown {
  if (isWithoutColumns(cause)) {
    return new SparkwrightError(
      "DATASET_WITHOUT_COLUMNS",
      `${datasetLabel(dataset)} is a folder without files, which say what its columns are`,
      {
        hint: "Declare its columns in `schema` of the dataset: then it is read as one without rows.",
        position: dataset.position,
        cause,
        details: { dataset: dataset.name },
      },
    );
  }
  if (!isNotFound(cause)) return cause;
  const { location } = dataset;
  const where =
    location.kind === "path"
      ? "at this path. Dataset paths are the server's, not this machine's"
      : "of this name in its catalog";
  return new SparkwrightError(
    "DATASET_NOT_FOUND",
    `${datasetLabel(dataset)}: the Spark server at ${endpoint} finds nothing ${where}`,
    {
      hint: location.kind === "path" ? pathHint(location.path) : tableHint,
      cause,
      details: { dataset: dataset.name },
    },
  );
}

const tableHint =
  "Run the node that writes it first, or correct `table`; tables are known only to the server that keeps the catalog.";

function pathHint(path: string): string {
  const local = localPath(path);
  if (local === undefined) return "Check the path, and that the server has access to it.";
  return existsSync(local)
    ? "It exists on this machine, but the server does not see it: mount the folder into the server at the same path," +
        " or set `spark.remote: embedded`."
    : "It does not exist on this machine either: check the path, or run first what writes it.";
}

function localPath(path: string): string | undefined {
  if (path.startsWith("file:/")) return fileURLToPath(path.replace(/^file:\/(?!\/)/, "file:///"));
  return isAbsolute(path) ? path : undefined;
}
