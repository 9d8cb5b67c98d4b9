import * as z from "zod";
import { decimalNumber, duration, oneOf, record, wholeNumber } from "./fields.ts";
import type { RetryConfig } from "./project.ts";
import { RawScalar } from "./raw-value.ts";

const defaults: RetryConfig = {
  max: 2,
  initialDelayMs: 1_000,
  maxDelayMs: 60_000,
  multiplier: 2,
  jitter: "full",
};

/** `retries` as it may be written: only what it says, so that the rest comes from above. */
export interface WrittenRetries {
  readonly max?: number | undefined;
  readonly initial_delay?: number | undefined;
  readonly max_delay?: number | undefined;
  readonly multiplier?: number | undefined;
  readonly jitter?: "full" | "none" | undefined;
}

/** `retries: 3`, or a map of max, initial_delay, max_delay, multiplier and jitter. */
export function retriesField(): z.ZodType<WrittenRetries> {
  const map = record(
    {
      max: wholeNumber(0, 100).optional(),
      initial_delay: duration().optional(),
      max_delay: duration().optional(),
      multiplier: decimalNumber(1, 100).optional(),
      jitter: oneOf(["full", "none"]).optional(),
    },
    "a whole number from 0 to 100, or a map of max, initial_delay, max_delay, multiplier and jitter",
  );
  const count = wholeNumber(0, 100).transform((max): WrittenRetries => ({ max }));
  return z.unknown().transform((value, ctx) => {
    const schema = value instanceof RawScalar ? count : map;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const found of result.error.issues) ctx.issues.push(found as z.core.$ZodRawIssue);
    return z.NEVER;
  });
}

/** `written` over `base`, over the defaults. */
export function mergeRetries(base: RetryConfig = defaults, written: WrittenRetries = {}): RetryConfig {
  const initialDelayMs = written.initial_delay ?? base.initialDelayMs;
  return {
    max: written.max ?? base.max,
    initialDelayMs,
    // A longer first wait than the inherited longest is meant.
    maxDelayMs: written.max_delay ?? Math.max(base.maxDelayMs, initialDelayMs),
    multiplier: written.multiplier ?? base.multiplier,
    jitter: written.jitter ?? base.jitter,
  };
}
