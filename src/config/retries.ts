import type * as z from "zod";
import { defined } from "./defined.ts";
import { either } from "./either.ts";
import { decimalNumber, duration, oneOf, record, wholeNumber } from "./fields.ts";
import { optional } from "./optional.ts";
import type { RetryConfig } from "./project.ts";
import { RawScalar } from "./raw-value.ts";

const defaults: RetryConfig = {
  max: 2,
  initialDelayMs: 1_000,
  maxDelayMs: 60_000,
  multiplier: 2,
  jitter: "full",
};

/**
 * `retries: 3`, or a map of max, initial_delay, max_delay, multiplier and jitter; only what it says. One that
 * `inherits` has no defaults of its own.
 */
export function retriesField({
  inherits = false,
}: {
  readonly inherits?: boolean;
} = {}): z.ZodType<Partial<RetryConfig>> {
  const own = (fallback: string | number) => (inherits ? undefined : fallback);
  const map = record(
    {
      max: optional(wholeNumber(0, 100), "Attempts after the first", own(2)),
      initial_delay: optional(duration(), "Wait before the second attempt", own("1s")),
      max_delay: optional(duration(), "Longest wait", own("60s")),
      multiplier: optional(
        decimalNumber(1, 100),
        "By how much each wait is longer than the one before",
        own(2),
      ),
      jitter: optional(oneOf(["full", "none"]), "`full` waits a random part of it", own("full")),
    },
    "a whole number from 0 to 100, or a map of max, initial_delay, max_delay, multiplier and jitter",
  ).transform(
    ({ initial_delay: initialDelayMs, max_delay: maxDelayMs, ...same }): Partial<RetryConfig> =>
      defined({ ...same, initialDelayMs, maxDelayMs }),
  );
  const count = wholeNumber(0, 100).transform((max): Partial<RetryConfig> => ({ max }));
  return either((written) => written instanceof RawScalar, count, map);
}

/** Later layers over earlier ones, over the defaults. */
export function mergeRetries(...layers: readonly (Partial<RetryConfig> | undefined)[]): RetryConfig {
  let merged = defaults;
  for (const layer of layers) {
    merged = { ...merged, ...layer };
    // A longer first wait than the inherited longest is meant.
    const raises = layer?.initialDelayMs !== undefined && layer.maxDelayMs === undefined;
    if (raises) merged = { ...merged, maxDelayMs: Math.max(merged.maxDelayMs, merged.initialDelayMs) };
  }
  return merged;
}
