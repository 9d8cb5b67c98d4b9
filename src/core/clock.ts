import { abortReason } from "./abort.ts";

/** Time as policies see it; tests inject their own. Milliseconds throughout. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), like `Math.random`. */
export type Random = () => number;

export const systemClock: Clock = clock(true);

/** The system's clock, whose waits do not keep the process alive. */
export const unrefClock: Clock = clock(false);

function clock(keepsAlive: boolean): Clock {
  return {
    now: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(abortReason(signal));
        const onAbort = () => {
          clearTimeout(timer);
          reject(abortReason(signal as AbortSignal));
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        }, ms);
        if (!keepsAlive) timer.unref();
        signal?.addEventListener("abort", onAbort, { once: true });
      }),
  };
}
