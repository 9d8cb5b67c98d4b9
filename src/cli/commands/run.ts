import { loadProject } from "../../config/load-project.ts";
import { prepareRun } from "../../facade/prepare-run.ts";
import type { CommandContext } from "../command-context.ts";
import { requireProject } from "../project-folder.ts";

export interface RunOptions {
  readonly pipeline: string;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly maxParallelNodes: number | undefined;
  readonly json: boolean;
}

/** Runs a pipeline: validate, then prepare, then execute. */
export async function run(context: CommandContext, options: RunOptions): Promise<number> {
  const project = await loadProject(requireProject(context.project, context.cwd));
  const plan = await prepareRun(project, options.pipeline, {
    ...(options.startDate !== undefined && { startDate: options.startDate }),
    ...(options.endDate !== undefined && { endDate: options.endDate }),
    ...(options.maxParallelNodes !== undefined && { maxParallelNodes: options.maxParallelNodes }),
  });
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
