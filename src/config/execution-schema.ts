import type * as z from "zod";
import { defined } from "./defined.ts";
import { decimalNumber, duration, flag, record, wholeNumber } from "./fields.ts";
import type { PipelineExecution } from "./project.ts";
import { retriesField } from "./retries.ts";

/** The `execution` of the global settings and of a pipeline; only what it says. */
export function executionField(): z.ZodType<PipelineExecution> {
  return record(
    {
      fail_fast: flag().optional(),
      retries: retriesField().optional(),
      timeout: duration().optional(),
      run_timeout: duration().optional(),
      circuit_breaker_threshold: wholeNumber(1, 1_000_000).optional(),
      circuit_breaker_timeout_minutes: decimalNumber(0, 1_000_000).optional(),
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
