import type { DatasetConfig } from "../config/project.ts";
import type { SavedDataset, SaveRequest } from "../io/save-request.ts";
import type { DateWindow } from "../planning/run-plan.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";

/** What an attempt is about to read. */
export interface LoadedDataset {
  readonly session: SparkSession;
  readonly dataset: DatasetConfig;
  readonly window: DateWindow | undefined;
  /** Reads it as a run does. */
  readonly load: (dataset: DatasetConfig, window: DateWindow | undefined) => Promise<DataFrame>;
}

/** Takes the place of the engine's own loads and saves: all of a run go through it. */
export interface DatasetAccess {
  load(loaded: LoadedDataset): Promise<DataFrame>;
  save(request: SaveRequest): Promise<SavedDataset>;
}
