import { SparkwrightError } from "../core/error.ts";

export type NodeState =
  | "pending"
  | "ready"
  | "running"
  | "retrying"
  | "success"
  | "failed"
  | "skipped"
  | "cancelled";

const next: Readonly<Record<NodeState, readonly NodeState[]>> = {
  pending: ["ready", "skipped", "cancelled"],
  ready: ["running", "skipped", "cancelled"],
  running: ["retrying", "success", "failed", "cancelled"],
  retrying: ["running", "failed", "cancelled"],
  success: [],
  failed: [],
  skipped: [],
  cancelled: [],
};

export function isTerminal(state: NodeState): boolean {
  return next[state].length === 0;
}

/** The states from which `state` may be entered. */
export function predecessors(state: NodeState): readonly NodeState[] {
  return (Object.keys(next) as NodeState[]).filter((from) => next[from].includes(state));
}

/** Returns `to`. Thrown when a node in state `from` may not enter it. */
export function transition(node: string, from: NodeState, to: NodeState): NodeState {
  if (next[from].includes(to)) return to;
  throw illegalTransition("node", node, from, to);
}

export function illegalTransition(
  kind: "node" | "run",
  name: string,
  from: string | undefined,
  to: string,
): SparkwrightError {
  const state = from ?? "unknown";
  return new SparkwrightError("RUN_STATE_ILLEGAL", `${kind} '${name}' is ${state} and cannot become ${to}`, {
    hint: "This is a defect of sparkwright, or another process writes to the same run; please report it.",
    details: { [kind]: name, from: state, to },
  });
}
