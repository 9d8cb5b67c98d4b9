import type { RunEvent } from "../../events/run-event.ts";

export type NodeState =
  | "waiting"
  | "ready"
  | "running"
  | "retrying"
  | "succeeded"
  | "failed"
  | "skipped"
  | "cancelled";

/** What is known of a node at this moment of a run. Times in milliseconds. */
export interface NodeView {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly state: NodeState;
  readonly attempt: number;
  /** Since the epoch. */
  readonly startedAt?: number;
  readonly durationMs?: number;
  readonly rows?: bigint;
  readonly stages?: { readonly done: number; readonly total: number };
  readonly tasks?: { readonly done: number; readonly total: number };
  readonly because?: string;
  readonly message?: string;
}

/** The state of a run as its events tell it, for drawing. */
export class RunView {
  pipeline = "";
  window: { readonly startDate: string; readonly endDate: string } | undefined;
  readonly #nodes = new Map<string, NodeView>();

  /** In planned order. */
  get nodes(): readonly NodeView[] {
    return [...this.#nodes.values()];
  }

  isDone(name: string): boolean {
    return this.#nodes.get(name)?.state === "succeeded";
  }

  apply(event: RunEvent): void {
    switch (event.type) {
      case "run_started":
        this.pipeline = event.pipeline;
        this.window = event.window;
        for (const { name, dependsOn } of event.nodes) {
          this.#nodes.set(name, { name, dependsOn, state: "waiting", attempt: 0 });
        }
        break;
      case "run_resumed":
        this.#resumed(event);
        break;
      case "node_ready":
        this.#change(event.node, { state: "ready" });
        break;
      case "node_started":
        this.#started(event.node, event.attempt, Date.parse(event.at));
        break;
      case "node_progress":
        this.#change(event.node, { stages: event.stages, tasks: event.tasks });
        break;
      case "node_succeeded":
        this.#change(event.node, { state: "succeeded", durationMs: event.durationMs, rows: event.rows });
        break;
      case "node_retrying":
        this.#change(event.node, { state: "retrying", message: event.error.message });
        break;
      case "node_failed":
        this.#change(event.node, {
          state: "failed",
          durationMs: event.durationMs,
          message: event.error.message,
        });
        break;
      case "node_skipped":
        this.#change(event.node, { state: "skipped", because: event.because });
        break;
      case "node_cancelled":
        this.#change(event.node, {
          state: "cancelled",
          ...(event.durationMs !== undefined && { durationMs: event.durationMs }),
        });
        break;
      default:
        break;
    }
  }

  #resumed({ pipeline, window, nodes }: Extract<RunEvent, { readonly type: "run_resumed" }>): void {
    this.pipeline = pipeline;
    this.window = window;
    for (const { name, dependsOn, decision, rows, because, durationMs } of nodes) {
      this.#nodes.set(name, {
        name,
        dependsOn,
        state: resumedStates[decision],
        attempt: 0,
        ...(rows !== undefined && { rows }),
        ...(durationMs !== undefined && { durationMs }),
        ...(because !== undefined && { because }),
      });
    }
  }

  #started(node: string, attempt: number, at: number): void {
    const none = { done: 0, total: 0 };
    const first = this.#nodes.get(node)?.startedAt ?? at;
    this.#change(node, { state: "running", attempt, startedAt: first, stages: none, tasks: none });
  }

  #change(name: string, changes: Partial<NodeView>): void {
    const node = this.#nodes.get(name);
    if (node !== undefined) this.#nodes.set(name, { ...node, ...changes });
  }
}

const resumedStates = {
  keep: "succeeded",
  settled: "succeeded",
  run: "waiting",
  undecided: "failed",
  blocked: "skipped",
} as const satisfies Readonly<Record<string, NodeState>>;
