import type { DatasetConfig, Project } from "../config/project.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { DatasetNames } from "../sql-text/dataset-names.ts";
import { nameParts } from "../sql-text/names.ts";
import type { ComputedTable, SqlStatement } from "../sql-text/sql-table.ts";

interface Named {
  readonly parts: readonly string[];
  readonly start: number;
  readonly role: "read" | "write";
}

/**
 * A dataset that SQL reads without naming it as an input is not waited for, and another environment would have it
 * elsewhere; so a name that is a dataset's must be that of an input.
 */
export function checkSqlTables(
  project: Project,
  plan: RunPlan,
  node: PlannedNode,
  statements: readonly SqlStatement[],
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const names = new DatasetNames([...project.datasets.values()].map(named));
  const inputs = new Set(node.config.inputs.map((input) => input.dataset));
  const tables = statements.flatMap((statement): Named[] => [
    ...statement.tables,
    ...statement.computed.flatMap((table) => computedName(table, node.config.hyperparams)),
  ]);
  const told = new Set<string>();
  return tables.flatMap(({ parts, start, role }) => {
    const dataset = names.find(parts);
    if (dataset === undefined || told.has(`${role} ${dataset.name}`)) return [];
    told.add(`${role} ${dataset.name}`);
    if (!inputs.has(dataset.name)) return [undeclared(project, plan, node, dataset.name, role, at(start))];
    return role === "write" ? unwritable(node, dataset.config, at(start)) : [];
  });
}

function named(config: DatasetConfig) {
  const { name, location } = config;
  return {
    name,
    config,
    table: location.kind === "table" ? location.table : undefined,
    path: location.kind === "path" ? location.path : undefined,
  };
}

/** `IDENTIFIER(:schema || '.t')` with the values that the run will give. */
function computedName({ pieces, start }: ComputedTable, values: Readonly<Record<string, unknown>>): Named[] {
  const texts = pieces?.map((piece) => ("text" in piece ? piece.text : values[piece.parameter])) ?? [];
  if (texts.length === 0 || !texts.every((text) => typeof text === "string")) return [];
  return [{ parts: nameParts(texts.join("")), start, role: "read" }];
}

function undeclared(
  project: Project,
  plan: RunPlan,
  node: PlannedNode,
  dataset: string,
  role: "read" | "write",
  position: SourcePosition,
): SparkwrightError {
  const does = role === "read" ? "reads" : "changes";
  const message = `node "${node.name}" ${does} "${dataset}" without naming it as an input`;
  const hint = hintFor(project, plan, node, dataset);
  return new SparkwrightError("VALIDATION_SQL_INPUT", message, { position, hint, details: { dataset } });
}

function hintFor(project: Project, plan: RunPlan, node: PlannedNode, dataset: string): string {
  if (node.config.outputs.includes(dataset)) {
    return (
      "A node cannot read what it writes: give it another output, declare " +
      `"${dataset}" in datasets.yaml, and add it to the node's \`input\`.`
    );
  }
  const writer = plan.nodes.find(({ config }) => config.outputs.includes(dataset));
  if (writer !== undefined && waitsFor(plan, writer.name, node.name)) {
    return `Node "${writer.name}" writes it and waits for "${node.name}": read another dataset, or let "${writer.name}" not wait.`;
  }
  const written = project.nodes.get(node.name)?.inputs ?? [];
  if (written.length === 0 && node.config.inputs.length > 0) {
    // Naming inputs ends what a node without any gets from its dependencies.
    const all = [...node.config.inputs.map((input) => input.dataset), dataset].join(", ");
    return `Write \`input: [${all}]\`, so that the node waits for it.`;
  }
  return `Add "${dataset}" to the node's \`input\`, so that the node waits for it.`;
}

/** Whether one node waits for another, at any remove. */
function waitsFor(plan: RunPlan, node: string, other: string): boolean {
  const seen = new Set<string>();
  const left = [node];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (at === other) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    left.push(...(plan.nodes.find(({ name }) => name === at)?.dependsOn.map((one) => one.node) ?? []));
  }
  return false;
}

/** SQL can change tables and Delta paths; what it would change by another dataset's name is another table. */
function unwritable(
  node: PlannedNode,
  { name, location, format }: DatasetConfig,
  position: SourcePosition,
): SparkwrightError[] {
  if (location.kind === "table" || (location.kind === "path" && format === "delta")) return [];
  return [
    new SparkwrightError(
      "VALIDATION_SQL_TARGET",
      `node "${node.name}" changes "${name}" by SQL, which is neither a table nor a Delta path`,
      {
        position,
        hint: "Write a query, and name the dataset as the node's `output`.",
        details: { dataset: name },
      },
    ),
  ];
}
