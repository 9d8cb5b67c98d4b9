import type { DatasetSummary } from "../../events/run-summary.ts";
import type { OutputAtTarget } from "./outputs-at-targets.ts";

/** Why what a node has written no longer counts. */
export interface Loss {
  readonly reason: string;
  /** Whether nothing of it is left. */
  readonly isWhole: boolean;
}

/** By node, why what it has written no longer counts. */
export function lostOutputs(
  written: ReadonlyMap<string, readonly DatasetSummary[]>,
  targets: ReadonlyMap<string, readonly OutputAtTarget[]>,
): ReadonlyMap<string, Loss> {
  const lost = new Map<string, Loss>();
  for (const [node, datasets] of written) {
    for (const recorded of datasets) {
      const output = targets.get(node)?.find(({ dataset }) => dataset.name === recorded.dataset);
      const loss = output && lossOf(output, recorded);
      if (loss !== undefined) lost.set(node, loss);
    }
  }
  return lost;
}

/** Why an output that was recorded so does not count as written; `undefined` when it does. */
export function lossOf(
  { dataset: { name }, fate }: Pick<OutputAtTarget, "dataset" | "fate">,
  { outcome, version: recorded }: Pick<DatasetSummary, "outcome" | "version">,
): Loss | undefined {
  if (outcome === "skipped") return undefined;
  if (fate.kind === "gone") return { reason: `what it wrote is not in ${name} any more`, isWhole: true };
  if (outcome === "ignored") return undefined;
  switch (fate.kind) {
    case "stands": {
      const { version } = fate.commit;
      if (recorded === undefined || version === recorded) return undefined;
      const reason = `what it wrote to ${name} in version ${recorded} was undone, and that of version ${version} is back`;
      return { reason, isWhole: true };
    }
    case "absent":
      return { reason: `what it wrote is not in ${name} any more`, isWhole: true };
    case "undone":
    case "damaged": {
      const { version, operation } = fate.by;
      const isWhole = fate.kind === "undone";
      const verb = isWhole ? "undone" : "changed";
      return { reason: `what it wrote to ${name} was ${verb} by version ${version} (${operation})`, isWhole };
    }
    case "unknown":
      return {
        reason: `the history of ${name} no longer tells whether what it wrote is there`,
        isWhole: false,
      };
    default:
      return undefined;
  }
}
