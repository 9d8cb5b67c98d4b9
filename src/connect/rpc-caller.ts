import {
  create,
  type DescMessage,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type MessageShape,
} from "@bufbuild/protobuf";
import {
  FetchErrorDetailsRequestSchema,
  type FetchErrorDetailsResponse,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { abortReason, anySignal } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import { withDeepStack } from "./call-site.ts";
import { errorFacts } from "./error-facts.ts";
import { SessionClosedError } from "./errors.ts";
import { Retries, type RetryOptions } from "./retries.ts";
import { toUserError } from "./server-error.ts";
import type { SessionState } from "./session-state.ts";
import { type CallOptions, RpcError, type Transport } from "./transport.ts";

/** Bounds of one RPC, or of a whole execution. */
export interface RpcOptions {
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds for the whole call, retries and confirmation included, and at most 1 s over; an execution that takes
   * longer is interrupted (`CANCELLED`). @default no bound of an execution
   */
  readonly deadlineMs?: number | undefined;
  /** For executions: waiting for responses does not keep the process alive. */
  readonly unref?: boolean | undefined;
}

/** Bounds of one RPC inside this room. */
export interface CallBounds extends RpcOptions {
  /** Milliseconds for each attempt where the caller gave no deadline. */
  readonly attemptDeadlineMs?: number | undefined;
  /** The call is made in a session that takes no other one any more. */
  readonly evenIfClosed?: boolean | undefined;
}

export interface RpcCallerOptions {
  readonly endpoint: string;
  readonly transport: Transport;
  readonly session: SessionState;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked for every single call, so that a short-lived token can be renewed. */
  readonly token: (() => string | Promise<string>) | undefined;
  readonly retry: RetryOptions;
  /** Told about failures that do not matter to the caller. */
  readonly onWarning: (message: string, error: unknown) => void;
  /** Awaited before every single call: opens the session where the first call is to do that. */
  readonly ready?: ((signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

type SessionResponse = DescMessage & { readonly typeName: string };

/** How long FetchErrorDetails may take, ms: it must not delay a failure for long. */
const errorDetailsDeadlineMs = 5_000;
/** The same where the caller's time is over, ms. */
const lateErrorDetailsMs = 500;
/** How much later than its deadline a call ends at the latest, ms: that of the attempt should end it. */
const deadlineGraceMs = 250;

/** Makes RPCs in one session: headers and token, session integrity, retries, and errors of ours. */
export class RpcCaller {
  readonly options: RpcCallerOptions;
  #aside: RpcCaller | undefined;

  constructor(options: RpcCallerOptions) {
    this.options = options;
  }

  /** Calls until it succeeds or the retries are used up. Thrown: only errors of sparkwright. */
  async unary<I extends DescMessage, O extends SessionResponse>(
    method: DescMethodUnary<I, O>,
    request: () => MessageShape<I>,
    options: CallBounds,
  ): Promise<MessageShape<O>> {
    return await this.#retrying(options, async (bounds) => {
      const call = await this.#callOptions(bounds, options.evenIfClosed);
      return await this.options.transport.unary(method, request(), call);
    });
  }

  async clientStream<I extends DescMessage, O extends SessionResponse>(
    method: DescMethodClientStreaming<I, O>,
    requests: () => AsyncIterable<MessageShape<I>>,
    options: CallBounds,
  ): Promise<MessageShape<O>> {
    return await this.#retrying(options, async (bounds) => {
      const call = await this.#callOptions(bounds);
      return await this.options.transport.clientStream(method, requests(), call);
    });
  }

  /** One stream, without translating errors; `onSend` is told right before anything of it can leave. */
  async *serverStream<I extends DescMessage, O extends SessionResponse>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    options: RpcOptions,
    onSend?: () => void,
  ): AsyncGenerator<MessageShape<O>> {
    const call = await this.#callOptions(options);
    onSend?.();
    for await (const response of this.options.transport.serverStream(method, request, call)) {
      this.#observe(response);
      yield response;
    }
  }

  /** The same over a connection of its own, which is made when it is first used; itself where there can be none. */
  aside(): RpcCaller {
    if (this.#aside !== undefined) return this.#aside;
    const transport = this.options.transport.sibling?.();
    if (transport === undefined) return this;
    this.#aside = new RpcCaller({ ...this.options, transport });
    return this.#aside;
  }

  /** Closes the connection of `aside`. */
  closeAside(): void {
    this.#aside?.options.transport.close();
    this.#aside = undefined;
  }

  newRetries(clock: Clock = this.options.retry.clock): Retries {
    return new Retries({ ...this.options.retry, clock });
  }

  /**
   * The error to show for whatever a call threw; asks the server once for what its status had no room for, in `timeMs`
   * at most.
   */
  async translate(thrown: unknown, timeMs: number = errorDetailsDeadlineMs): Promise<unknown> {
    if (!(thrown instanceof RpcError)) return thrown;
    const { endpoint, session } = this.options;
    const origin = {
      endpoint,
      sessionId: session.sessionId,
      sessionWasKnown: session.serverSideSessionId !== undefined,
    };
    const { errorId } = errorFacts(thrown);
    const bounded = Math.min(errorDetailsDeadlineMs, Math.max(lateErrorDetailsMs, timeMs));
    const enriched = errorId === undefined ? undefined : await this.#fetchErrorDetails(errorId, bounded);
    const error = withDeepStack(() => toUserError(thrown, origin, enriched));
    return error instanceof SessionClosedError ? session.close(error) : error;
  }

  async #fetchErrorDetails(
    errorId: string,
    deadlineMs: number,
  ): Promise<FetchErrorDetailsResponse | undefined> {
    const { session, transport, onWarning } = this.options;
    try {
      const request = create(FetchErrorDetailsRequestSchema, { ...session.requestFields(), errorId });
      const call = await this.#callOptions({ deadlineMs });
      // Not checked for its session: Spark 4.2 leaves it empty here.
      return await transport.unary(SparkConnectService.method.fetchErrorDetails, request, call);
    } catch (error) {
      onWarning("the details of an error could not be fetched", error);
      return undefined;
    }
  }

  async #retrying<T>(options: CallBounds, attempt: (bounds: RpcOptions) => Promise<T>): Promise<T> {
    const { signal, deadlineMs, attemptDeadlineMs } = options;
    checkDeadline(deadlineMs);
    if (deadlineMs === undefined) {
      return await this.#attempts(
        () => ({ signal, deadlineMs: attemptDeadlineMs }),
        () => undefined,
        attempt,
      );
    }
    const endsAt = performance.now() + deadlineMs;
    const leftMs = () => endsAt - performance.now();
    const over = new AbortController();
    // Whatever hangs, the token provider included.
    const { promise, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      void this.translate(timeIsOver(deadlineMs)).then((error) => {
        reject(error);
        over.abort();
      });
    }, deadlineMs + deadlineGraceMs);
    const bounds = () => ({
      signal: anySignal(signal, over.signal),
      deadlineMs: Math.max(1, leftMs()),
    });
    try {
      return await Promise.race([this.#attempts(bounds, leftMs, attempt), promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #attempts<T>(
    boundsOf: () => RpcOptions,
    leftMs: () => number | undefined,
    attempt: (bounds: RpcOptions) => Promise<T>,
  ): Promise<T> {
    const retries = this.newRetries();
    for (;;) {
      const bounds = boundsOf();
      const { signal } = bounds;
      try {
        const response = await attempt(bounds);
        this.#observe(response);
        return response;
      } catch (error) {
        if (signal?.aborted) throw cancelledBy(signal);
        if (!(error instanceof RpcError)) throw error;
        try {
          await retries.wait(error, signal, leftMs());
        } catch (final) {
          if (signal?.aborted) throw cancelledBy(signal);
          throw await this.translate(final, leftMs());
        }
      }
    }
  }

  #observe(response: unknown): void {
    this.options.session.observe(response as { sessionId: string; serverSideSessionId: string });
  }

  async #callOptions(
    { signal, deadlineMs, unref }: RpcOptions,
    evenIfClosed: boolean = false,
  ): Promise<CallOptions> {
    if (!evenIfClosed) this.options.session.throwIfClosed();
    checkDeadline(deadlineMs);
    if (signal?.aborted) throw cancelledBy(signal);
    await this.options.ready?.(signal);
    const token = await this.#token();
    const metadata =
      token === undefined
        ? this.options.headers
        : { ...this.options.headers, authorization: `Bearer ${token}` };
    return { signal, deadlineMs, unref, metadata };
  }

  async #token(): Promise<string | undefined> {
    const { token, endpoint } = this.options;
    let value: string | undefined;
    try {
      value = await token?.();
    } catch (cause) {
      if (cause instanceof SparkwrightError) throw cause;
      throw new SparkwrightError("CONNECT_TOKEN", `The token provider for ${endpoint} failed.`, { cause });
    }
    if (token !== undefined && (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value))) {
      throw new SparkwrightError(
        "CONNECT_TOKEN",
        `The token for ${endpoint} is empty or has characters that a header cannot carry.`,
        { hint: "A token is one word of printable ASCII; look for a line break at its end." },
      );
    }
    return value;
  }
}

/** Thrown when it is no time that a timer can take: `USAGE_OUT_OF_RANGE`. */
export function checkDeadline(deadlineMs: number | undefined): void {
  if (deadlineMs === undefined || (typeof deadlineMs === "number" && deadlineMs > 0 && deadlineMs < 2 ** 31))
    return;
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `deadlineMs: ${deadlineMs} is not a time to wait`, {
    hint: "Pass milliseconds from 1 to 2147483647, or leave it out.",
  });
}

function timeIsOver(deadlineMs: number): RpcError {
  return new RpcError("DEADLINE_EXCEEDED", `no answer within ${deadlineMs} ms`);
}

/** What is thrown when a signal stopped the work: the reason if it is an error of ours, else a CancelledError. */
export function cancelledBy(signal: AbortSignal): SparkwrightError {
  const reason = abortReason(signal);
  if (reason instanceof SparkwrightError) return reason;
  const late = reason.name === "TimeoutError";
  return new CancelledError(late ? "cancelled, since its time was over" : "cancelled", { cause: reason });
}
