import { graphMermaid } from "../../planning/graph-mermaid.ts";
import { graphText } from "../../planning/graph-text.ts";
import { type PlanOptions, planRun } from "../../planning/run-plan.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { loadContextProject } from "../load-context-project.ts";

export interface GraphOptions {
  readonly pipeline: string;
  readonly plan: PlanOptions;
  readonly format: "text" | "mermaid";
}

/** Prints the nodes of a pipeline in their order, with what each waits for and why. */
export async function graph(context: CommandContext, options: GraphOptions): Promise<number> {
  const project = await loadContextProject(context);
  const plan = planRun(project, options.pipeline, options.plan);
  await context.out.line(options.format === "mermaid" ? graphMermaid(plan) : graphText(plan));
  return ExitCode.success;
}
