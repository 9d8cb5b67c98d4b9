import { prepareRun } from "../../facade/prepare-run.ts";
import type { PlanOptions } from "../../planning/run-plan.ts";
import type { CommandContext } from "../command-context.ts";
import { loadContextProject, warnOfShortSecrets } from "../load-context-project.ts";

export interface RunOptions {
  readonly pipeline: string;
  readonly plan: PlanOptions;
  readonly json: boolean;
}

/** Runs a pipeline: validate, then prepare, then execute. */
export async function run(context: CommandContext, options: RunOptions): Promise<number> {
  const project = await loadContextProject(context);
  await warnOfShortSecrets(context, project);
  const plan = await prepareRun(project, options.pipeline, options.plan);
  const unmatched = plan.selection?.matchedNothing ?? [];
  for (const text of unmatched) await context.err.line(`warning: the selector ${text} matches no node`);
  // Only a plan that is known to be valid is worth loading the engine for.
  const { executeRun } = await import("../run/execute-run.ts");
  return executeRun({
    project,
    plan,
    context,
    json: options.json,
    logLevel: context.logLevel ?? project.settings.logLevel,
  });
}
