import type { RetryConfig } from "../config/project.ts";
import { Backoff } from "../core/backoff.ts";
import type { Random } from "../core/clock.ts";

/** Milliseconds to wait after the given failed attempt (1 for the first), or `undefined` when it was the last. */
export function retryDelayMs(
  retries: RetryConfig,
  attempt: number,
  random: Random = Math.random,
): number | undefined {
  if (attempt > retries.max) return undefined;
  const { initialDelayMs: initialMs, maxDelayMs: maxMs, multiplier, jitter } = retries;
  let backoff = new Backoff({ initialMs, maxMs, multiplier, jitter }, random);
  for (let step = 1; step < attempt; step += 1) backoff = backoff.next();
  return Math.round(backoff.delayMs);
}
