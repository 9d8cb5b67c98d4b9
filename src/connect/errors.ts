import { SparkwrightError, type SparkwrightErrorOptions } from "../core/error.ts";
import type { GrpcStatusName } from "./grpc-status.ts";

/** The piece of a query that an error of Spark points at; indexes count characters from 0. */
export interface QueryContext {
  readonly kind: "sql" | "dataframe";
  readonly objectType: string;
  readonly objectName: string;
  readonly startIndex: number;
  readonly stopIndex: number;
  readonly fragment: string;
  readonly callSite: string;
  readonly summary: string;
}

/** What Spark says about a behaviour that changed between its releases. */
export interface BreakingChange {
  readonly migrationMessage: readonly string[];
  readonly mitigationConfig: { readonly key: string; readonly value: string } | undefined;
  readonly needsAudit: boolean;
}

export interface SparkErrorFacts {
  readonly grpcStatus: GrpcStatusName;
  readonly errorClass?: string | undefined;
  readonly sqlState?: string | undefined;
  readonly messageParameters?: Readonly<Record<string, string>> | undefined;
  readonly queryContexts?: readonly QueryContext[] | undefined;
  readonly breakingChange?: BreakingChange | undefined;
  /** Java class names, the most specific first. */
  readonly classes?: readonly string[] | undefined;
  readonly serverStack?: readonly string[] | undefined;
  /** The message as the server sent it, plans and Java noise included. */
  readonly serverMessage?: string | undefined;
}

/**
 * Thrown when Spark answers a request with an error. `code` is `SPARK_` and the error class
 * (`SPARK_TABLE_OR_VIEW_NOT_FOUND`, dots as underscores), else `SPARK_` and the gRPC status.
 */
export class SparkError extends SparkwrightError {
  override readonly name: string = "SparkError";
  readonly grpcStatus: GrpcStatusName;
  readonly errorClass: string | undefined;
  readonly sqlState: string | undefined;
  readonly messageParameters: Readonly<Record<string, string>>;
  readonly queryContexts: readonly QueryContext[];
  readonly breakingChange: BreakingChange | undefined;
  readonly classes: readonly string[];
  /** The frames of the Java stack, innermost first; empty when the server keeps them to itself. */
  readonly serverStack: readonly string[];
  readonly serverMessage: string;

  constructor(message: string, facts: SparkErrorFacts, options: SparkwrightErrorOptions = {}) {
    super(`SPARK_${(facts.errorClass ?? facts.grpcStatus).replaceAll(/[^A-Z0-9]+/g, "_")}`, message, options);
    this.grpcStatus = facts.grpcStatus;
    this.errorClass = facts.errorClass;
    this.sqlState = facts.sqlState;
    this.messageParameters = facts.messageParameters ?? {};
    this.queryContexts = facts.queryContexts ?? [];
    this.breakingChange = facts.breakingChange;
    this.classes = facts.classes ?? [];
    this.serverStack = facts.serverStack ?? [];
    this.serverMessage = facts.serverMessage ?? message;
  }

  /** The errors that led to this one, nearest first. */
  get causes(): readonly SparkError[] {
    const chain: SparkError[] = [];
    for (let at = this.cause; at instanceof SparkError; at = at.cause) chain.push(at);
    return chain;
  }
}

/** Thrown when no connection to the server could be made, or not any more. */
export class ConnectionError extends SparkwrightError {
  override readonly name: string = "ConnectionError";
  readonly endpoint: string;

  constructor(endpoint: string, message: string, options: SparkwrightErrorOptions = {}) {
    super("CONNECT_UNAVAILABLE", message, { ...options, details: { ...options.details, endpoint } });
    this.endpoint = endpoint;
  }
}

/** Thrown when the session no longer exists on the server: it was released, timed out, or the server restarted. */
export class SessionClosedError extends SparkwrightError {
  override readonly name: string = "SessionClosedError";
  readonly sessionId: string;

  constructor(sessionId: string, message: string, options: SparkwrightErrorOptions = {}) {
    super("CONNECT_SESSION_CLOSED", message, {
      hint: "Open a new session: temporary views, settings and cached data of the old one are gone.",
      ...options,
      details: { ...options.details, sessionId },
    });
    this.sessionId = sessionId;
  }
}

/** Thrown when the server's answers contradict the protocol, so that its data cannot be trusted. */
export class ProtocolError extends SparkwrightError {
  override readonly name: string = "ProtocolError";

  constructor(code: `CONNECT_${string}`, message: string, options: SparkwrightErrorOptions = {}) {
    super(code, message, options);
  }
}
