import type { PlannedNode, RunPlan } from "./run-plan.ts";

/**
 * A plan as a tree of text: each node once in full, below the first of the nodes it waits for; where it waits for
 * others too, it names them. Ends without a line break.
 */
export function graphText(plan: RunPlan): string {
  const children = new Map<string, PlannedNode[]>();
  const roots: PlannedNode[] = [];
  for (const node of plan.nodes) {
    const [parent] = node.dependsOn;
    if (parent === undefined) roots.push(node);
    else {
      const siblings = children.get(parent.node);
      if (siblings === undefined) children.set(parent.node, [node]);
      else siblings.push(node);
    }
  }
  const lines = [title(plan)];
  const pending = roots
    .map((node, index) => ({ node, indent: "", last: index === roots.length - 1 }))
    .reverse();
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    lines.push(`${at.indent}${at.last ? "└─" : "├─"} ${describe(at.node)}`);
    const indent = `${at.indent}${at.last ? "   " : "│  "}`;
    const below = children.get(at.node.name) ?? [];
    const next = below.map((node, index) => ({ node, indent, last: index === below.length - 1 }));
    pending.push(...next.reverse());
  }
  return lines.join("\n");
}

function title({ pipeline, window }: RunPlan): string {
  return window === undefined ? pipeline : `${pipeline} (${window.startDate} to ${window.endDate})`;
}

function describe({ name, config, dependsOn }: PlannedNode): string {
  const others = dependsOn.slice(1).map((dependency) => dependency.node);
  const also = others.length === 0 ? "" : ` (also after ${others.join(", ")})`;
  const writes = config.outputs.length === 0 ? "" : ` → ${config.outputs.join(", ")}`;
  return `${name}${writes}${also}`;
}
