import type { Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { parseAllowedModules } from "../modules/allowed-modules.ts";
import { importFunction } from "../modules/import-function.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { checkColumns } from "./column-check.ts";
import { checkDatasets } from "./dataset-check.ts";
import { checkFeatures } from "./feature-check.ts";
import { checkPlaces } from "./place-check.ts";
import { checkSecrets } from "./secret-check.ts";
import { checkSources } from "./source-check.ts";
import { checkSqlNode } from "./sql-check.ts";
import { checkStreaming } from "./streaming-check.ts";

/**
 * Everything that can be known to be wrong with a plan before Spark is asked: VALIDATION_* and IMPORT_* errors, each
 * at its place; nothing is thrown. The modules of the plan's functions are imported, so their top level runs.
 *
 * @param registeredSources the names of the data sources that code has registered, asked after those imports
 */
export async function checkPlan(
  project: Project,
  plan: RunPlan,
  registeredSources: () => Iterable<string> = () => [],
): Promise<readonly SparkwrightError[]> {
  const errors = [...checkSecrets(project, plan), ...checkWritten(project, plan)];
  // With a policy that cannot be read, every import would say so once more.
  if (checkPolicy(project).length > 0) return errors;
  for (const node of plan.nodes) errors.push(...(await checkFunction(project, node)));
  errors.push(...(await checkSources(project, plan, registeredSources())));
  return errors;
}

/** The part of `checkPlan` that imports no module: what the files of the project say by themselves. */
export function checkWritten(project: Project, plan: RunPlan): readonly SparkwrightError[] {
  return [
    ...checkPolicy(project),
    ...checkDatasets(project, plan),
    ...checkPlaces(plan),
    ...checkColumns(plan),
    ...checkStreaming(project, plan),
    ...plan.nodes.flatMap((node) => [...checkSqlNode(project, plan, node), ...checkFeatures(project, node)]),
  ];
}

/** What is wrong with the policy itself, and so would be with every function. */
function checkPolicy({ settings }: Project): SparkwrightError[] {
  try {
    parseAllowedModules(settings.security.allowedModules);
    return [];
  } catch (error) {
    if (!(error instanceof SparkwrightError)) throw error;
    return [placed(error, settings.written?.["security.allowed_modules"])];
  }
}

async function checkFunction(project: Project, { config }: PlannedNode): Promise<SparkwrightError[]> {
  if (config.code.kind !== "function") return [];
  const { allowedModules } = project.settings.security;
  try {
    await importFunction(config.code.ref, { root: project.root, allowedModules });
    return [];
  } catch (error) {
    if (!(error instanceof SparkwrightError)) throw error;
    return [placed(error, config.positions?.code ?? config.position)];
  }
}

/** The error at its own place, else where the configuration names what is wrong. */
function placed(error: SparkwrightError, named: SourcePosition | undefined): SparkwrightError {
  const { code, message, hint, cause, details, position = named } = error;
  return new SparkwrightError(code, message, { hint, cause, details, position });
}
