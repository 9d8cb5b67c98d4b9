import { randomUUID } from "node:crypto";
import { saveOutput } from "../io/save-output.ts";
import type { SavedDataset } from "../io/save-request.ts";
import { DataFrame } from "../sql/data-frame.ts";
import { checkText, invalidArgument } from "./check-argument.ts";
import { type CodeWindow, checkContext, checkedWindow, datasetOf } from "./check-dataset.ts";
import type { Context } from "./context.ts";
import { saveOfRun } from "./dataset-access.ts";

export interface SaveDatasetRequest extends CodeWindow {
  /** Its name in the project. */
  readonly dataset: string;
  readonly frame: DataFrame;
  /** Who writes, as the history of a Delta table will say. @default "manual" */
  readonly nodeName?: string;
}

/**
 * Stores the datasets of a project, as the outputs of its nodes are stored: by write mode, schema and checks. Given to an
 * executor, a subclass that overrides `save` sees every save of its runs. What it stores by `super.save` in the dataset
 * of the request is the run's own write: recorded, once for all attempts, found again by a resume. What else it writes
 * is its own affair, with every attempt anew.
 */
export class OutputManager {
  readonly context: Context;

  constructor(context: Context) {
    checkContext(context);
    this.context = context;
  }

  /**
   * Stores the rows of a DataFrame as its dataset's write mode says. Every call writes, but for those that a run makes:
   * the attempts of its nodes know of each other.
   *
   * Thrown when the project has no such dataset (`USAGE_UNKNOWN_DATASET`) or the rows cannot be stored (`DATASET_*`).
   *
   * @example
   * await outputs.save({ dataset: "silver.events", frame: clean, startDate: "2025-01-01", endDate: "2025-01-31" });
   */
  async save(request: SaveDatasetRequest): Promise<SavedDataset> {
    const { frame, nodeName = "manual" } = request;
    if (!(frame instanceof DataFrame)) throw invalidArgument("frame", "a DataFrame", frame);
    checkText("nodeName", nodeName);
    const ofRun = saveOfRun(request.dataset);
    if (ofRun !== undefined && frame.sparkSession === ofRun.request.session) {
      ofRun.saved = await saveOutput({ ...ofRun.request, frame });
      return ofRun.saved;
    }
    return await saveOutput({
      session: frame.sparkSession,
      dataset: datasetOf(this.context, request.dataset),
      frame,
      window: checkedWindow(request),
      tag: { pipeline: "manual", node: nodeName, runId: randomUUID(), attempt: 1 },
    });
  }
}
