import { SparkwrightError } from "../../core/error.ts";
import { ErrorList, throwIfAny } from "../../core/error-list.ts";
import { registeredDataSources } from "../../io/data-source.ts";
import { type PlanOptions, planRun, type RunPlan } from "../../planning/run-plan.ts";
import { checkPlan } from "../../validation/check.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { loadContextProject } from "../load-context-project.ts";

export interface ValidateOptions {
  /** All pipelines when there is none. */
  readonly pipeline: string | undefined;
  /** The window of a pipeline that has none of its own. */
  readonly plan?: PlanOptions;
}

/** Checks pipelines without Spark and reports every error of all of them at once. */
export async function validate(context: CommandContext, options: ValidateOptions): Promise<number> {
  const { out } = context;
  const project = await loadContextProject(context);
  const names = options.pipeline === undefined ? [...project.pipelines.keys()] : [options.pipeline];
  const valid: RunPlan[] = [];
  const errors: SparkwrightError[] = [];
  // All of a project is checked with all of its secrets, also those of what no pipeline uses.
  if (options.pipeline === undefined)
    errors.push(...(project.missingSecrets ?? []).map(({ error }) => error));
  for (const name of names) {
    try {
      const plan = planRun(project, name, options.plan);
      const found = await checkPlan(project, plan, () => registeredDataSources().keys());
      if (found.length === 0) valid.push(plan);
      errors.push(...found);
    } catch (thrown) {
      if (thrown instanceof ErrorList) errors.push(...thrown.errors);
      else if (thrown instanceof SparkwrightError) errors.push(thrown);
      else throw thrown;
    }
  }
  for (const plan of valid) {
    await out.line(`${out.paint("green", "✓")} ${plan.pipeline} is valid (nodes: ${plan.nodes.length})`);
  }
  throwIfAny(distinct(errors));
  return ExitCode.success;
}

/** A node in two pipelines is wrong once. */
function distinct(errors: readonly SparkwrightError[]): SparkwrightError[] {
  const seen = new Map<string, SparkwrightError>();
  for (const error of errors) {
    const { file, line, column } = error.position ?? {};
    seen.set([error.code, file, line, column, error.message].join("\0"), error);
  }
  return [...seen.values()];
}
