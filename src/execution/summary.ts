import type { EventError } from "../events/event-error.ts";
import type { RunEvent, RunResumed } from "../events/run-event.ts";
import type {
  DatasetSummary,
  NodeStatus,
  NodeSummary,
  RunStatus,
  RunSummary,
} from "../events/run-summary.ts";

interface NodeTally {
  name: string;
  status: NodeStatus;
  attempts: number;
  startedAt?: string;
  endedAt?: string;
  durationMs: number;
  rows?: bigint;
  datasets: DatasetSummary[];
  error?: EventError;
  because?: string;
  via?: string;
}

/** Adds up the events of a run to its summary. */
export class SummaryTally {
  readonly #nodes: Map<string, NodeTally>;
  #startedAt = "";

  constructor(nodes: readonly string[]) {
    this.#nodes = new Map(
      nodes.map((name) => [name, { name, status: "cancelled", attempts: 0, durationMs: 0, datasets: [] }]),
    );
  }

  add(event: RunEvent): void {
    if (event.type === "run_started") this.#startedAt = event.at;
    if (event.type === "run_resumed") this.#resume(event, event.at);
    const node = "node" in event ? this.#nodes.get(event.node) : undefined;
    if (node === undefined) return;
    switch (event.type) {
      case "node_started":
        node.attempts = event.attempt;
        node.startedAt ??= event.at;
        node.datasets = [];
        break;
      case "dataset_written": {
        const { dataset, mode, outcome, rows, version, durationMs } = event;
        node.datasets.push({
          dataset,
          mode,
          outcome,
          rows,
          durationMs,
          ...(version !== undefined && { version }),
        });
        break;
      }
      case "node_succeeded":
        Object.assign(node, {
          status: "success",
          endedAt: event.at,
          durationMs: event.durationMs,
          rows: event.rows,
        });
        break;
      case "node_failed":
        Object.assign(node, {
          status: "failed",
          endedAt: event.at,
          durationMs: event.durationMs,
          error: event.error,
        });
        break;
      case "node_skipped": {
        const { because, via, error } = event;
        Object.assign(node, { status: "skipped", because, ...(via && { via }), ...(error && { error }) });
        break;
      }
      case "node_cancelled":
        Object.assign(node, { status: "cancelled", endedAt: event.at, durationMs: event.durationMs ?? 0 });
        break;
    }
  }

  #resume({ nodes }: RunResumed, at: string): void {
    this.#startedAt = at;
    for (const { name, decision, attempts, rows, datasets = [], because, error, ...times } of nodes) {
      const node = this.#nodes.get(name);
      if (node === undefined) continue;
      node.attempts = attempts;
      if (decision === "keep" || decision === "settled") {
        Object.assign(node, {
          status: "success",
          datasets: [...datasets],
          ...(rows !== undefined && { rows }),
          ...(times.startedAt !== undefined && { startedAt: times.startedAt }),
          ...(times.endedAt !== undefined && { endedAt: times.endedAt }),
          durationMs: times.durationMs ?? 0,
        });
      }
      if (decision === "undecided") Object.assign(node, { status: "failed", error });
      if (decision === "blocked") Object.assign(node, { status: "skipped", because });
    }
  }

  finish(run: {
    readonly runId: string;
    readonly pipeline: string;
    readonly status: RunStatus;
    readonly durationMs: number;
    readonly error?: EventError | undefined;
  }): RunSummary {
    const { runId, pipeline, status, durationMs, error } = run;
    const nodes: readonly NodeSummary[] = [...this.#nodes.values()];
    const number = (wanted: NodeStatus) => nodes.filter((node) => node.status === wanted).length;
    return {
      runId,
      pipeline,
      status,
      startedAt: this.#startedAt,
      durationMs,
      nodes,
      completed: number("success"),
      failed: number("failed"),
      skipped: number("skipped"),
      cancelled: number("cancelled"),
      rows: nodes.reduce((sum, node) => sum + (node.rows ?? 0n), 0n),
      ...(error !== undefined && { error }),
    };
  }
}
