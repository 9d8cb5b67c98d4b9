import type { Project } from "../config/project.ts";
import { sqlPlace, sqlReadsWhole } from "../config/sql-reading.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { suggest } from "../core/suggestion.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import { type SqlParameter, sqlParameters } from "../sql-text/sql-parameters.ts";
import { sqlStatements } from "../sql-text/sql-statements.ts";
import { sqlTokens } from "../sql-text/sql-tokens.ts";
import { checkSqlStatements } from "./sql-statement-check.ts";
import { checkSqlTables } from "./sql-table-check.ts";

const windowParameters = ["start_date", "end_date"];

/** Everything that is wrong with the SQL of a node as far as its text tells. */
export function checkSqlNode(project: Project, plan: RunPlan, node: PlannedNode): SparkwrightError[] {
  const { config } = node;
  const { code } = config;
  if (code.kind !== "sql") return [];
  const at = (offset: number): SourcePosition => sqlPlace(project.root, config, offset);
  const tokens = sqlTokens(code.text);
  const statements = sqlStatements(tokens);
  const faults = checkSqlStatements(node, tokens, statements, at);
  if (faults.length > 0) return faults;
  const parameters = sqlParameters(tokens);
  return [
    ...unknownParameters(node, parameters, at),
    ...checkWindow(project, plan, node, parameters, at),
    ...checkSqlTables(project, plan, node, statements, at),
  ];
}

function unknownParameters(
  node: PlannedNode,
  parameters: readonly SqlParameter[],
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const known = [...windowParameters, ...Object.keys(node.config.hyperparams)];
  const list = known.map((one) => `:${one}`).join(", ");
  const unknown = new Map<string | undefined, SqlParameter>();
  for (const parameter of [...parameters].reverse()) {
    if (!known.includes(parameter.name ?? "")) unknown.set(parameter.name, parameter);
  }
  return [...unknown.values()].reverse().map(({ name, start }) => {
    const meant = name === undefined ? undefined : suggest(name, known);
    const instead = meant === undefined ? "" : `Did you mean ":${meant}"? `;
    const marker = name === undefined ? "?" : `:${name}`;
    return new SparkwrightError(
      "VALIDATION_SQL_PARAMETER",
      `node "${node.name}" uses ${marker}, which nothing sets`,
      {
        position: at(start),
        hint: `${instead}Known: ${list}; others come from \`hyperparams\`.`,
        details: { parameter: name, known, suggestion: meant },
      },
    );
  });
}

function checkWindow(
  project: Project,
  plan: RunPlan,
  node: PlannedNode,
  parameters: readonly SqlParameter[],
  at: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const window = parameters.find(({ name }) => windowParameters.includes(name ?? ""));
  if (window === undefined) return unboundWindows(project, node);
  if (plan.window !== undefined) return [];
  return [
    new SparkwrightError(
      "VALIDATION_MISSING_WINDOW",
      `node "${node.name}" uses :${window.name}, but the run has no window`,
      {
        position: at(window.start),
        hint: `Give --start-date and --end-date, or start_date and end_date of pipeline "${plan.pipeline}".`,
      },
    ),
  ];
}

/** SQL reads a table whole, whatever the run's window; that must be said. */
function unboundWindows(project: Project, { name: node, config }: PlannedNode): SparkwrightError[] {
  return config.inputs.flatMap(({ dataset: name, window, position }) => {
    const dataset = project.datasets.get(name);
    if (window === "all" || dataset?.windowColumn === undefined || !sqlReadsWhole(config, dataset)) return [];
    const message = `node "${node}" would read all of "${name}", for its SQL uses neither :start_date nor :end_date`;
    const column = /^[\p{L}_][\p{L}\d_]*$/u.test(dataset.windowColumn)
      ? dataset.windowColumn
      : `\`${dataset.windowColumn.replaceAll("`", "``")}\``;
    // Half-open, so that the last day of a TIMESTAMP column is whole.
    const predicate = `${column} >= :start_date AND ${column} < date_add(:end_date, 1)`;
    return new SparkwrightError("VALIDATION_WINDOW_NOT_BOUND", message, {
      position: position ?? config.position,
      hint: `Add \`WHERE ${predicate}\`, or say that all is meant with \`window: all\`.`,
    });
  });
}
