import type {
  FetchErrorDetailsResponse,
  FetchErrorDetailsResponse_Error,
  FetchErrorDetailsResponse_StackTraceElement,
} from "../../gen/spark/connect/base_pb.ts";
import { FetchErrorDetailsResponse_QueryContext_ContextType as ContextType } from "../../gen/spark/connect/base_pb.ts";
import { messageOf, type SourcePosition } from "../core/error.ts";
import { parseCallSite } from "./call-site.ts";
import { errorFacts } from "./error-facts.ts";
import { ConnectionError, type QueryContext, SessionClosedError, SparkError } from "./errors.ts";
import { grpcStatusName } from "./grpc-status.ts";
import { RpcError } from "./transport.ts";

/** Where an error came from, for its message. */
export interface ErrorOrigin {
  readonly endpoint: string;
  readonly sessionId: string;
  /** The largest message either way, in bytes. */
  readonly maxMessageBytes?: number | undefined;
  /** The server has known the session before. */
  readonly sessionWasKnown?: boolean | undefined;
}

/** What grpc-js ends the message of a broken connection with, though it has nothing to say. */
const emptyResolutionNote = /\.? Resolution note: \.?$/;

/** What grpc-js fails a call with for which it has no connection, before anything of it leaves. */
const neverSent = /^(No connection established|Name resolution failed)/;

/** The `ServiceError` of grpc-js, or whatever else a call threw, as an {@link RpcError}. */
export function toRpcError(thrown: unknown): RpcError {
  if (thrown instanceof RpcError) return thrown;
  if (!isServiceError(thrown)) return new RpcError("UNKNOWN", messageOf(thrown), { cause: thrown });
  const [details] = thrown.metadata?.get("grpc-status-details-bin") ?? [];
  const message = (thrown.details ?? thrown.message).replace(emptyResolutionNote, "");
  return new RpcError(grpcStatusName(thrown.code), message, {
    cause: thrown,
    statusDetails: details instanceof Uint8Array ? details : undefined,
    notSent: neverSent.test(message),
  });
}

/** The error a user sees for a failed RPC; `enriched` is the answer of FetchErrorDetails, if there was one. */
export function toUserError(
  error: RpcError,
  origin: ErrorOrigin,
  enriched?: FetchErrorDetailsResponse,
): SparkError | ConnectionError | SessionClosedError {
  if (error.unreachable) return unreachable(error, origin);
  const facts = errorFacts(error);
  if (isSessionGone(facts.errorClass, origin)) {
    return new SessionClosedError(origin.sessionId, cleanMessage(facts.message), { cause: error });
  }
  if (error.status === "UNAVAILABLE" && facts.errorClass === undefined) {
    return new ConnectionError(
      origin.endpoint,
      `The connection to the Spark Connect server at ${origin.endpoint} was lost: ${error.message}.`,
      { cause: error, hint: "Check that the server still runs, then run again." },
    );
  }
  if (error.status === "UNIMPLEMENTED" && /HTTP status code|content-type/i.test(error.message)) {
    return new ConnectionError(
      origin.endpoint,
      `What answers at ${origin.endpoint} is not a Spark Connect server: ${error.message}.`,
      { cause: error, hint: "Check host and port, and whether a proxy stands in between." },
    );
  }
  const errors = enriched?.errors ?? [];
  const root = enriched?.rootErrorIdx === undefined ? undefined : errors[enriched.rootErrorIdx];
  const message = root?.message || facts.message;
  return new SparkError(
    cleanMessage(message) || `${error.status} without a message`,
    {
      grpcStatus: error.status,
      errorClass: root?.sparkThrowable?.errorClass || facts.errorClass,
      sqlState: root?.sparkThrowable?.sqlState || facts.sqlState,
      messageParameters: { ...facts.messageParameters, ...root?.sparkThrowable?.messageParameters },
      queryContexts: queryContexts(root),
      breakingChange: breakingChange(root),
      classes: root?.errorTypeHierarchy ?? facts.classes,
      serverStack: root?.stackTrace.map(frame) ?? [],
      serverMessage: message,
    },
    {
      cause: causeOf(root, errors, error),
      hint: hintFor(error, origin),
      position: madeAt(root, errors),
    },
  );
}

/** Where the user's code made the column that Spark complains about, if that was captured. */
function madeAt(
  root: FetchErrorDetailsResponse_Error | undefined,
  errors: readonly FetchErrorDetailsResponse_Error[],
): SourcePosition | undefined {
  for (const error of root === undefined ? [] : [root, ...errors]) {
    for (const { callSite } of queryContexts(error)) {
      const place = parseCallSite(callSite);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

function isSessionGone(errorClass: string | undefined, { sessionWasKnown }: ErrorOrigin): boolean {
  return (
    errorClass === "INVALID_HANDLE.SESSION_CHANGED" ||
    errorClass === "INVALID_HANDLE.SESSION_CLOSED" ||
    (sessionWasKnown === true && errorClass === "INVALID_HANDLE.SESSION_NOT_FOUND")
  );
}

function unreachable(error: RpcError, { endpoint }: ErrorOrigin): ConnectionError {
  return new ConnectionError(
    endpoint,
    `No Spark Connect server could be reached at ${endpoint}: ${error.message}.`,
    {
      cause: error,
      hint:
        "Check host and port, that the server runs, and whether it wants TLS (use_ssl=true). " +
        "Without a server of your own, leave SPARK_REMOTE unset and an embedded one is started.",
    },
  );
}

function hintFor(error: RpcError, origin: ErrorOrigin): string | undefined {
  switch (error.status) {
    case "UNAUTHENTICATED":
      return "Give a valid token: ;token=… in the connection string or SPARK_CONNECT_AUTHENTICATE_TOKEN.";
    case "PERMISSION_DENIED":
      return `Ask for access with this token at ${origin.endpoint}.`;
    case "RESOURCE_EXHAUSTED":
      return /message/i.test(error.message)
        ? "Raise grpc_max_message_size in the connection string, or send and fetch less at once."
        : undefined;
    default:
      return undefined;
  }
}

/** The chain of causes; the last link is the failed RPC itself. A cycle in the answer ends the chain. */
function causeOf(
  error: FetchErrorDetailsResponse_Error | undefined,
  errors: readonly FetchErrorDetailsResponse_Error[],
  rpcError: RpcError,
  seen: ReadonlySet<FetchErrorDetailsResponse_Error> = new Set(),
): Error {
  const cause = error?.causeIdx === undefined ? undefined : errors[error.causeIdx];
  if (error === undefined || cause === undefined || cause === error || seen.has(cause)) return rpcError;
  return new SparkError(
    cleanMessage(cause.message) || (cause.errorTypeHierarchy[0] ?? "unknown"),
    {
      grpcStatus: rpcError.status,
      errorClass: cause.sparkThrowable?.errorClass,
      sqlState: cause.sparkThrowable?.sqlState,
      messageParameters: cause.sparkThrowable?.messageParameters,
      queryContexts: queryContexts(cause),
      breakingChange: breakingChange(cause),
      classes: cause.errorTypeHierarchy,
      serverStack: cause.stackTrace.map(frame),
      serverMessage: cause.message,
    },
    { cause: causeOf(cause, errors, rpcError, new Set([...seen, error])) },
  );
}

function queryContexts(error: FetchErrorDetailsResponse_Error | undefined): QueryContext[] {
  return (error?.sparkThrowable?.queryContexts ?? []).map((context) => ({
    kind: context.contextType === ContextType.DATAFRAME ? "dataframe" : "sql",
    objectType: context.objectType,
    objectName: context.objectName,
    startIndex: context.startIndex,
    stopIndex: context.stopIndex,
    fragment: context.fragment,
    callSite: context.callSite,
    summary: context.summary,
  }));
}

function breakingChange(error: FetchErrorDetailsResponse_Error | undefined): SparkError["breakingChange"] {
  const info = error?.sparkThrowable?.breakingChangeInfo;
  if (info === undefined) return undefined;
  const config = info.mitigationConfig;
  return {
    migrationMessage: info.migrationMessage,
    mitigationConfig: config && { key: config.key, value: config.value },
    needsAudit: info.needsAudit ?? true,
  };
}

function frame(element: FetchErrorDetailsResponse_StackTraceElement): string {
  const place = element.fileName ? `${element.fileName}:${element.lineNumber}` : "Unknown Source";
  return `${element.declaringClass}.${element.methodName}(${place})`;
}

/**
 * Whether a failed ReleaseSession ended the session all the same. Spark first forgets the session, then closes its
 * operations, which fails when one changes its state meanwhile, then looks for ML models to drop, which fails when it
 * has no ML module.
 * @see SparkConnectSessionManager.closeSession and SessionHolder.close of Spark 4.2
 */
export function meansReleased(error: unknown): boolean {
  return (
    error instanceof SessionClosedError ||
    (error instanceof SparkError &&
      (error.errorClass?.startsWith("SPARK_CONNECT_ILLEGAL_STATE.STATE_CONSISTENCY_EXECUTION_") === true ||
        error.message.startsWith("org/apache/spark/ml/")))
  );
}

/** A message of Spark without Java class names before it, stack frames, and the plan printed after it. */
export function cleanMessage(message: string): string {
  const lines = message
    .replace(/^\s*(?:\((?:[a-z_]\w*\.)+[\w$]+\)\s*|(?:[a-z_]\w*\.)+[A-Z][\w$]*(?:Exception|Error): )+/, "")
    .split("\n");
  const noise = lines.findIndex(
    (line, index) =>
      /^\s*at [\w.$/]+\(/.test(line) ||
      /^(Driver stacktrace:|JVM stacktrace:)/.test(line) ||
      (index > 0 && /^[:+]- /.test(lines[index + 1] ?? "")),
  );
  return (noise < 0 ? lines : lines.slice(0, noise)).join("\n").trim();
}

interface ServiceErrorLike extends Error {
  readonly code: number;
  readonly details?: string;
  readonly metadata?: { get(key: string): unknown[] };
}

function isServiceError(thrown: unknown): thrown is ServiceErrorLike {
  return thrown instanceof Error && typeof Reflect.get(thrown, "code") === "number";
}
