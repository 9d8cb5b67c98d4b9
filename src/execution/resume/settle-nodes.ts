import type { DatasetSummary } from "../../events/run-summary.ts";
import { findCommit } from "../../io/delta-history.ts";
import { isRepeatable } from "../../io/save-output.ts";
import type { PlannedNode, RunPlan } from "../../planning/run-plan.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import type { NodeRecord, RunDetails } from "../../state/run-store.ts";

export interface Settlements {
  /** Nodes that have written all they had to, with what. */
  readonly settled: ReadonlyMap<string, readonly DatasetSummary[]>;
  /** Nodes of which that cannot be told, with the dataset they may have written. */
  readonly unknown: ReadonlyMap<string, string>;
}

/** Looks at the targets of every node that has tried and is not known to have succeeded. */
export async function settleNodes(
  session: SparkSession,
  plan: RunPlan,
  run: RunDetails,
): Promise<Settlements> {
  const settled = new Map<string, readonly DatasetSummary[]>();
  const unknown = new Map<string, string>();
  const records = new Map(run.nodes.map((node) => [node.name, node]));
  await Promise.all(
    plan.nodes.map(async (node) => {
      const record = records.get(node.name);
      if (record === undefined || record.state === "success" || record.attempts.length === 0) return;
      const written = await writtenBy(session, plan, run, node, record);
      if (written !== undefined) settled.set(node.name, written);
      else {
        const doubtful = begunForGood(plan, run, node);
        if (doubtful !== undefined) unknown.set(node.name, doubtful);
      }
    }),
  );
  return { settled, unknown };
}

/** What the last attempt has at its targets, if that is all; appends and merges, of which a run makes one, count whichever attempt made them. */
async function writtenBy(
  session: SparkSession,
  plan: RunPlan,
  run: RunDetails,
  { name: node, config }: PlannedNode,
  record: NodeRecord,
): Promise<readonly DatasetSummary[] | undefined> {
  const attempt = record.attempts.at(-1)?.attempt ?? 0;
  const written: DatasetSummary[] = [];
  for (const output of config.outputs) {
    const dataset = plan.datasets.get(output);
    if (dataset === undefined) return undefined;
    const known = run.datasets.find(
      (one) => one.node === node && one.attempt === attempt && one.dataset === output,
    );
    if (known !== undefined) {
      const { dataset: name, mode, outcome, rows, version, durationMs } = known;
      written.push({
        dataset: name,
        mode,
        outcome,
        rows,
        durationMs,
        ...(version !== undefined && { version }),
      });
      continue;
    }
    const query = { runId: run.runId, node, sinceMs: Date.parse(run.startedAt) };
    const commit = await findCommit(session, dataset, query);
    const onceOnly = dataset.mode === "append" || dataset.mode === "merge";
    if (commit === undefined || (commit.attempt !== attempt && !onceOnly)) return undefined;
    const { rows, version } = commit;
    written.push({ dataset: output, mode: dataset.mode, outcome: "written", rows, version, durationMs: 0 });
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
