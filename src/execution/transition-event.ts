import type { SparkwrightError } from "../core/error.ts";
import type { EventError } from "../events/event-error.ts";
import type { RunEventBody } from "../events/run-event.ts";
import type { NodeTransition } from "./schedule-options.ts";

export interface Describe {
  readonly failure: (error: unknown) => EventError;
  /** Of a node that was skipped though nothing above it failed. */
  readonly refusal: (error: SparkwrightError) => EventError;
}

/** A transition as an event; its attempts count on from those made by earlier runners of the run. */
export function transitionEvent(
  node: string,
  attemptsBefore: number,
  to: NodeTransition<bigint>,
  describe: Describe,
): RunEventBody {
  switch (to.state) {
    case "ready":
      return { type: "node_ready", node };
    case "running":
      return { type: "node_started", node, attempt: to.attempt + attemptsBefore };
    case "retrying": {
      const { attempt, delayMs, error } = to;
      return {
        type: "node_retrying",
        node,
        attempt: attempt + attemptsBefore,
        delayMs,
        error: describe.failure(error),
      };
    }
    case "success": {
      const { attempt, durationMs, result: rows } = to;
      return { type: "node_succeeded", node, attempt: attempt + attemptsBefore, durationMs, rows };
    }
    case "failed": {
      const { attempt, durationMs, error } = to;
      return {
        type: "node_failed",
        node,
        attempt: attempt + attemptsBefore,
        durationMs,
        error: describe.failure(error),
      };
    }
    case "skipped": {
      const { because, via, error } = to;
      return {
        type: "node_skipped",
        node,
        because,
        ...(via !== undefined && { via }),
        ...(error !== undefined && { error: describe.refusal(error) }),
      };
    }
    case "cancelled": {
      const { attempt, durationMs } = to;
      return {
        type: "node_cancelled",
        node,
        ...(attempt !== undefined && { attempt: attempt + attemptsBefore }),
        ...(durationMs !== undefined && { durationMs }),
      };
    }
  }
}
