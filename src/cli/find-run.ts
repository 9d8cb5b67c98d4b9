import { SparkwrightError } from "../core/error.ts";
import type { RunDetails, RunStore } from "../state/run-store.ts";

/**
 * The run whose id is, or begins with, the text.
 *
 * Thrown when there is none (`USAGE_RUN_NOT_FOUND`) or more than one (`USAGE_RUN_AMBIGUOUS`).
 */
export function findRun(store: RunStore, text: string): RunDetails {
  const found = store.findRuns(text);
  const run = found.find(({ runId }) => runId === text) ?? (found.length === 1 ? found[0] : undefined);
  const details = run === undefined ? undefined : store.getRun(run.runId);
  if (details !== undefined) return details;
  if (found.length === 0) {
    throw new SparkwrightError("USAGE_RUN_NOT_FOUND", `there is no run "${text}"`, {
      hint: "List the runs: sparkwright history.",
    });
  }
  const ids = found.slice(0, 5).map(({ runId }) => runId);
  throw new SparkwrightError(
    "USAGE_RUN_AMBIGUOUS",
    `"${text}" begins ${found.length} runs: ${ids.join(", ")}`,
    {
      hint: "Write more of the id.",
      details: { runs: ids },
    },
  );
}
