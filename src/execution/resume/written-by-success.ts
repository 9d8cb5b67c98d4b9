import type { DatasetSummary } from "../../events/run-summary.ts";
import type { DatasetRecord, RunDetails } from "../../state/run-store.ts";

/** By node, what its last successful attempt wrote. */
export function writtenBySuccess(run: RunDetails): ReadonlyMap<string, readonly DatasetSummary[]> {
  return new Map(
    run.nodes.map(({ name, attempts }) => {
      const success = attempts.findLast(({ state }) => state === "success")?.attempt;
      const written = run.datasets.filter(({ node, attempt }) => node === name && attempt === success);
      return [name, written.map(summaryOf)];
    }),
  );
}

export function summaryOf({
  dataset,
  mode,
  outcome,
  rows,
  version,
  durationMs,
}: DatasetRecord): DatasetSummary {
  return { dataset, mode, outcome, rows, durationMs, ...(version !== undefined && { version }) };
}
