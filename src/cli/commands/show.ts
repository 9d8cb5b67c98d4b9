import { toJson } from "../../events/ndjson.ts";
import type { NodeRecord, RunDetails } from "../../state/run-store.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { findRun } from "../find-run.ts";
import { requireProject } from "../project-folder.ts";
import { durationText, rowsText, windowText } from "../run/run-text.ts";
import { alignColumns } from "../terminal/columns.ts";

export interface ShowOptions {
  /** The run's id or the beginning of it. */
  readonly run: string;
  readonly json: boolean;
}

/** Prints what is recorded of one run: its nodes, their attempts, inputs, operations, outputs and errors. */
export async function show(context: CommandContext, { run: text, json }: ShowOptions): Promise<number> {
  const { out } = context;
  const store = openRunStore(requireProject(context.project, context.cwd), "read");
  try {
    const run = findRun(store, text);
    const interrupted = store.hasLostRunner(run);
    if (json) await out.line(toJson(interrupted ? { ...run, interrupted } : run));
    else for (const line of runLines(run, interrupted)) await out.line(line);
    return ExitCode.success;
  } finally {
    store.close();
  }
}

function runLines(run: RunDetails, interrupted: boolean): string[] {
  const [header = "", ...nodes] = alignColumns(
    [["NODE", "STATE", "ATTEMPTS", "DURATION", "ROWS"], ...run.nodes.map(nodeCells)],
    ["left", "left", "right", "right", "right"],
  );
  return [
    `run ${run.runId} of ${run.pipeline}: ${interrupted ? "interrupted; its runner died or went silent" : run.state}`,
    `environment ${run.request?.environment ?? "-"}, window ${windowText(run)}, started ${run.startedAt}, took ${durationText(run)}, rows ${rowsText(run)}`,
    ...errorLines(run, ""),
    "",
    header,
    ...nodes,
    ...run.nodes.flatMap((node) => nodeLines(run, node)),
  ];
}

function nodeCells(node: NodeRecord): string[] {
  return [node.name, node.state, String(node.attempts.length), durationText(node), rowsText(node)];
}

function nodeLines(run: RunDetails, node: NodeRecord): string[] {
  const { attempts, reason, decision, because } = node;
  const lines = [
    ...(reason === undefined ? [] : [`  last resume: ${decision}, because ${reason}`]),
    ...(because === undefined ? [] : [`  because of ${because}`]),
    ...attempts.flatMap((attempt) => [
      `  attempt ${attempt.attempt}: ${attempt.state}, ${attempt.startedAt} to ${attempt.endedAt ?? "-"}`,
      ...(attempt.inputs ?? []).map(
        ({ dataset, version }) => `    read ${dataset}${version === undefined ? "" : ` version ${version}`}`,
      ),
      ...run.datasets
        .filter((written) => written.node === node.name && written.attempt === attempt.attempt)
        .map(
          ({ dataset, mode, outcome, rows, version }) =>
            `    ${outcome} ${dataset} (${mode}), ${rows} rows${version === undefined ? "" : `, version ${version}`}`,
        ),
      ...run.operations
        .filter((operation) => operation.node === node.name && operation.attempt === attempt.attempt)
        .map(
          ({ operationId, state, dataset }) =>
            `    operation ${operationId}: ${state}${dataset === undefined ? "" : `, writes ${dataset}`}`,
        ),
      ...errorLines(attempt, "    "),
    ]),
    ...(attempts.length === 0 || decision === "undecided" ? errorLines(node, "  ") : []),
  ];
  return lines.length === 0 ? [] : ["", node.name, ...lines];
}

function errorLines({ error }: Pick<NodeRecord, "error">, indent: string): string[] {
  if (error === undefined) return [];
  const hint = error.hint === undefined ? [] : [`${indent}${error.hint}`];
  return [`${indent}${error.code}: ${error.message}`, ...hint];
}
