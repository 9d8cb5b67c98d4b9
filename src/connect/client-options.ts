import { randomUUID } from "node:crypto";
import { type Clock, type Random, systemClock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { clientType } from "./client-type.ts";
import {
  type ConnectionTarget,
  formatAddress,
  headerProblem,
  isLoopback,
  isUuid,
  parseConnectionString,
} from "./connection-string.ts";
import { isDatabricksHost, sessionIdHeader, withDatabricksHeaders } from "./databricks.ts";
import { databricksConnection } from "./databricks-connection.ts";
import type { DatabricksOptions } from "./databricks-settings.ts";
import { type ConnectEnvironment, readConnectEnvironment } from "./environment.ts";
import { GrpcTransport, type TlsOptions } from "./grpc-transport.ts";
import type { RetryOptions } from "./retries.ts";
import { databricksRetryPolicy, defaultRetryPolicy, type RetryPolicy } from "./retry-policy.ts";
import type { Transport } from "./transport.ts";

/** How a client reaches its server, and as whom. */
export interface ConnectClientOptions {
  /**
   * The connection string; of Databricks also `https://workspace` and `databricks://profile`.
   * @default SPARK_REMOTE, else sc://localhost:15002
   */
  readonly remote?: string | undefined;
  /** Connects to a workspace of Databricks; what is left out comes from its profiles and environment variables. */
  readonly databricks?: DatabricksOptions | undefined;
  /**
   * A bearer token, or a function that is asked for one before every call. Goes before the connection string's.
   * @default SPARK_CONNECT_AUTHENTICATE_TOKEN
   */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** Certificates; giving any means TLS. */
  readonly tls?: TlsOptions | undefined;
  /** gRPC metadata for every call, before that of the connection string. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** @default SPARK_CONNECT_USER_AGENT, else sparkwright */
  readonly userAgent?: string | undefined;
  /** @default SPARK_USER, else USER */
  readonly userId?: string | undefined;
  /** A UUID. @default a new random one */
  readonly sessionId?: string | undefined;
  /** Milliseconds to wait for the first connection. @default 10_000 */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * How long a connection with a call under way may be silent before it is probed, ms. A server takes offence at probes
   * that come too often. @default 60_000
   */
  readonly keepaliveTimeMs?: number | undefined;
  /** How long the answer to a probe may take before the connection counts as broken, ms. @default 20_000 */
  readonly keepaliveTimeoutMs?: number | undefined;
  /** The largest message either way, in bytes. @default 128 MiB */
  readonly maxMessageBytes?: number | undefined;
  /**
   * How many bytes of rows that were taken the server keeps before it is told that it need not. Telling costs a call,
   * and what is kept can still be replayed to whoever takes the operation over. @default 8 MiB; Spark keeps 10 MiB anyway
   */
  readonly releaseAfterBytes?: number | undefined;
  /** @default the policy of Spark, and that of Databricks for its hosts */
  readonly retryPolicies?: readonly RetryPolicy[] | undefined;
  /** How long failures in a row are retried in all, ms. @default 15 min */
  readonly retryTimeoutMs?: number | undefined;
  /** Replaces the gRPC connection; it is the caller's to close. */
  readonly transport?: Transport | undefined;
  /** Told about failures that nobody else hears of: a call that is tried again, a release that did not arrive. */
  readonly onWarning?: ((message: string, error: unknown) => void) | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
}

/** The options with every default applied. */
export interface ResolvedConnection {
  /** `sc://host:port`, without parameters and so without secrets. */
  readonly endpoint: string;
  readonly sessionId: string;
  /** The id was made here, so nobody else can have used the session. */
  readonly newSession: boolean;
  readonly userId: string;
  readonly clientType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly token: (() => string | Promise<string>) | undefined;
  readonly transport: Transport;
  readonly ownsTransport: boolean;
  readonly maxMessageBytes: number;
  readonly retry: RetryOptions;
}

const defaultRemote = "sc://localhost:15002";
export const defaultMaxMessageBytes: number = 128 * 1024 * 1024;

/** Thrown when an option or the connection string is not valid: `CONNECT_INVALID_*`. */
export function resolveConnection(
  options: ConnectClientOptions,
  environment: ConnectEnvironment = readConnectEnvironment(),
): ResolvedConnection {
  const remote = options.remote ?? (options.databricks === undefined ? environment.remote : undefined);
  const databricks = databricksConnection({
    remote,
    options: options.databricks,
    environment: environment.databricks,
    hasToken: options.token !== undefined,
    ca: options.tls?.ca,
    clock: options.clock ?? systemClock,
  });
  const target = databricks?.target ?? parseConnectionString(remote ?? defaultRemote);
  const isDatabricks = databricks !== undefined || isDatabricksHost(target.host);
  const token = options.token ?? databricks?.token ?? target.token ?? environment.token;
  const address = formatAddress(target.host, target.port);
  const knownSessionId = options.sessionId ?? target.sessionId;
  const ownHeaders = checkedHeaders({ ...target.headers, ...options.headers });
  const headers = isDatabricks ? withDatabricksHeaders(ownHeaders, knownSessionId) : ownHeaders;
  const sessionId = knownSessionId ?? headers[sessionIdHeader] ?? randomUUID();
  if (!isUuid(sessionId)) {
    throw new SparkwrightError("CONNECT_INVALID_SESSION_ID", `The session id "${sessionId}" is not a UUID.`);
  }
  const policies = isDatabricks ? [defaultRetryPolicy, databricksRetryPolicy] : [defaultRetryPolicy];
  const maxMessageBytes = options.maxMessageBytes ?? target.maxMessageBytes ?? defaultMaxMessageBytes;
  return {
    endpoint: `sc://${address}`,
    sessionId,
    newSession: knownSessionId === undefined,
    userId: options.userId ?? target.userId ?? environment.userId ?? "",
    clientType: clientType(options.userAgent ?? target.userAgent ?? environment.userAgent ?? "sparkwright"),
    headers,
    token: typeof token === "string" ? () => token : token,
    transport:
      options.transport ??
      new GrpcTransport({
        address,
        secure: secureChannel(target, token !== undefined, options.tls),
        tls: options.tls,
        direct: isLoopback(target.host),
        maxMessageBytes,
        connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
        keepaliveTimeMs: options.keepaliveTimeMs,
        keepaliveTimeoutMs: options.keepaliveTimeoutMs,
      }),
    ownsTransport: options.transport === undefined,
    maxMessageBytes,
    retry: {
      policies: options.retryPolicies ?? policies,
      timeoutMs: options.retryTimeoutMs ?? 900_000,
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
      onRetry: (error, delayMs) =>
        options.onWarning?.(
          `a call to ${address} failed and is tried again in ${Math.round(delayMs)} ms`,
          error,
        ),
    },
  };
}

/**
 * Whether to use TLS: a token goes over it, except to this machine itself.
 *
 * Thrown when a token would travel unencrypted: `CONNECT_INSECURE_TOKEN`.
 */
export function secureChannel(
  target: ConnectionTarget,
  hasToken: boolean,
  tls: TlsOptions | undefined,
): boolean {
  if (tls !== undefined) return true;
  if (target.useSsl === false && hasToken && !isLoopback(target.host)) {
    throw new SparkwrightError(
      "CONNECT_INSECURE_TOKEN",
      `A token for ${target.host} would travel unencrypted, because of use_ssl=false.`,
      { hint: "Remove use_ssl=false, or the token." },
    );
  }
  return target.useSsl ?? (hasToken && !isLoopback(target.host));
}

function checkedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [key, value] of Object.entries(headers)) {
    const problem = headerProblem(key, value);
    if (problem !== undefined) throw new SparkwrightError("CONNECT_INVALID_HEADER", `${problem}.`);
    checked[key.toLowerCase()] = value;
  }
  return checked;
}
