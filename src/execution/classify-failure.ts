import { ConnectionError, SessionClosedError, SparkError } from "../connect/errors.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import { chainOf } from "../core/error-chain.ts";
import { isFault } from "./node-guard.ts";

export type FailureKind = "transient" | "permanent";

const transientStatuses = new Set(["UNAVAILABLE", "ABORTED", "DEADLINE_EXCEEDED"]);

/**
 * Connection, rollback, resources; and 2D521, with which Delta answers every conflict of concurrent commits
 * (delta-error-classes.json).
 */
const transientSqlStates = /^(08...|40...|53...|HYT0[01]|2D521)$/;

/** The server lost its place in a stream, or the operation or session with it; a new operation has a new one. */
const lostHandle = /^INVALID_(CURSOR\.|HANDLE\.(OPERATION_NOT_FOUND|OPERATION_ABANDONED|SESSION_))/;

/** Spark reports a lost machine, or its own end, as text only, once its own retries of the task are used up. */
const lostMachine =
  /ExecutorLostFailure|FetchFailed|Executor heartbeat timed out|Connection (reset|refused)|SparkContext was shut down/;

/** What Java throws in Spark, or in a driver that Spark uses, when a connection fails. */
const transientClasses = new Set([
  "java.net.ConnectException",
  "java.net.NoRouteToHostException",
  "java.net.SocketTimeoutException",
  "java.sql.SQLRecoverableException",
  "java.sql.SQLTransientException",
]);

/** Errors of our own after which a second attempt finds another state. */
const transientCodes = new Set(["CONNECT_RESPONSE_ALREADY_RECEIVED", "DATASET_CREATED_MEANWHILE"]);

/** System errors of Node that a second attempt may not meet. */
const transientSystemCodes = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/** Whether the same work may succeed when it is done again. What nobody knows to be transient is permanent. */
export function classifyFailure(thrown: unknown): FailureKind {
  const chain = chainOf(thrown);
  return !isFault(thrown) && !chain.some(isMisuse) && chain.some(isTransient) ? "transient" : "permanent";
}

/** Whether work ended because it was told to. */
export function isCancellation(thrown: unknown): boolean {
  return chainOf(thrown).some(
    (error) => error instanceof CancelledError || (error instanceof Error && error.name === "AbortError"),
  );
}

/** Code that ends its session, or uses one that has ended, does so again. */
function isMisuse(error: unknown): boolean {
  const codes = ["NODE_STOPPED_SESSION", "USAGE_OTHER_SESSION"];
  return error instanceof SparkwrightError && codes.includes(error.code);
}

function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof SessionClosedError) return true;
  if (error instanceof SparkError) {
    if (error.sqlState !== undefined && transientSqlStates.test(error.sqlState)) return true;
    if (error.errorClass === undefined && isTransientStatus(error)) return true;
    if (lostHandle.test(error.errorClass ?? "")) return true;
    return error.classes.some((name) => transientClasses.has(name)) || lostMachine.test(error.serverMessage);
  }
  if (error instanceof SparkwrightError) {
    if (transientCodes.has(error.code)) return true;
    return error.code === "NODE_TIMEOUT" && error.details["abandoned"] !== true;
  }
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" && transientSystemCodes.has(code);
}

/** A quota is free again later, and a stream that was reset is another one; a message too large stays too large. */
function isTransientStatus({ grpcStatus, serverMessage }: SparkError): boolean {
  if (grpcStatus === "RESOURCE_EXHAUSTED") return !/message/i.test(serverMessage);
  if (grpcStatus === "INTERNAL") return /RST_STREAM/.test(serverMessage);
  return transientStatuses.has(grpcStatus);
}
