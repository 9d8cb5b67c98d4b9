import type { RunPlan } from "./run-plan.ts";

/** A plan as a Mermaid flowchart; an edge is labelled with the dataset that carries it. No final line break. */
export function graphMermaid(plan: RunPlan): string {
  const ids = new Map(plan.nodes.map(({ name }, index) => [name, `n${index}`]));
  const lines = ["flowchart LR"];
  for (const { name } of plan.nodes) lines.push(`  ${ids.get(name)}["${escapeLabel(name)}"]`);
  for (const { name, dependsOn } of plan.nodes) {
    for (const { node, dataset } of dependsOn) {
      const arrow = dataset === undefined ? "-->" : `-->|"${escapeLabel(dataset)}"|`;
      lines.push(`  ${ids.get(node)} ${arrow} ${ids.get(name)}`);
    }
  }
  return lines.join("\n");
}

/** Mermaid reads `#…;` as an entity and ends a label at a quote. */
function escapeLabel(text: string): string {
  return text.replace(/[#"]/g, (found) => (found === "#" ? "#35;" : "#quot;"));
}
