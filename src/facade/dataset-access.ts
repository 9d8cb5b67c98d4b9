import { AsyncLocalStorage } from "node:async_hooks";
import { SparkwrightError } from "../core/error.ts";
import type { DatasetAccess, LoadedDataset } from "../execution/dataset-access.ts";
import type { SavedDataset, SaveRequest } from "../io/save-request.ts";
import { DataFrame } from "../sql/data-frame.ts";
import type { InputLoader } from "./input-loader.ts";
import type { OutputManager } from "./output-manager.ts";

/** What a run wants saved, and what became of it. */
interface Saving {
  readonly request: SaveRequest;
  saved?: SavedDataset;
}

const loading = new AsyncLocalStorage<LoadedDataset>();
const saving = new AsyncLocalStorage<Saving>();

/** The load of a run that a call of `InputLoader.load` belongs to: that of the same dataset. */
export function loadOfRun(dataset: string): LoadedDataset | undefined {
  const loaded = loading.getStore();
  return loaded?.dataset.name === dataset ? loaded : undefined;
}

/** The save of a run that a call of `OutputManager.save` belongs to: that of the same dataset. */
export function saveOfRun(dataset: string): Saving | undefined {
  const under = saving.getStore();
  return under?.request.dataset.name === dataset ? under : undefined;
}

/**
 * The loads and saves of a run, by a loader and a manager of the user's own. Nothing when both are sparkwright's, for
 * these do what a run does without them.
 */
export function datasetAccess(
  loader: InputLoader,
  manager: OutputManager,
  own: { readonly load: unknown; readonly save: unknown },
): DatasetAccess | undefined {
  if (loader.load === own.load && manager.save === own.save) return undefined;
  return {
    load: async (loaded) => {
      const { session, dataset, window = {} } = loaded;
      const { name } = dataset;
      const frame: unknown = await loading.run(loaded, () =>
        loader.load({ dataset: name, session, ...window }),
      );
      if (frame instanceof DataFrame && frame.sparkSession.sessionId === session.sessionId) return frame;
      const what =
        frame instanceof DataFrame ? "a DataFrame of another session" : `no DataFrame, but ${typeof frame}`;
      throw new SparkwrightError(
        "DATASET_LOADER_RESULT",
        `dataset '${name}': load() of the executor's inputLoader returned ${what}`,
        {
          hint: "Return what super.load(request) resolves to, or a DataFrame made from it or from request.session.",
          details: { dataset: name },
        },
      );
    },
    save: async (request) => {
      const { dataset, frame, tag, window = {} } = request;
      const under: Saving = { request };
      const call = { dataset: dataset.name, frame, nodeName: tag.node, ...window };
      const returned = await saving.run(under, () => manager.save(call));
      const saved = isSaved(returned) ? returned : under.saved;
      if (saved !== undefined) return saved;
      throw new SparkwrightError(
        "DATASET_NOT_SAVED",
        `dataset '${dataset.name}': save() of the executor's outputManager ended without having stored it`,
        {
          hint: 'Return what super.save(request) resolves to, or { outcome: "written", rows } with the rows that were stored.',
          details: { dataset: dataset.name },
        },
      );
    },
  };
}

function isSaved(value: unknown): value is SavedDataset {
  if (typeof value !== "object" || value === null) return false;
  const { outcome, rows } = value as Partial<SavedDataset>;
  const outcomes: readonly unknown[] = ["written", "already_written", "ignored", "skipped"];
  return outcomes.includes(outcome) && typeof rows === "bigint";
}
