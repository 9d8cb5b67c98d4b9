import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { DateWindow } from "../planning/run-plan.ts";
import { checkDay, checkText, invalidArgument } from "./check-argument.ts";
import { Context } from "./context.ts";

/** Both ends of a window, or none. */
export interface CodeWindow {
  /** First day, ISO `YYYY-MM-DD`. */
  readonly startDate?: string | undefined;
  /** Last day, included. */
  readonly endDate?: string | undefined;
}

export function checkedWindow({ startDate, endDate }: CodeWindow): DateWindow | undefined {
  checkDay("startDate", startDate);
  checkDay("endDate", endDate);
  if (startDate === undefined && endDate === undefined) return undefined;
  if (startDate === undefined) throw invalidArgument("startDate", "given together with endDate", startDate);
  if (endDate === undefined) throw invalidArgument("endDate", "given together with startDate", endDate);
  if (startDate > endDate) {
    throw invalidArgument("endDate", `${startDate} or later, where the window starts`, endDate);
  }
  return { startDate, endDate };
}

export function checkContext(context: unknown): asserts context is Context {
  if (!(context instanceof Context)) {
    throw invalidArgument("context", "a Context, as Context.load makes it", context);
  }
}

export function datasetOf({ datasets }: Context, name: string): DatasetConfig {
  checkText("dataset", name);
  const dataset = datasets.get(name);
  if (dataset !== undefined) return dataset;
  const meant = suggest(name, datasets.keys());
  throw new SparkwrightError("USAGE_UNKNOWN_DATASET", `the project has no dataset "${name}"`, {
    hint: meant === undefined ? "Declare it in datasets.yaml." : `Did you mean "${meant}"?`,
    details: { dataset: name, suggestion: meant },
  });
}
