import type { DatasetSummary } from "../../events/run-summary.ts";
import { isOnceOnly } from "../../io/output-fate.ts";
import { isRepeatable } from "../../io/save-output.ts";
import type { PlannedNode, RunPlan } from "../../planning/run-plan.ts";
import type { NodeRecord, RunDetails } from "../../state/run-store.ts";
import { hasSucceeded } from "./decide.ts";
import { lossOf } from "./lost-outputs.ts";
import type { OutputAtTarget } from "./outputs-at-targets.ts";
import { summaryOf } from "./written-by-success.ts";

export interface Settlements {
  /** Nodes that have written all they had to, with what. */
  readonly settled: ReadonlyMap<string, readonly DatasetSummary[]>;
  /** Nodes of which that cannot be told, with the dataset they may have written. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** Judges every node that has tried and is not known to have succeeded by what is at its targets. */
export function settleNodes(
  plan: RunPlan,
  run: RunDetails,
  targets: ReadonlyMap<string, readonly OutputAtTarget[]>,
): Settlements {
  const settled = new Map<string, readonly DatasetSummary[]>();
  const unknown = new Map<string, string>();
  const records = new Map(run.nodes.map((node) => [node.name, node]));
  for (const node of plan.nodes) {
    const record = records.get(node.name);
    if (record === undefined || hasSucceeded(record) || record.attempts.length === 0) continue;
    const written = writtenBy(run, record, targets.get(node.name) ?? []);
    if (written !== undefined) settled.set(node.name, written);
    else {
      const doubtful = begunForGood(plan, run, node);
      if (doubtful !== undefined) unknown.set(node.name, doubtful);
    }
  }
  return { settled, unknown };
}

/** What the last attempt has at its targets, if that is all; appends and merges, of which a run makes one, count whichever attempt made them. */
function writtenBy(
  run: RunDetails,
  { name: node, attempts }: NodeRecord,
  outputs: readonly OutputAtTarget[],
): readonly DatasetSummary[] | undefined {
  const attempt = attempts.at(-1)?.attempt ?? 0;
  const written: DatasetSummary[] = [];
  for (const output of outputs) {
    const { dataset, fate } = output;
    const known = run.datasets.find(
      (one) => one.node === node && one.attempt === attempt && one.dataset === dataset.name,
    );
    if (known !== undefined) {
      if (lossOf(output, known) !== undefined) return undefined;
      written.push(summaryOf(known));
      continue;
    }
    if (fate.kind !== "stands") return undefined;
    const { rows, version, tag } = fate.commit;
    if (tag.attempt !== attempt && !isOnceOnly(dataset)) return undefined;
    written.push({
      dataset: dataset.name,
      mode: dataset.mode,
      outcome: "written",
      rows,
      version,
      durationMs: 0,
    });
  }
  return written.length === 0 ? undefined : written;
}

/** A dataset that the node has begun to write in a way that must not be done twice. */
function begunForGood(plan: RunPlan, run: RunDetails, { name, config }: PlannedNode): string | undefined {
  return config.outputs.find((output) => {
    const dataset = plan.datasets.get(output);
    if (dataset === undefined || isRepeatable(dataset)) return false;
    return run.operations.some((operation) => operation.node === name && operation.dataset === output);
  });
}
