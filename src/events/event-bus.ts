import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { describeError } from "./event-error.ts";
import { Redactor } from "./redactor.ts";
import type { RunEvent, RunEventBody } from "./run-event.ts";

/** Told of every event of a run, in order. What it throws is reported once, and the run goes on. */
export type EventHandler = (event: RunEvent) => void | Promise<void>;

export interface SubscribeOptions {
  /** Whether its failure must stop the run. Critical handlers come first and are synchronous. @default false */
  readonly critical?: boolean;
}

interface Subscriber {
  readonly name: string;
  readonly handler: EventHandler;
  readonly critical: boolean;
}

/**
 * Hands every event of a run to every subscriber, in order and at once.
 *
 * A subscriber that fails is reported once, as a `subscriber_failed` event to the others, and never fails the
 * run; what a critical one throws reaches the publisher, before any other subscriber has seen the event.
 */
export class EventBus {
  /** Secrets registered here are masked in every event. */
  readonly redactor: Redactor = new Redactor();
  readonly #clock: Clock;
  readonly #subscribers: Subscriber[] = [];
  readonly #reported = new Set<string>();
  readonly #seq = new Map<string, number>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Returns the function that ends the subscription. */
  subscribe(name: string, handler: EventHandler, options: SubscribeOptions = {}): () => void {
    const subscriber: Subscriber = { name, handler, critical: options.critical ?? false };
    if (subscriber.critical) {
      const firstOther = this.#subscribers.findIndex((other) => !other.critical);
      this.#subscribers.splice(firstOther === -1 ? this.#subscribers.length : firstOther, 0, subscriber);
    } else {
      this.#subscribers.push(subscriber);
    }
    return () => {
      const index = this.#subscribers.indexOf(subscriber);
      if (index !== -1) this.#subscribers.splice(index, 1);
    };
  }

  /** Numbers, dates and redacts the event and delivers it. Throws what a critical subscriber throws. */
  publish(runId: string, body: RunEventBody): RunEvent {
    const seq = (this.#seq.get(runId) ?? 0) + 1;
    const at = new Date(this.#clock.now()).toISOString();
    const event: RunEvent = { v: 1, runId, seq, at, ...this.redactor.event(body) };
    this.#seq.set(runId, seq);
    const failures: [Subscriber, unknown][] = [];
    for (const subscriber of [...this.#subscribers]) {
      try {
        const delivered = subscriber.handler(event);
        if (delivered instanceof Promise) {
          delivered.catch((error: unknown) => this.report(runId, subscriber.name, error));
        }
      } catch (error) {
        if (subscriber.critical) throw error;
        failures.push([subscriber, error]);
      }
    }
    // After the loop, so that everybody sees events in their order.
    for (const [{ name }, error] of failures) this.report(runId, name, error);
    return event;
  }

  /** Tells the others, once, that the named subscriber failed; for failures that come later than the delivery. */
  report(runId: string, subscriber: string, error: unknown): void {
    if (this.#reported.has(subscriber)) return;
    this.#reported.add(subscriber);
    this.publish(runId, {
      type: "subscriber_failed",
      subscriber,
      error: describeError(error, "SUBSCRIBER_FAILED"),
    });
  }
}
