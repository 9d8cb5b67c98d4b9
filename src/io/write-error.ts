import type { DatasetConfig } from "../config/project.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";
import { datasetLabel } from "./dataset-name.ts";
import type { DayWindow } from "./day-window.ts";
import { windowLabel } from "./day-window.ts";
import { nullNameError } from "./partition-columns.ts";

/** How the check for repeated keys, which runs inside Spark, is recognised in its error. */
export const duplicateKeysMark = "sparkwright: more than one row has the keys ";

/** What went wrong with a write, in the words of the project where Spark's are about its internals. */
export function writeError(
  dataset: DatasetConfig,
  window: DayWindow | undefined,
  node: string,
  cause: unknown,
): unknown {
  if (!(cause instanceof SparkwrightError)) return cause;
  if (cause.code === "SPARK_DELTA_REPLACE_WHERE_MISMATCH") {
    const days = window === undefined ? "" : ` ${windowLabel(window)}`;
    return new SparkwrightError(
      "DATASET_OUTSIDE_WINDOW",
      `${datasetLabel(dataset)}: node '${node}' returned rows whose '${dataset.windowColumn}' is NULL or outside` +
        ` the run's window${days}; nothing was written`,
      {
        hint: "Filter the rows to ctx.startDate and ctx.endDate, or run a window that holds them.",
        cause,
        details: { dataset: dataset.name, node, windowColumn: dataset.windowColumn },
      },
    );
  }
  const nullName = nullNameError(dataset, cause);
  if (nullName !== undefined) return nullName;
  const repeated = messageOf(cause).split(duplicateKeysMark)[1]?.split("\n")[0];
  if (repeated === undefined) return cause;
  return new SparkwrightError(
    "DATASET_DUPLICATE_KEYS",
    `${datasetLabel(dataset)}: node '${node}' returned more than one row for the same` +
      ` ${dataset.mergeKeys.join(", ")}: ${repeated}; nothing was written`,
    { hint: "Return one row per key, for example with dropDuplicates or an aggregate.", cause },
  );
}
