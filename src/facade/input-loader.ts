import { dataSourcesOf } from "../execution/data-sources.ts";
import { loadInput } from "../io/load-input.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { type CodeWindow, checkContext, checkedWindow, datasetOf } from "./check-dataset.ts";
import type { Context } from "./context.ts";
import { loadOfRun } from "./dataset-access.ts";

export interface LoadRequest extends CodeWindow {
  /** Its name in the project. */
  readonly dataset: string;
  readonly session: SparkSession;
}

/**
 * Reads the datasets of a project, as the inputs of its nodes are read. Given to an executor, a subclass that overrides
 * `load` sees every load of its runs, those of features too; what it returns is what the node gets.
 *
 * @example
 * class Sampled extends InputLoader {
 *   override async load(request: LoadRequest) {
 *     return (await super.load(request)).limit(1_000);
 *   }
 * }
 */
export class InputLoader {
  readonly context: Context;

  constructor(context: Context) {
    checkContext(context);
    this.context = context;
  }

  /**
   * A dataset as a DataFrame; with a window, only its days of a dataset that has a `window_column`.
   *
   * Thrown when the project has no such dataset (`USAGE_UNKNOWN_DATASET`) or nothing is stored there
   * (`DATASET_NOT_FOUND`).
   *
   * @example
   * const events = await loader.load({ dataset: "silver.events", session: await executor.session() });
   */
  async load(request: LoadRequest): Promise<DataFrame> {
    const window = checkedWindow(request);
    const ofRun = loadOfRun(request.dataset);
    if (ofRun !== undefined && request.session === ofRun.session)
      return await ofRun.load(ofRun.dataset, window);
    const dataset = datasetOf(this.context, request.dataset);
    return await loadInput(request.session, dataset, window, dataSourcesOf(this.context.project));
  }
}
