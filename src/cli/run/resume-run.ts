import { loadProject } from "../../config/load-project.ts";
import { SparkwrightError } from "../../core/error.ts";
import { prepareRun } from "../../facade/prepare-run.ts";
import type { PlanOptions } from "../../planning/run-plan.ts";
import type { RunDetails } from "../../state/run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { hideSecrets, warnOfShortSecrets } from "../load-context-project.ts";

export interface ResumeRequest {
  /** The project's folder. */
  readonly folder: string;
  readonly run: RunDetails;
  /** Nodes to run again whatever is known of them. */
  readonly nodes?: readonly string[];
  /** Nodes that are done and stay so, whatever has changed. */
  readonly keep: readonly string[];
  readonly json: boolean;
}

/** Goes on with a run: with the environment, window, parameters and selection that it began with. */
export async function resumeRun(context: CommandContext, request: ResumeRequest): Promise<number> {
  const { folder, run, nodes, keep, json } = request;
  const asked = run.request?.environment;
  const project = await loadProject(folder, {
    environment: asked ?? context.environment,
    environmentAskedBy: asked === undefined ? "--env" : `run ${run.runId}`,
  });
  hideSecrets(context, project);
  await warnOfShortSecrets(context, project);
  const window = {
    ...(run.startDate !== undefined && { startDate: run.startDate }),
    ...(run.endDate !== undefined && { endDate: run.endDate }),
  };
  const options: PlanOptions = { ...run.request?.options, ...window };
  const plan = await prepareRun(project, run.pipeline, options);
  const unknown = [...(nodes ?? []), ...keep].find((name) => !plan.nodes.some((node) => node.name === name));
  if (unknown !== undefined) {
    throw new SparkwrightError("USAGE_NODE_NOT_FOUND", `run ${run.runId} has no node "${unknown}"`, {
      hint: `Its nodes: ${plan.nodes.map(({ name }) => name).join(", ")}.`,
    });
  }
  const { executeRun } = await import("./execute-run.ts");
  return await executeRun({
    project,
    plan,
    resume: { runId: run.runId, nodes, keep },
    context,
    json,
    logLevel: context.logLevel ?? project.settings.logLevel,
  });
}
