import { resolve } from "node:path";
import type { Project } from "../config/project.ts";
import { displayPath } from "../core/display-path.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { sqlParameters, sqlTables } from "./sql-tokens.ts";

const windowParameters = ["start_date", "end_date"];

/** Everything that is wrong with the SQL of a node as far as its text tells. */
export function checkSqlNode(project: Project, plan: RunPlan, node: PlannedNode): SparkwrightError[] {
  const { config } = node;
  const { code } = config;
  if (code.kind !== "sql") return [];
  const errors: SparkwrightError[] = [];
  const at = (offset: number): SourcePosition => {
    if (code.file === undefined) return config.positions?.code ?? config.position;
    const lines = code.text.slice(0, offset).split("\n");
    const file = displayPath(resolve(project.root, code.file));
    return { file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  };
  if (config.outputs.length > 1) {
    errors.push(
      new SparkwrightError(
        "VALIDATION_SQL_OUTPUTS",
        `node "${node.name}" is one query with ${config.outputs.length} outputs`,
        {
          position: config.positions?.outputs[1] ?? config.position,
          hint: "Give it one output, or write it as a function that returns several DataFrames.",
        },
      ),
    );
  }
  const parameters = sqlParameters(code.text);
  errors.push(...unknownParameters(node, parameters, at));
  const window = windowParameters.find((name) => parameters.has(name));
  if (window !== undefined && plan.window === undefined) {
    errors.push(
      new SparkwrightError(
        "VALIDATION_MISSING_WINDOW",
        `node "${node.name}" uses :${window}, but the run has no window`,
        {
          position: at(parameters.get(window) ?? 0),
          hint: `Give --start-date and --end-date, or start_date and end_date of pipeline "${plan.pipeline}".`,
        },
      ),
    );
  }
  if (window === undefined) errors.push(...unboundWindows(project, node));
  const tables = sqlTables(code.text);
  errors.push(...undeclaredInputs(project, node, tables, at), ...quotedWhole(project, node, tables, at));
  return errors;
}

function unknownParameters(
  node: PlannedNode,
  parameters: ReadonlyMap<string, number>,
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const known = [...windowParameters, ...Object.keys(node.config.hyperparams)];
  return [...parameters]
    .filter(([name]) => !known.includes(name))
    .map(([name, offset]) => {
      const meant = suggest(name, known);
      const instead = meant === undefined ? "" : `Did you mean ":${meant}"? `;
      return new SparkwrightError(
        "VALIDATION_SQL_PARAMETER",
        `node "${node.name}" uses :${name}, which nothing sets`,
        {
          position: at(offset),
          hint: `${instead}Known: ${known.map((one) => `:${one}`).join(", ")}; others come from \`hyperparams\`.`,
          details: { parameter: name, known, suggestion: meant },
        },
      );
    });
}

/** Spark reads a table by its name whole, whatever the run's window; that must be said. */
function unboundWindows(project: Project, node: PlannedNode): SparkwrightError[] {
  return node.config.inputs.flatMap(({ dataset: name, window, position }) => {
    const dataset = project.datasets.get(name);
    if (window === "all" || dataset?.windowColumn === undefined || dataset.location.kind !== "table")
      return [];
    const message = `node "${node.name}" would read all of "${name}", for its SQL uses neither :start_date nor :end_date`;
    return new SparkwrightError("VALIDATION_WINDOW_NOT_BOUND", message, {
      position: position ?? node.config.position,
      hint: `Add \`WHERE ${dataset.windowColumn} BETWEEN :start_date AND :end_date\`, or say that all is meant with \`window: all\`.`,
    });
  });
}

/** A table read without being named as input is neither waited for nor filtered. */
function undeclaredInputs(
  project: Project,
  node: PlannedNode,
  tables: ReadonlyMap<string, number>,
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  if (tables.size === 0) return [];
  const known = new Map<string, string>();
  for (const { name, location } of project.datasets.values()) {
    known.set(name.toLowerCase(), name);
    if (location.kind === "table") known.set(location.table.replaceAll("`", "").toLowerCase(), name);
  }
  const inputs = new Set(node.config.inputs.map((input) => input.dataset));
  return [...tables].flatMap(([table, offset]) => {
    const dataset = known.get(table.toLowerCase());
    if (dataset === undefined || inputs.has(dataset)) return [];
    return new SparkwrightError(
      "VALIDATION_SQL_INPUT",
      `node "${node.name}" reads "${dataset}" without naming it as an input`,
      {
        position: at(offset),
        hint: `Add "${dataset}" to the node's \`input\`, so that the node waits for it.`,
        details: { dataset },
      },
    );
  });
}

/** In backquotes a dot is part of a name, and no table that the catalog has by its full name has one. */
function quotedWhole(
  project: Project,
  { name: node, config }: PlannedNode,
  tables: ReadonlyMap<string, number>,
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const { code, inputs, features = [] } = config;
  return inputs.flatMap(({ dataset }, index) => {
    const offset = tables.get(dataset);
    const location = project.datasets.get(dataset)?.location;
    const isBound = location?.kind !== "table" || location.table !== dataset;
    if (offset === undefined || isBound || !dataset.includes(".") || (index === 0 && features.length > 0))
      return [];
    if (code.kind !== "sql" || !code.text.startsWith(`\`${dataset}\``, offset)) return [];
    return new SparkwrightError(
      "VALIDATION_SQL_QUOTED",
      `node "${node}" reads \`${dataset}\`, which in backquotes is one name, and not that of a table in a schema`,
      { position: at(offset), hint: `Write ${dataset}, or each part in backquotes of its own.` },
    );
  });
}
