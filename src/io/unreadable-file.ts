import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { chainOf } from "../core/error-chain.ts";
import { SparkError } from "../sql/index.ts";
import { datasetLabel } from "./dataset-name.ts";
import { samePlace } from "./same-place.ts";

const headerHint =
  "Declare `schema` with the columns of the header, in its order, or correct the file; files with other headers are other datasets.";
const rowHint =
  "Correct it. Or keep such lines apart, in a column `_corrupt_record` of type string that you add to `schema`;" +
  " or let go of them with the option `mode`: PERMISSIVE (what does not fit is NULL) or DROPMALFORMED.";

/**
 * What a node failed with; where that is a line or a header of CSV or JSON that does not fit, in words that name the
 * dataset among those it reads: `DATASET_MALFORMED`.
 */
export function unreadableFile(inputs: readonly DatasetConfig[], thrown: unknown): unknown {
  const failed = chainOf(thrown).find(
    (error): error is SparkError =>
      error instanceof SparkError && error.errorClass?.startsWith("FAILED_READ_FILE") === true,
  );
  const file = failed?.messageParameters["path"];
  if (failed === undefined || file === undefined) return thrown;
  const dataset = inputs.find(
    ({ location, format }) =>
      (format === "csv" || format === "json") && location.kind === "path" && samePlace(file, location.path),
  );
  const [, why] = chainOf(failed);
  if (dataset === undefined || !(why instanceof SparkError)) return thrown;
  const isHeader = /CSV header/.test(why.message);
  const isRow = why.errorClass?.startsWith("MALFORMED_RECORD") === true;
  if (!isHeader && !isRow) return thrown;
  const found = why.message
    .replace(/^\[[A-Z_.]+\]\s*/, "")
    .replace(/\s*(Parse Mode:|CSV file:)[\s\S]*$/, "")
    .replaceAll(/\s*\n\s*/g, "; ")
    .replaceAll(/([.:]);/g, "$1");
  return new SparkwrightError("DATASET_MALFORMED", `${datasetLabel(dataset)}: ${found} (file ${file})`, {
    hint: isHeader ? headerHint : rowHint,
    position: dataset.positions?.["schema"] ?? dataset.position,
    cause: thrown,
    details: { dataset: dataset.name, file },
  });
}
