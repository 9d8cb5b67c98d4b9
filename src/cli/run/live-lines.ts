import { formatDuration } from "../../core/duration.ts";
import { columnWidths, pad, truncate } from "../terminal/columns.ts";
import type { Paint, Style } from "../terminal/output.ts";
import { oneLine } from "../terminal/plain-text.ts";
import type { NodeState, NodeView, RunView } from "./run-view.ts";

export interface LiveMoment {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What happens beside the nodes: Spark is being started, the run is being stopped. */
  readonly status: string | undefined;
  readonly paint: Paint;
}

/** The run as lines of at most `columns` columns, the busiest nodes first where not all fit into `rows`. */
export function liveLines(view: RunView, moment: LiveMoment, columns: number, rows: number): string[] {
  const { paint } = moment;
  const lines: string[] = [];
  if (moment.status !== undefined) {
    lines.push(paint("cyan", truncate(`${spinner(moment.now)} ${oneLine(moment.status)}`, columns)));
  }
  const nodes = view.nodes;
  const room = Math.max(1, rows - lines.length);
  const shown = nodes.length <= room ? nodes : pickNodes(nodes, room - 1);
  const [nameWidth = 0] = columnWidths(shown.map((node) => [node.name]));
  for (const node of shown) lines.push(nodeLine(node, view, moment, nameWidth, columns));
  if (shown.length < nodes.length) {
    lines.push(paint("dim", truncate(`… and ${nodes.length - shown.length} more`, columns)));
  }
  return lines;
}

function nodeLine(
  node: NodeView,
  view: RunView,
  { now, paint }: LiveMoment,
  nameWidth: number,
  columns: number,
): string {
  const busy = node.state === "running" || node.state === "retrying";
  const glyph = busy ? spinner(now) : glyphs[node.state];
  const elapsed = busy && node.startedAt !== undefined ? now - node.startedAt : node.durationMs;
  const time = elapsed === undefined ? "" : formatDuration(Math.max(0, elapsed));
  // Painted after it was cut, so that no escape sequence is ever cut in two.
  const rest = truncate(
    `${pad(node.name, nameWidth)}  ${pad(time, 7, "right")}  ${detail(node, view)}`.trimEnd(),
    columns - 2,
  );
  return `${paint(styles[node.state], glyph)} ${quiet.has(node.state) ? paint("dim", rest) : rest}`;
}

function detail(node: NodeView, view: RunView): string {
  switch (node.state) {
    case "waiting": {
      const missing = node.dependsOn.filter((name) => !view.isDone(name));
      return missing.length === 0 ? "" : `waits for ${missing.join(", ")}`;
    }
    case "ready":
      return "waits for a free place";
    case "running":
      return [node.attempt > 1 ? `attempt ${node.attempt}` : "", progress(node)].filter(Boolean).join(", ");
    case "retrying":
      return oneLine(`will try again: ${node.message ?? ""}`);
    case "succeeded":
      return node.rows === undefined ? "" : `${node.rows.toLocaleString("en-US")} rows`;
    case "failed":
      return oneLine(node.message ?? "");
    case "skipped":
      return `skipped because ${node.because ?? "another node"} failed`;
    case "cancelled":
      return "cancelled";
  }
}

function progress({ stages, tasks }: NodeView): string {
  if (stages === undefined || tasks === undefined || stages.total === 0) return "";
  return `stages ${stages.done}/${stages.total}, tasks ${tasks.done}/${tasks.total}`;
}

const frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

function spinner(now: number): string {
  return frames[Math.floor(now / 100) % frames.length] as string;
}

const glyphs: Readonly<Record<NodeState, string>> = {
  waiting: "·",
  ready: "·",
  running: " ",
  retrying: " ",
  succeeded: "✓",
  failed: "✗",
  skipped: "-",
  cancelled: "■",
};

const styles: Readonly<Record<NodeState, Style>> = {
  waiting: "dim",
  ready: "dim",
  running: "cyan",
  retrying: "yellow",
  succeeded: "green",
  failed: "red",
  skipped: "yellow",
  cancelled: "yellow",
};

const quiet: ReadonlySet<NodeState> = new Set(["waiting", "ready", "skipped"]);

const urgency: readonly NodeState[] = [
  "failed",
  "running",
  "retrying",
  "ready",
  "waiting",
  "cancelled",
  "skipped",
  "succeeded",
];

/** The `count` nodes that matter most now, in their planned order. */
function pickNodes(nodes: readonly NodeView[], count: number): NodeView[] {
  const byUrgency = nodes.toSorted((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state));
  const picked = new Set(byUrgency.slice(0, Math.max(0, count)));
  return nodes.filter((node) => picked.has(node));
}
