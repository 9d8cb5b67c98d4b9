import { throwIfAny } from "../../core/error-list.ts";
import { explainPlan } from "../../planning/explain-plan.ts";
import { type PlanOptions, planRun } from "../../planning/run-plan.ts";
import { checkWritten } from "../../validation/check.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { loadContextProject } from "../load-context-project.ts";
import { maskOf } from "../plan/mask-secrets.ts";
import { planDocument } from "../plan/plan-document.ts";
import { planText } from "../plan/plan-text.ts";

export interface PlanCommandOptions {
  readonly pipeline: string;
  readonly plan: PlanOptions;
  readonly json: boolean;
}

/**
 * Prints what a run would do: nodes in their order and why, values and where each comes from, datasets and modes.
 * Touches neither Spark nor the modules of the project. What a run would refuse in its files is told after the plan.
 */
export async function plan(context: CommandContext, options: PlanCommandOptions): Promise<number> {
  const { out } = context;
  const project = await loadContextProject(context);
  const planned = planRun(project, options.pipeline, options.plan);
  const explained = explainPlan(project, planned, options.plan);
  const document = planDocument(planned, explained, maskOf(project.secrets ?? []));
  await out.line(
    options.json
      ? JSON.stringify(document, undefined, 2)
      : planText(document, out.paint, out.columns).join("\n"),
  );
  throwIfAny(checkWritten(project, planned));
  return ExitCode.success;
}
