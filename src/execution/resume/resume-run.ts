import type { Project } from "../../config/project.ts";
import type { Clock } from "../../core/clock.ts";
import type { RunEventBody } from "../../events/run-event.ts";
import type { FindDataSource } from "../../io/data-source.ts";
import type { DatasetVersion } from "../../io/delta-history.ts";
import type { RunPlan } from "../../planning/run-plan.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import type { RunDetails, RunStore } from "../../state/run-store.ts";
import { decide } from "./decide.ts";
import { fenceOperations } from "./fence.ts";
import { fingerprints } from "./fingerprint.ts";
import { inputVersions } from "./input-version.ts";
import { lostOutputs } from "./lost-outputs.ts";
import { outputsAtTargets } from "./outputs-at-targets.ts";
import { runCommands } from "./run-commands.ts";
import { settleNodes } from "./settle-nodes.ts";
import { standingOutputs } from "./standing-outputs.ts";
import { writtenBySuccess } from "./written-by-success.ts";

export interface ResumeContext {
  readonly project: Project;
  readonly plan: RunPlan;
  readonly store: RunStore;
  readonly session: SparkSession;
  readonly findSource?: FindDataSource | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly publish: (event: RunEventBody) => void;
}

/** What a resume goes on with. */
export interface Resumption {
  readonly runId: string;
  /** Nodes to run again whatever is known of them. */
  readonly nodes?: readonly string[] | undefined;
  /** Nodes that are done and stay so, whatever has changed. */
  readonly keep?: readonly string[] | undefined;
}

type Resumed = Extract<RunEventBody, { readonly type: "run_resumed" }>;

/**
 * Ends what a runner that is gone left on the server. What it recorded is closed in the record of its own run.
 */
export async function fenceRun(runId: string, context: ResumeContext): Promise<void> {
  const { store, session, clock, signal } = context;
  const operations = store.openOperations(runId);
  if (operations.length === 0) return;
  await fenceOperations({
    session,
    operations,
    clock,
    signal,
    onEnd: ({ node, operationId }, outcome) => {
      const at = new Date(clock.now()).toISOString();
      store.record({ v: 1, runId, seq: 1, at, type: "operation_ended", node, operationId, outcome });
    },
  });
}

/** Fences and settles a run, and decides what becomes of each of its nodes. */
export async function prepareResumption(
  { runId, nodes: forced = [], keep = [] }: Resumption,
  epoch: number,
  context: ResumeContext,
): Promise<Resumed> {
  const { project, plan, store, session } = context;
  await fenceRun(runId, context);
  const run = store.getRun(runId) as RunDetails;
  const prints = fingerprints(project, plan);
  const written = writtenBySuccess(run);
  const [targets, versions] = await Promise.all([
    outputsAtTargets(session, plan, run),
    currentVersions(context, run),
  ]);
  const nodes = decide({
    nodes: plan.nodes.flatMap(({ name, dependsOn }) => {
      const fingerprint = prints.get(name);
      return fingerprint === undefined
        ? []
        : [{ name, dependsOn: [...new Set(dependsOn.map(({ node }) => node))], fingerprint }];
    }),
    stored: new Map(run.nodes.map((node) => [node.name, node])),
    ...settleNodes(plan, run, targets),
    written,
    lost: lostOutputs(written, targets),
    standing: standingOutputs(targets, plan.window),
    versions,
    forced: new Set(forced),
    kept: new Set(keep),
    commands: runCommands(run),
  });
  return {
    type: "run_resumed",
    pipeline: plan.pipeline,
    window: plan.window,
    maxParallelNodes: plan.maxParallelNodes,
    epoch,
    nodes,
  };
}

/** Of everything that an attempt has found a version of. */
async function currentVersions(
  { session, plan, findSource }: ResumeContext,
  run: RunDetails,
): Promise<ReadonlyMap<string, readonly DatasetVersion[]>> {
  const inputs = run.nodes.flatMap(({ attempts }) => attempts.flatMap((attempt) => attempt.inputs ?? []));
  const names = new Set(inputs.flatMap(({ dataset, version }) => (version === undefined ? [] : [dataset])));
  const versions = await Promise.all(
    [...names].map(async (name): Promise<[string, readonly DatasetVersion[]]> => {
      const dataset = plan.datasets.get(name);
      return [name, dataset === undefined ? [] : await inputVersions(session, dataset, findSource)];
    }),
  );
  return new Map(versions);
}
