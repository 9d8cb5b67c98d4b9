import type { DatasetConfig } from "../../config/project.ts";
import { type OutputFate, outputFate } from "../../io/output-fate.ts";
import type { RunPlan } from "../../planning/run-plan.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import type { DatasetRecord, RunDetails } from "../../state/run-store.ts";

/** One output of a node that has tried, with what of it is at its target. */
export interface OutputAtTarget {
  readonly dataset: DatasetConfig;
  readonly fate: OutputFate;
  /** What the run last recorded of it as written. */
  readonly recorded: DatasetRecord | undefined;
}

/** By node, the outputs of every node of the plan that has made an attempt in the run. */
export async function outputsAtTargets(
  session: SparkSession,
  plan: RunPlan,
  run: RunDetails,
): Promise<ReadonlyMap<string, readonly OutputAtTarget[]>> {
  const tried = new Set(run.nodes.filter(({ attempts }) => attempts.length > 0).map(({ name }) => name));
  const found = await Promise.all(
    plan.nodes
      .filter(({ name }) => tried.has(name))
      .map(async ({ name: node, config }): Promise<[string, readonly OutputAtTarget[]]> => {
        const outputs = config.outputs.flatMap((output) => plan.datasets.get(output) ?? []);
        return [node, await Promise.all(outputs.map((dataset) => at(session, run, node, dataset)))];
      }),
  );
  return new Map(found);
}

async function at(
  session: SparkSession,
  run: RunDetails,
  node: string,
  dataset: DatasetConfig,
): Promise<OutputAtTarget> {
  const recorded = run.datasets.findLast(
    (one) => one.node === node && one.dataset === dataset.name && one.outcome.endsWith("written"),
  );
  const { runId, startedAt } = run;
  const query = { runId, node, sinceMs: Date.parse(startedAt), version: recorded?.version };
  return { dataset, fate: await outputFate(session, dataset, query), recorded };
}
