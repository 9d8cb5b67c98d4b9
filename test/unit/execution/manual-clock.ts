import { abortReason } from "../../../src/core/abort.ts";
import type { Clock } from "../../../src/core/clock.ts";

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock that stands still until `run()` moves it from timer to timer. */
export class ManualClock implements Clock {
  #now = 0;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  get pending(): number {
    return this.#timers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(abortReason(signal));
      const timer = { at: this.#now + ms, fire: resolve };
      this.#timers.push(timer);
      signal?.addEventListener("abort", () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
        reject(abortReason(signal));
      });
    });
  }

  /** Fires timer after timer, each once everything that the last one set off has happened, until none is left. */
  async run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
      if (next === undefined) return;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
    }
  }
}
