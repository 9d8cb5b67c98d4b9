import type { Dependency, RunPlan } from "../../planning/run-plan.ts";

/** How the graph was resolved: a line per node, in planned order, with what it waits for and why. */
export function planLines(plan: RunPlan): string[] {
  return plan.nodes.map(({ name, dependsOn }, index) => {
    const reasons = dependsOn.map((dependency) => `${dependency.node} (${reasonOf(dependency)})`);
    const after = reasons.length === 0 ? "waits for nothing" : `waits for ${reasons.join(", ")}`;
    return `plan ${index + 1}/${plan.nodes.length}: ${name} ${after}`;
  });
}

function reasonOf({ reason, dataset }: Dependency): string {
  return reason === "input" && dataset !== undefined ? `it reads ${dataset}` : "declared";
}
