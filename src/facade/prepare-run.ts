import type { Project } from "../config/project.ts";
import { throwIfAny } from "../core/error-list.ts";
import { registeredDataSources } from "../io/data-source.ts";
import { type PlanOptions, planRun, type RunPlan } from "../planning/run-plan.ts";
import { checkPlan } from "../validation/check.ts";
import { requireBatch } from "./streaming-support.ts";

/**
 * Validate and prepare: the plan of a batch run, known to be valid, with Spark untouched.
 *
 * Thrown when it cannot run: an `ErrorList` of USAGE_*, VALIDATION_*, GRAPH_* and IMPORT_* errors, or
 * `RUN_STREAMING_UNSUPPORTED`.
 */
export async function prepareRun(
  project: Project,
  pipeline: string,
  options: PlanOptions = {},
): Promise<RunPlan> {
  const plan = await preparePlan(project, pipeline, options);
  requireBatch(plan);
  return plan;
}

/** The same for a plan with nodes of any kind. */
export async function preparePlan(
  project: Project,
  pipeline: string,
  options: PlanOptions,
): Promise<RunPlan> {
  const plan = planRun(project, pipeline, options);
  throwIfAny(await checkPlan(project, plan, () => registeredDataSources().keys()));
  return plan;
}
