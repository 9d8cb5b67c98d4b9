import type { Random } from "./clock.ts";

/** How the waits between attempts grow. All times in milliseconds. */
export interface BackoffOptions {
  readonly initialMs: number;
  readonly multiplier: number;
  readonly maxMs: number;
  /**
   * `full`: uniform in [0, wait]. `none`: exactly the wait. A number: uniform in [0, jitter] on top of the wait,
   * once the wait has reached `jitterFromMs`.
   */
  readonly jitter: "full" | "none" | number;
  /** @default 0 */
  readonly jitterFromMs?: number;
}

/** An immutable step of an exponential backoff: `delayMs` is the wait now, `next()` the step after it. */
export class Backoff {
  readonly #options: BackoffOptions;
  readonly #random: Random;
  readonly #baseMs: number;
  readonly delayMs: number;

  constructor(options: BackoffOptions, random: Random = Math.random, baseMs: number = options.initialMs) {
    this.#options = options;
    this.#random = random;
    this.#baseMs = Math.min(baseMs, options.maxMs);
    this.delayMs = this.#jittered();
  }

  next(): Backoff {
    return new Backoff(this.#options, this.#random, this.#baseMs * this.#options.multiplier);
  }

  #jittered(): number {
    const { jitter, jitterFromMs = 0 } = this.#options;
    if (jitter === "none") return this.#baseMs;
    if (jitter === "full") return this.#random() * this.#baseMs;
    return this.#baseMs < jitterFromMs ? this.#baseMs : this.#baseMs + this.#random() * jitter;
  }
}
