import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { writeFault } from "../formats/format-policy.ts";
import { datasetLabel } from "./dataset-name.ts";
import { saveDelta } from "./save-delta.ts";
import { saveFiles } from "./save-files.ts";
import type { SavedDataset, SaveRequest } from "./save-request.ts";

/**
 * Stores the rows of a DataFrame by the dataset's write mode: all of them, once, and nothing else changes.
 *
 * Thrown when the mode does not fit the format (`DATASET_MODE`), the columns are not those of the stored data
 * (`DATASET_SCHEMA`), rows lie outside the window (`DATASET_OUTSIDE_WINDOW`), keys repeat
 * (`DATASET_DUPLICATE_KEYS`), or it exists already (`DATASET_EXISTS`).
 */
export async function saveOutput(request: SaveRequest): Promise<SavedDataset> {
  const { dataset } = request;
  const { format, mode, partitionBy } = dataset;
  const fault = writeFault(format, mode, partitionBy.length > 0);
  if (fault !== undefined) {
    throw new SparkwrightError("DATASET_MODE", `${datasetLabel(dataset)}: ${fault.why}`, {
      hint: fault.hint,
      position: dataset.positions?.[fault.key] ?? dataset.position,
    });
  }
  return format === "delta" ? await saveDelta(request) : await saveFiles(request);
}

/** Whether writing the same again after an attempt of unknown outcome leaves what one write leaves. */
export function isRepeatable({ format, mode }: DatasetConfig): boolean {
  return format === "delta" || mode === "overwrite" || mode === "ignore";
}
