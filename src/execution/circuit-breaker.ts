import type { CircuitBreakerConfig } from "../config/project.ts";
import type { Clock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import type { EventError } from "../events/event-error.ts";
import type { RunEventBody } from "../events/run-event.ts";
import type { Circuit, CircuitStore } from "../state/circuit-store.ts";
import { afterFailure, afterSuccess, circuitAt } from "./circuit.ts";
import type { StartGate } from "./schedule-options.ts";

export interface CircuitBreakerOptions {
  readonly pipeline: string;
  readonly config: CircuitBreakerConfig;
  readonly store: CircuitStore;
  readonly clock: Clock;
  readonly describe: (error: unknown) => EventError;
  readonly publish: (event: RunEventBody) => void;
}

/**
 * Stops what fails again and again: after `threshold` failed attempts in a row, over all nodes of a pipeline and all
 * its runs, nothing of it starts for `timeoutMs`. Then one node at a time is let through; the first that ends decides.
 */
export class CircuitBreaker implements StartGate {
  readonly #options: CircuitBreakerOptions;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
  }

  /** Thrown when nothing may start: `RUN_CIRCUIT_OPEN`. */
  admitRun(): void {
    if (this.limit() === 0) throw this.refusal().error;
  }

  limit(): number {
    const { state } = this.#change((circuit) => circuit);
    return state === "open" ? 0 : state === "half_open" ? 1 : Number.POSITIVE_INFINITY;
  }

  succeeded(): void {
    this.#change(afterSuccess);
  }

  failed(node: string, thrown: unknown): void {
    const { config, clock, describe } = this.#options;
    const failure = { node, error: describe(thrown) };
    this.#change((circuit) => afterFailure(circuit, failure, config, clock.now()));
  }

  refusal(): { readonly because: string; readonly error: SparkwrightError } {
    const { pipeline, store } = this.#options;
    const { failures, openedAt = 0, openUntil = 0, lastFailure } = store.load(pipeline);
    const [since, until] = [openedAt, openUntil].map((ms) => new Date(ms).toISOString());
    const last = lastFailure && `; the last one, '${lastFailure.node}': ${lastFailure.error.message}`;
    const error = new SparkwrightError(
      "RUN_CIRCUIT_OPEN",
      `the circuit of pipeline '${pipeline}' is open since ${since} until ${until}, ` +
        `after ${failures} failed attempts in a row${last ?? ""}`,
      {
        hint: "Mend the cause and wait until then, or close it: `sparkwright circuit reset <pipeline>`.",
        details: { pipeline, since, until, failures, lastFailure },
      },
    );
    return { because: lastFailure?.node ?? pipeline, error };
  }

  /** Publishes what the change makes of the state. */
  #change(change: (circuit: Circuit) => Circuit): Circuit {
    const { pipeline, store, clock, publish } = this.#options;
    let before: Circuit | undefined;
    const after = store.update(pipeline, (circuit) => {
      before = circuit;
      return change(circuitAt(circuit, clock.now()));
    });
    if (after.state === before?.state) return after;
    if (after.state === "open" && after.lastFailure !== undefined) {
      const until = new Date(after.openUntil ?? 0).toISOString();
      publish({ type: "circuit_opened", pipeline, failures: after.failures, until, ...after.lastFailure });
    } else {
      publish({ type: after.state === "closed" ? "circuit_closed" : "circuit_half_opened", pipeline });
    }
    return after;
  }
}
