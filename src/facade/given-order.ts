import { SparkwrightError } from "../core/error.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { dependenciesOf, type WrittenGraph } from "./dependency-resolver.ts";

/**
 * The plan in the order that was given for it, each node also waiting for what the graph says.
 *
 * Thrown when a node would stand before one it waits for: `USAGE_EXECUTION_ORDER`.
 */
export function inGivenOrder(plan: RunPlan, order: readonly string[], dag: WrittenGraph): RunPlan {
  const rank = new Map(order.map((name, index) => [name, index]));
  const more = dependenciesOf(dag);
  const nodes = plan.nodes.map((node): PlannedNode => {
    const known = new Set(node.dependsOn.map((dependency) => dependency.node));
    const added = (more.get(node.name) ?? []).filter((name) => rank.has(name) && !known.has(name));
    const dependsOn = [
      ...node.dependsOn,
      ...added.map((name) => ({ node: name, reason: "explicit" as const })),
    ];
    for (const dependency of dependsOn) checkOrder(node.name, dependency.node, rank);
    return { ...node, dependsOn };
  });
  return { ...plan, nodes: nodes.sort((a, b) => (rank.get(a.name) ?? 0) - (rank.get(b.name) ?? 0)) };
}

function checkOrder(node: string, dependency: string, rank: ReadonlyMap<string, number>): void {
  if ((rank.get(dependency) ?? -1) < (rank.get(node) ?? 0)) return;
  throw new SparkwrightError(
    "USAGE_EXECUTION_ORDER",
    `executionOrder has "${node}" before "${dependency}", which it depends on`,
    { hint: "Pass what DependencyResolver.topologicalSort returns.", details: { node, dependency } },
  );
}
