import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import type { CheckedRows } from "./checks/check-result.ts";
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
  /** When the run began, milliseconds since 1970: what earlier attempts wrote is not older. */
  readonly sinceMs?: number | undefined;
  /**
   * Runs each operation that changes stored data: the place for a last check before it (a throw keeps it from being
   * sent) and for what its operation is recorded with.
   */
  readonly commit?: (<T>(write: () => Promise<T>) => Promise<T>) | undefined;
  /** Told what the checks found, before anything is written or refused. */
  readonly onChecked?: ((checked: CheckedRows) => void) | undefined;
  /** Told what does not keep the rows from being written but should be known. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** A dataset that is about to be written: whatever stands in the way, as far as it is known, has been ruled out. */
export interface WriteTarget {
  /** The rows in the columns of the stored data. */
  readonly frame: DataFrame;
  /** Writes `frame`, or the same rows read from elsewhere; `rows` is their number where it is known. */
  write(frame: DataFrame, rows: bigint | undefined): Promise<SavedDataset>;
}

/** Runs an operation that changes stored data, as the request wants it run. */
export async function committing<T>({ commit }: SaveRequest, write: () => Promise<T>): Promise<T> {
  return await (commit === undefined ? write() : commit(write));
}

/** What became of one write. */
export interface SavedDataset {
  /**
   * `already_written`: an earlier attempt of the same run had committed it, so nothing was added.
   * `ignored`: mode `ignore`, and there was something. `skipped`: there were no rows, and `on_empty` is `skip`.
   */
  readonly outcome: "written" | "already_written" | "ignored" | "skipped";
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
