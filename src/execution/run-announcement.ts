import type { Project } from "../config/project.ts";
import type { RunEventBody } from "../events/run-event.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import { fingerprints } from "./resume/fingerprint.ts";

/** The start of a run, with what a resume compares and asks for. */
export function startedEvent(project: Project, plan: RunPlan): RunEventBody {
  const { environment } = project;
  const prints = fingerprints(project, plan);
  return {
    type: "run_started",
    pipeline: plan.pipeline,
    window: plan.window,
    maxParallelNodes: plan.maxParallelNodes,
    request: {
      ...(environment !== undefined && { environment }),
      options: { ...plan.asked },
    },
    nodes: plan.nodes.map(({ name, dependsOn }) => {
      const fingerprint = prints.get(name);
      return {
        name,
        dependsOn: [...new Set(dependsOn.map(({ node }) => node))],
        ...(fingerprint !== undefined && { fingerprint }),
      };
    }),
  };
}

/** Why each node waits for which. */
export function waitingLogs(plan: RunPlan): RunEventBody[] {
  return plan.nodes.flatMap(({ name, dependsOn }) =>
    dependsOn.map(({ node, reason, dataset }): RunEventBody => {
      const why = reason === "input" ? `it reads ${dataset ?? "its output"}` : "it says so";
      return {
        type: "node_log",
        node: name,
        level: "debug",
        message: `waits for ${node}, because ${why}`,
        fields: { dependsOn: node, reason },
      };
    }),
  );
}
