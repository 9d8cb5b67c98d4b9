import type { Project } from "../config/project.ts";
import type { SparkwrightError } from "../core/error.ts";
import type { RunPlan } from "../planning/run-plan.ts";

/** The secrets that a run of the plan uses and that cannot be had: of the settings, and of what is in the plan. */
export function checkSecrets({ missingSecrets = [] }: Project, plan: RunPlan): SparkwrightError[] {
  const isUsed = (section: string | undefined, name = "") => {
    if (section === "pipelines") return name === plan.pipeline;
    if (section === "nodes") return plan.nodes.some((node) => node.name === name);
    return section !== "datasets" || plan.datasets.has(name);
  };
  return missingSecrets
    .filter(({ path: [section, name] }) => isUsed(section, name))
    .map(({ error }) => error);
}
