import type { Dependency, PlannedNode, RunPlan } from "../../planning/run-plan.ts";

/** The plan as text: a line per node in running order, under it what it waits for and why. */
export function textGraph(plan: RunPlan): string {
  const lines = [titleOf(plan)];
  for (const node of plan.nodes) {
    const outputs = node.config.outputs.join(", ");
    lines.push(`  ${node.name}${outputs === "" ? "" : ` -> ${outputs}`}`);
    for (const dependency of node.dependsOn)
      lines.push(`    after ${dependency.node} (${reasonOf(dependency)})`);
  }
  return `${lines.join("\n")}\n`;
}

/** The plan as a Mermaid flowchart; an edge is labelled with the dataset that flows along it. */
export function mermaidGraph(plan: RunPlan): string {
  const ids = new Map(plan.nodes.map((node, index) => [node.name, `n${index}`]));
  const lines = ["flowchart LR"];
  for (const node of plan.nodes) lines.push(`  ${ids.get(node.name)}["${quoted(node.name)}"]`);
  for (const node of plan.nodes) {
    for (const { dependency, labels } of edgesOf(node)) {
      const label = labels.length === 0 ? "" : `|"${quoted(labels.join(", "))}"|`;
      lines.push(`  ${ids.get(dependency)} -->${label} ${ids.get(node.name)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function titleOf({ pipeline, nodes, window }: RunPlan): string {
  const count = nodes.length === 1 ? "1 node" : `${nodes.length} nodes`;
  const days = window === undefined ? "" : `, ${window.startDate} to ${window.endDate}`;
  return `${pipeline}: ${count}${days}`;
}

function reasonOf({ reason, dataset }: Dependency): string {
  return reason === "input" && dataset !== undefined ? `reads ${dataset}` : "declared";
}

function edgesOf({ dependsOn }: PlannedNode): { dependency: string; labels: string[] }[] {
  const labels = new Map<string, string[]>();
  for (const { node, dataset } of dependsOn) {
    const known = labels.get(node) ?? [];
    labels.set(node, dataset === undefined ? known : [...known, dataset]);
  }
  return [...labels].map(([dependency, datasets]) => ({ dependency, labels: datasets }));
}

function quoted(text: string): string {
  return text.replaceAll("#", "#35;").replaceAll('"', "#quot;");
}
