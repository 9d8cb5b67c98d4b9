import { SparkwrightError } from "../core/error.ts";
import { chainOf } from "../core/error-chain.ts";

/** Whether the write was never begun, and cannot begin any more. */
export function neverBegan(failure: unknown): boolean {
  return chainOf(failure).some(
    (error) => error instanceof SparkwrightError && error.outcome === "not_started",
  );
}

/** Whether the server did not confirm that the write has ended. */
export function mayStillRun(failure: unknown): boolean {
  return chainOf(failure).some(
    (error) => error instanceof SparkwrightError && error.details["confirmed"] === false,
  );
}
