import type { Dependency } from "./run-plan.ts";

/**
 * The longest way from the start of each node to the end of the run, in the unit of the weights: its own weight and
 * those of what must follow it. The node of which it is greatest is the one to start first. Linear in nodes and edges.
 *
 * `nodes` stand in a topological order. A weight is the expected milliseconds of a node; without any it counts 1.
 */
export function criticalPath(
  nodes: readonly { readonly name: string; readonly dependsOn: readonly Pick<Dependency, "node">[] }[],
  weightOf: (node: string) => number | undefined = () => undefined,
): ReadonlyMap<string, number> {
  const after = new Map<string, number>();
  const remaining = new Map<string, number>();
  for (const { name, dependsOn } of nodes.toReversed()) {
    const path = (weightOf(name) ?? 1) + (after.get(name) ?? 0);
    remaining.set(name, path);
    for (const { node } of dependsOn) after.set(node, Math.max(path, after.get(node) ?? 0));
  }
  return remaining;
}
