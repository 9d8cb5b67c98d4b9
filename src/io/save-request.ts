import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { CommitTag } from "./commit-tag.ts";
import { datasetLabel } from "./dataset-name.ts";
import type { DayWindow } from "./day-window.ts";

export interface SaveRequest {
  readonly session: SparkSession;
  readonly dataset: DatasetConfig;
  readonly frame: DataFrame;
  readonly window: DayWindow | undefined;
  /** Who writes; constant for one attempt of one node. */
  readonly tag: CommitTag;
}

export interface SavedDataset {
  /**
   * `already_written`: an earlier attempt of the same run had committed it, so nothing was added.
   * `ignored`: mode `ignore`, and there was something.
   */
  readonly outcome: "written" | "already_written" | "ignored";
  /** Counted by the write itself. */
  readonly rows: bigint;
  readonly version?: bigint;
}

/** Thrown by every write mode that is none; a mode must never silently become another one. */
export function unknownMode(dataset: DatasetConfig): SparkwrightError {
  return new SparkwrightError(
    "DATASET_MODE",
    `${datasetLabel(dataset)}: '${dataset.mode}' is not a write mode`,
    {
      hint: "Use overwrite, append, error, ignore, merge or replace_window.",
      position: dataset.positions?.["mode"] ?? dataset.position,
    },
  );
}
