import type { Clock } from "../core/clock.ts";
import { systemClock } from "../core/clock.ts";
import { formatDuration } from "../core/duration.ts";
import { SparkwrightError } from "../core/error.ts";

export interface DeliveryQueueOptions {
  /** Delivers one message; it gives up when the signal aborts. */
  readonly deliver: (message: string, signal: AbortSignal) => Promise<void>;
  /** Told of every message that is lost. */
  readonly onLoss: (error: unknown) => void;
  /** Where to, as a message may name it. */
  readonly target: string;
  /** How many messages may wait; what comes on top is lost. @default 10000 */
  readonly limit?: number;
  readonly clock?: Clock;
}

/** Delivers messages one after the other, in order, in the background; it never throws and never waits for long. */
export class DeliveryQueue {
  readonly #options: DeliveryQueueOptions;
  readonly #clock: Clock;
  readonly #closing = new AbortController();
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();

  constructor(options: DeliveryQueueOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** A promised message keeps its place in the order; one that becomes nothing is passed over. */
  send(message: string | Promise<string | undefined>): void {
    const { onLoss, limit = 10_000, target } = this.#options;
    if (this.#waiting >= limit) {
      onLoss(new SparkwrightError("OBSERVE_OVERFLOW", `${target}: more than ${limit} messages wait`));
      return;
    }
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(() => this.#deliver(message))
      .catch(onLoss)
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  /** Resolves when everything is delivered or lost, at the latest after `graceMs`, milliseconds. */
  async close(graceMs: number): Promise<void> {
    const delivered = new AbortController();
    const late = this.#clock.sleep(graceMs, delivered.signal).then(
      () => this.#giveUp(graceMs),
      () => {},
    );
    await Promise.race([this.#tail, late]);
    delivered.abort();
  }

  async #deliver(message: string | Promise<string | undefined>): Promise<void> {
    const text = await message;
    const { signal } = this.#closing;
    if (text !== undefined && !signal.aborted) await this.#options.deliver(text, signal);
  }

  #giveUp(graceMs: number): void {
    const lost = this.#waiting;
    const error = new SparkwrightError(
      "OBSERVE_LATE",
      `${this.#options.target}: ${lost} ${lost === 1 ? "message was" : "messages were"} not delivered within ${formatDuration(graceMs)} of the end`,
    );
    this.#options.onLoss(error);
    this.#closing.abort(error);
  }
}
