import { SparkwrightError } from "../core/error.ts";
import { type NodeState, transition } from "../state/node-state.ts";
import { checkCount, checkText, checkTexts, invalidArgument } from "./check-argument.ts";

/**
 * How a node stands: `completed` is the `success` of a run's summary; a node that has `failed` may run again or be
 * cancelled.
 */
export type PipelineNodeStatus = "pending" | "running" | "completed" | "failed" | "skipped" | "cancelled";

/** The status in the state machine of runs, where a failed attempt that may be repeated is `retrying`. */
const stateOf: Readonly<Record<PipelineNodeStatus, NodeState>> = {
  pending: "pending",
  running: "running",
  completed: "success",
  failed: "retrying",
  skipped: "skipped",
  cancelled: "cancelled",
};

const statuses = Object.keys(stateOf) as readonly PipelineNodeStatus[];

interface TrackedNode {
  status: PipelineNodeStatus;
  dependencies: readonly string[];
  failures: number;
}

/** When the state lets nothing start any more. */
export interface UnifiedPipelineStateOptions {
  /** Failures in a row, over all nodes, after which nothing may start any more. @default 5 */
  readonly circuitBreakerThreshold?: number;
}

/**
 * The progress of nodes that your own code runs, with the transitions that a run allows. It is a value in memory; what
 * the engine runs is tracked in the run store.
 *
 * @example
 * const state = new UnifiedPipelineState({ circuitBreakerThreshold: 3 });
 * state.registerNodeWithDependencies("transform", ["extract"]);
 * state.setNodeStatus("extract", "completed");
 * state.canExecute("transform"); // true
 */
export class UnifiedPipelineState {
  readonly #nodes = new Map<string, TrackedNode>();
  readonly #threshold: number;
  #failuresInARow = 0;

  constructor({ circuitBreakerThreshold = 5 }: UnifiedPipelineStateOptions = {}) {
    checkCount("circuitBreakerThreshold", circuitBreakerThreshold);
    this.#threshold = circuitBreakerThreshold;
  }

  /**
   * Makes a node known, as `pending`, and with it the nodes it depends on, in any order.
   *
   * Thrown when it was registered with other dependencies before (`USAGE_NODE_REGISTERED`) or names itself
   * (`GRAPH_SELF_DEPENDENCY`).
   */
  registerNodeWithDependencies(node: string, dependencies: readonly string[]): void {
    checkText("node", node);
    checkTexts("dependencies", dependencies);
    if (dependencies.includes(node)) {
      throw new SparkwrightError("GRAPH_SELF_DEPENDENCY", `node "${node}" depends on itself`, {
        hint: "Remove the dependency.",
        details: { node },
      });
    }
    const known = this.#nodes.get(node);
    const before = known?.dependencies ?? [];
    if (before.length > 0 && before.join("\0") !== dependencies.join("\0")) {
      throw new SparkwrightError(
        "USAGE_NODE_REGISTERED",
        `node "${node}" was registered with the dependencies ${before.join(", ")}`,
        { hint: "Register each node once.", details: { node, dependencies: before } },
      );
    }
    this.#nodes.set(node, { status: "pending", failures: 0, ...known, dependencies: [...dependencies] });
    for (const name of dependencies) {
      if (!this.#nodes.has(name)) this.#nodes.set(name, { status: "pending", failures: 0, dependencies: [] });
    }
  }

  /**
   * Moves a node on: pending → running → completed, failed or cancelled; failed → running or cancelled; pending →
   * skipped or cancelled. A pending node may also end as completed or failed at once, when it ran elsewhere.
   *
   * Thrown when the node is unknown (`USAGE_UNKNOWN_NODE`) or may not become so (`RUN_STATE_ILLEGAL`).
   */
  setNodeStatus(node: string, status: PipelineNodeStatus): void {
    checkText("node", node);
    if (!statuses.includes(status)) throw invalidArgument("status", `one of ${statuses.join(", ")}`, status);
    const tracked = this.#nodes.get(node);
    if (tracked === undefined) {
      throw new SparkwrightError("USAGE_UNKNOWN_NODE", `node "${node}" is not registered`, {
        hint: `Register it first: registerNodeWithDependencies("${node}", []).`,
        details: { node },
      });
    }
    enter(node, tracked.status, status);
    tracked.status = status;
    if (status === "failed") {
      tracked.failures += 1;
      this.#failuresInARow += 1;
    }
    if (status === "completed") this.#failuresInARow = 0;
  }

  /** `undefined` for a node that nobody registered. */
  getNodeStatus(node: string): PipelineNodeStatus | undefined {
    return this.#nodes.get(node)?.status;
  }

  /** How often the node has failed; 0 for one that nobody registered. */
  getNodeFailureCount(node: string): number {
    return this.#nodes.get(node)?.failures ?? 0;
  }

  /** As registered; none for a node that nobody registered. */
  getNodeDependencies(node: string): string[] {
    return [...(this.#nodes.get(node)?.dependencies ?? [])];
  }

  /** Whether so many failures came in a row that nothing may start; a completed node closes the circuit again. */
  get isCircuitOpen(): boolean {
    return this.#failuresInARow >= this.#threshold;
  }

  /**
   * Whether the node may start now: it is pending or has failed, everything it depends on is completed, and the
   * circuit is closed. False for a node that nobody registered.
   */
  canExecute(node: string): boolean {
    const tracked = this.#nodes.get(node);
    if (tracked === undefined || this.isCircuitOpen) return false;
    const startable = tracked.status === "pending" || tracked.status === "failed";
    return startable && tracked.dependencies.every((name) => this.getNodeStatus(name) === "completed");
  }
}

/** The document knows no `ready`, and what ran elsewhere was running there: both are passed through. */
function enter(node: string, from: PipelineNodeStatus, to: PipelineNodeStatus): void {
  const passed: NodeState[] = [];
  if (from === "pending" && to !== "skipped" && to !== "cancelled") passed.push("ready");
  if (from === "pending" && (to === "completed" || to === "failed")) passed.push("running");
  let state = stateOf[from];
  try {
    for (const next of [...passed, stateOf[to]]) state = transition(node, state, next);
  } catch (cause) {
    throw new SparkwrightError("RUN_STATE_ILLEGAL", `node "${node}" is ${from} and cannot become ${to}`, {
      cause,
      hint: "A node ends once: completed, skipped and cancelled are final, and only what runs or has failed fails or is tried again.",
      details: { node, from, to },
    });
  }
}
