import { formatDuration } from "../../core/duration.ts";
import type { EventError } from "../../events/event-error.ts";
import type { NodeStatus, NodeSummary, RunStatus, RunSummary } from "../../events/run-summary.ts";
import { alignColumns } from "../terminal/columns.ts";
import { type ErrorReportOptions, reportError } from "../terminal/error-report.ts";
import type { Paint } from "../terminal/output.ts";
import { rowCount } from "./log-line.ts";

/** The run as a table: a line per node and dataset, then the totals. */
export function summaryTable(summary: RunSummary, paint: Paint): string {
  const rows = summary.nodes.flatMap(nodeRows);
  const [header = "", ...lines] = alignColumns(
    [["NODE", "STATUS", "DURATION", "DATASET", "ROWS"], ...rows],
    ["left", "left", "right", "left", "right"],
  );
  const { completed, failed, skipped, cancelled, durationMs } = summary;
  const totals = [
    `${completed} completed`,
    `${failed} failed`,
    `${skipped} skipped`,
    ...(cancelled > 0 ? [`${cancelled} cancelled`] : []),
    rowCount(summary.rows),
    formatDuration(durationMs),
  ];
  const verdict = `${summary.pipeline} ${verdicts[summary.status]}`;
  return [
    "",
    paint("bold", header),
    ...lines,
    "",
    `${paint(["bold", verdictStyles[summary.status]], verdict)}: ${totals.join(", ")}`,
    paint("dim", `run ${summary.runId}`),
    "",
  ].join("\n");
}

/** The errors of the run itself and of its failed nodes, in full. */
export function failureReport(summary: RunSummary, options: ErrorReportOptions): string {
  const failures: [EventError, string][] = summary.nodes.flatMap((node) =>
    node.status === "failed" && node.error !== undefined
      ? [[node.error, `${node.name}: `] as [EventError, string]]
      : [],
  );
  if (summary.error !== undefined) failures.unshift([summary.error, ""]);
  return failures
    .map(([error, prefix]) =>
      reportError(
        {
          code: error.code,
          message: prefix + error.message,
          causes: error.causes.map((cause) => cause.message),
          hint: error.hint,
          position: error.position,
          stack: error.stack,
        },
        options,
      ),
    )
    .join("\n");
}

function nodeRows(node: NodeSummary): string[][] {
  // Of a node that a resume settled, nobody saw the end.
  const hasTime = node.attempts > 0 && node.endedAt !== undefined;
  const time = hasTime ? formatDuration(node.durationMs) : "-";
  const first = [node.name, statusText(node), time];
  if (node.datasets.length === 0) return [[...first, "-", "-"]];
  return node.datasets.map((dataset, index) => [
    ...(index === 0 ? first : ["", "", ""]),
    dataset.dataset,
    dataset.outcome === "ignored" || dataset.outcome === "skipped"
      ? dataset.outcome
      : dataset.rows.toLocaleString("en-US"),
  ]);
}

function statusText({ status, attempts, because }: NodeSummary): string {
  const times = attempts > 1 ? ` (${attempts} attempts)` : "";
  return `${statuses[status]}${times}${because === undefined ? "" : ` (${because})`}`;
}

const statuses: Readonly<Record<NodeStatus, string>> = {
  success: "completed",
  failed: "failed",
  skipped: "skipped",
  cancelled: "cancelled",
};

const verdicts: Readonly<Record<RunStatus, string>> = {
  success: "succeeded",
  failed: "failed",
  cancelled: "was cancelled",
};

const verdictStyles: Readonly<Record<RunStatus, "green" | "red" | "yellow">> = {
  success: "green",
  failed: "red",
  cancelled: "yellow",
};
