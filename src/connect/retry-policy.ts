import type { BackoffOptions } from "../core/backoff.ts";
import { errorFacts } from "./error-facts.ts";
import type { RpcError } from "./transport.ts";

/** Which failures of an RPC are tried again, how often and when. Policies are asked in order. */
export interface RetryPolicy {
  readonly name: string;
  /** Attempts after the first. */
  readonly maxRetries: number;
  readonly backoff: BackoffOptions;
  /** The longest wait that a server may ask for with RetryInfo, ms. */
  readonly maxServerDelayMs: number;
  canRetry(error: RpcError): boolean;
}

/** Shorter than Spark's, which goes up to a minute: what waits is to go on soon after the network is back. */
const backoff: BackoffOptions = {
  initialMs: 50,
  multiplier: 4,
  maxMs: 3_000,
  jitter: 500,
  jitterFromMs: 2_000,
};

/** About ten minutes of attempts, as with Spark's own 15 longer ones. */
const maxRetries = 200;

/** @see pyspark.sql.connect.client.retries.DefaultPolicy of Spark 4.2 */
export const defaultRetryPolicy: RetryPolicy = {
  name: "default",
  maxRetries,
  backoff,
  maxServerDelayMs: 600_000,
  canRetry: (error) =>
    error.status === "UNAVAILABLE" ||
    (error.status === "INTERNAL" && /INVALID_CURSOR\.DISCONNECTED/.test(errorFacts(error).message)) ||
    errorFacts(error).retryDelayMs !== undefined,
};

/** What the gateways of Databricks answer while a cluster starts or a connection moves. */
export const databricksRetryPolicy: RetryPolicy = {
  name: "databricks",
  maxRetries,
  backoff,
  maxServerDelayMs: 600_000,
  canRetry: (error) =>
    ((error.status === "INTERNAL" || error.status === "ABORTED") && /RST_STREAM/.test(error.message)) ||
    (error.status === "UNIMPLEMENTED" && /invalid content-type/i.test(error.message)),
};
