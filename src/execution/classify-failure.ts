import { ConnectionError, SessionClosedError, SparkError } from "../connect/errors.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";

import { isFault } from "./node-guard.ts";

export type FailureKind = "transient" | "permanent";

const transientStatuses = new Set(["UNAVAILABLE", "ABORTED", "DEADLINE_EXCEEDED"]);

/**
 * Connection, rollback, resources; and 2D521, with which Delta answers every conflict of concurrent commits
 * (delta-error-classes.json).
 */
const transientSqlStates = /^(08...|40...|53...|HYT0[01]|2D521)$/;

/** Spark reports a lost machine as text only, once its own retries of the task are used up. */
const lostMachine = /ExecutorLostFailure|FetchFailed|Executor heartbeat timed out|Connection (reset|refused)/;

/** System errors of Node that a second attempt may not meet. */
const transientSystemCodes = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "EAI_AGAIN"]);

/** Whether the same work may succeed when it is done again. What nobody knows to be transient is permanent. */
export function classifyFailure(thrown: unknown): FailureKind {
  return !isFault(thrown) && chainOf(thrown).some(isTransient) ? "transient" : "permanent";
}

/** Whether work ended because it was told to. */
export function isCancellation(thrown: unknown): boolean {
  return chainOf(thrown).some(
    (error) => error instanceof CancelledError || (error instanceof Error && error.name === "AbortError"),
  );
}

function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof SessionClosedError) return true;
  if (error instanceof SparkError) {
    if (error.sqlState !== undefined && transientSqlStates.test(error.sqlState)) return true;
    if (error.errorClass === undefined && transientStatuses.has(error.grpcStatus)) return true;
    return lostMachine.test(error.serverMessage);
  }
  if (error instanceof SparkwrightError) {
    return error.code === "NODE_TIMEOUT" && error.details["abandoned"] !== true;
  }
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && transientSystemCodes.has(code);
}

/** The error and its causes, each once. */
export function chainOf(thrown: unknown): readonly unknown[] {
  const chain = new Set<unknown>();
  let at = thrown;
  do {
    chain.add(at);
    at = at instanceof Error ? at.cause : undefined;
  } while (at !== undefined && !chain.has(at));
  return [...chain];
}
