import { formatDuration } from "../core/duration.ts";
import { toJson } from "../events/ndjson.ts";
import type { NodeSummary, RunSummary } from "../events/run-summary.ts";

export interface RunWindow {
  readonly startDate: string;
  readonly endDate: string;
}

const mostNodes = 20;
const longestMessage = 500;

/** What a webhook gets, as JSON: `text` is what Slack and the like show, the rest is for programs. */
export function webhookPayload(summary: RunSummary, window: RunWindow | undefined): string {
  const {
    runId,
    pipeline,
    status,
    startedAt,
    durationMs,
    completed,
    failed,
    skipped,
    cancelled,
    rows,
    error,
  } = summary;
  const failedNodes = summary.nodes.flatMap(({ name, status: ended, error: why }) =>
    ended === "failed" && why !== undefined
      ? [{ name, code: why.code, message: why.message, ...(why.hint !== undefined && { hint: why.hint }) }]
      : [],
  );
  return toJson({
    v: 1,
    text: webhookText(summary, window),
    runId,
    pipeline,
    status,
    ...(window !== undefined && { window }),
    startedAt,
    durationMs,
    completed,
    failed,
    skipped,
    cancelled,
    rows,
    failedNodes,
    ...(error !== undefined && { error: { code: error.code, message: error.message } }),
  });
}

function webhookText(summary: RunSummary, window: RunWindow | undefined): string {
  const { pipeline, status, durationMs, nodes, skipped, error } = summary;
  const verb = { success: "succeeded", failed: "failed", cancelled: "was cancelled" }[status];
  const days = window === undefined ? "" : ` for ${window.startDate} to ${window.endDate}`;
  const failures = nodes.filter(({ status: ended }) => ended === "failed");
  return [
    `${slack(pipeline)} ${verb} after ${formatDuration(durationMs)}${days}`,
    ...(error === undefined ? [] : [`• ${error.code}: ${shortened(error.message)}`]),
    ...failures.slice(0, mostNodes).map(failureLine),
    ...(failures.length > mostNodes ? [`• … and ${failures.length - mostNodes} more`] : []),
    ...(skipped > 0 ? [`${skipped} ${skipped === 1 ? "node was" : "nodes were"} skipped`] : []),
  ].join("\n");
}

function failureLine({ name, error }: NodeSummary): string {
  return `• ${slack(name)}: ${error?.code ?? ""} ${shortened(error?.message ?? "")}`;
}

function shortened(message: string): string {
  const [line = ""] = message.split("\n", 1);
  return slack(line.length > longestMessage ? `${line.slice(0, longestMessage)}…` : line);
}

/** Slack reads these three as markup. */
function slack(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
