import type { EventError } from "../events/event-error.ts";

/** What is known about how a pipeline fares, over all its runs. Times in milliseconds since the epoch. */
export interface Circuit {
  readonly state: "closed" | "open" | "half_open";
  /** Failed attempts in a row. */
  readonly failures: number;
  /** When it was opened last, and when it lets something through again. */
  readonly openedAt?: number;
  readonly openUntil?: number;
  readonly lastFailure?: CircuitFailure;
}

export interface CircuitFailure {
  readonly node: string;
  readonly error: EventError;
}

/** Remembers circuits; several processes may share it. Thrown when that fails: `RUN_STATE_*`. */
export interface CircuitStore {
  load(pipeline: string): Circuit;
  /** Puts what `change` makes of it in its place, with no other process in between, and returns that. */
  update(pipeline: string, change: (circuit: Circuit) => Circuit): Circuit;
}

/** Of a pipeline that nothing is known about. */
export const closedCircuit: Circuit = Object.freeze({ state: "closed", failures: 0 });
