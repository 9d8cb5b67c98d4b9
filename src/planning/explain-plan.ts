import type { Project } from "../config/project.ts";
import { explainRetries } from "./explain-retries.ts";
import { findPipeline } from "./find-pipeline.ts";
import { hyperparamLayers } from "./hyperparam-layers.ts";
import type { ResolvedValue } from "./origin.ts";
import { resolveParameters } from "./resolve-parameters.ts";
import type { PlanOptions, RunPlan } from "./run-plan.ts";
import { settingLayers } from "./setting-layers.ts";

/** Which values a plan runs with, and who says each. Paths are named as in the plan: `retries`, `initialDelayMs`. */
export interface PlanExplanation {
  /** Window, parallelism, limits; retries and timeout are those of nodes that say nothing themselves. */
  readonly settings: readonly ResolvedValue[];
  /** What all nodes share. */
  readonly hyperparams: readonly ResolvedValue[];
  readonly nodes: ReadonlyMap<string, NodeExplanation>;
}

export interface NodeExplanation {
  /** Retries and timeout. */
  readonly settings: readonly ResolvedValue[];
  readonly hyperparams: readonly ResolvedValue[];
}

/** Explains a plan of this project that was made with these options. Linear in nodes and their values. */
export function explainPlan(project: Project, plan: RunPlan, options: PlanOptions = {}): PlanExplanation {
  const pipeline = findPipeline(project, plan.pipeline);
  const hyperparams = resolveParameters(hyperparamLayers(project, pipeline, undefined, options.hyperparams));
  const layers = settingLayers(project, pipeline, options);
  const sharedLimits = [...explainRetries(project, pipeline), ...layers.setting("timeoutMs")];
  const settings = [
    ...layers.setting("startDate"),
    ...layers.setting("endDate"),
    ...layers.setting("maxParallelNodes"),
    ...layers.setting("failFast"),
    ...layers.setting("runTimeoutMs"),
    ...layers.circuitBreaker(),
    ...sharedLimits,
  ];
  const nodes = new Map<string, NodeExplanation>();
  for (const { name, config } of plan.nodes) {
    // The plan holds them merged; what the node itself says stands in the project.
    const own = project.nodes.get(name) ?? config;
    const limits =
      own.retries === undefined && own.timeoutMs === undefined
        ? sharedLimits
        : [...explainRetries(project, pipeline, own), ...layers.setting("timeoutMs", own)];
    const resolved =
      Object.keys(own.hyperparams).length === 0
        ? hyperparams
        : resolveParameters(hyperparamLayers(project, pipeline, own, options.hyperparams));
    nodes.set(name, { settings: limits, hyperparams: resolved });
  }
  return { settings, hyperparams, nodes };
}
