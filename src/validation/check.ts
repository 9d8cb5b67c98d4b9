import type { Project } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { importFunction } from "../modules/import-function.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { checkDatasets } from "./dataset-check.ts";
import { checkSqlNode } from "./sql-check.ts";

/**
 * Everything that can be known to be wrong with a plan before Spark is asked: VALIDATION_* and IMPORT_* errors, each
 * at its place; nothing is thrown. The modules of the plan's functions are imported, so their top level runs.
 */
export async function checkPlan(project: Project, plan: RunPlan): Promise<readonly SparkwrightError[]> {
  const errors = checkDatasets(plan);
  for (const node of plan.nodes) {
    errors.push(...checkSqlNode(project, plan, node), ...(await checkFunction(project, node)));
  }
  return errors;
}

async function checkFunction(project: Project, { config }: PlannedNode): Promise<SparkwrightError[]> {
  if (config.code.kind !== "function") return [];
  const { allowedModules } = project.settings.security;
  try {
    await importFunction(config.code.ref, { root: project.root, allowedModules });
    return [];
  } catch (error) {
    if (!(error instanceof SparkwrightError)) throw error;
    const named = config.positions?.code ?? config.position;
    const { code, message, hint, cause, details } = error;
    return [new SparkwrightError(code, message, { hint, cause, details, position: error.position ?? named })];
  }
}
