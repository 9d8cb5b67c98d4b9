import type * as z from "zod";
import { defined } from "./defined.ts";
import { decimalNumber, duration, flag, record, wholeNumber } from "./fields.ts";
import { optional } from "./optional.ts";
import type { PipelineExecution } from "./project.ts";
import { retriesField } from "./retries.ts";

/** The `execution` of the global settings and of a pipeline; only what it says. */
export function executionField({
  inherits = false,
}: {
  readonly inherits?: boolean;
} = {}): z.ZodType<PipelineExecution> {
  return record(
    {
      fail_fast: optional(
        flag(),
        "Whether the first failure stops what has not started",
        inherits ? undefined : false,
      ),
      retries: optional(
        retriesField({ inherits }),
        "How often a node whose failure may pass is tried again: a number, or a map",
      ),
      timeout: optional(duration(), "Limit of one attempt of a node"),
      run_timeout: optional(duration(), "Limit of a whole run"),
      circuit_breaker_threshold: optional(
        wholeNumber(1, 1_000_000),
        "Failed attempts in a row after which nothing of the pipeline starts for a while; without it (then 5) and the next key (then 10) there is no breaker",
      ),
      circuit_breaker_timeout_minutes: optional(decimalNumber(0, 1_000_000), "How long that while is"),
    },
    "a map of execution settings",
  ).transform((written): PipelineExecution => {
    const threshold = written.circuit_breaker_threshold;
    const minutes = written.circuit_breaker_timeout_minutes;
    const hasBreaker = threshold !== undefined || minutes !== undefined;
    const timeoutMs = minutes === undefined ? undefined : minutes * 60_000;
    return defined({
      failFast: written.fail_fast,
      retries: written.retries,
      timeoutMs: written.timeout,
      runTimeoutMs: written.run_timeout,
      circuitBreaker: hasBreaker ? defined({ threshold, timeoutMs }) : undefined,
    });
  });
}
