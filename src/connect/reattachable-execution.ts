import { create } from "@bufbuild/protobuf";
import {
  type ExecutePlanResponse,
  ReattachExecuteRequestSchema,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { Backoff } from "../core/backoff.ts";
import type { Clock } from "../core/clock.ts";
import { CancelledError } from "../core/error.ts";
import { errorFacts } from "./error-facts.ts";
import { ProtocolError } from "./errors.ts";
import { executionProgress } from "./execution-progress.ts";
import type { ExecutionScope, OperationOutcome, SubmittedOperation } from "./execution-scope.ts";
import type { OperationReleases, PendingWork } from "./operation-releases.ts";
import type { PlanSubmission } from "./plan-submission.ts";
import type { Retries } from "./retries.ts";
import { cancelledBy, type RpcCaller, type RpcOptions } from "./rpc-caller.ts";
import { RpcError } from "./transport.ts";

/** The responses of one operation, in order, each once. It can be iterated once. */
export interface ExecuteStream extends AsyncIterable<ExecutePlanResponse> {
  readonly operationId: string;
}

export interface ReattachableExecutionOptions {
  readonly rpc: RpcCaller;
  readonly clock: Clock;
  readonly operation: () => SubmittedOperation;
  /** What to send first; `undefined` to attach to an operation that runs already. */
  readonly submission: PlanSubmission | undefined;
  readonly lastResponseId: string | undefined;
  readonly releases: OperationReleases;
  /** Bytes of rows that are taken before the server is told so. */
  readonly releaseAfterBytes: number;
  readonly interrupt: (options: RpcOptions) => Promise<unknown>;
  /** Work that goes on when nobody pulls any more. */
  readonly background: PendingWork;
  readonly scope: ExecutionScope;
  readonly signal: AbortSignal | undefined;
  readonly streamDeadlineMs: number;
  readonly unref: boolean;
}

/** How often a plan the server never heard of is sent again. */
const maxResubmissions = 3;
/** How long a cancellation waits for the server's confirmation, and between two interrupts of it; ms. */
const cancelTimeoutMs = 5_000;
const cancelRepeatMs = 500;

/**
 * Executes a plan over as many streams as it takes. Streams end early by the server's own limits and by broken
 * connections; reattaching with the last response id continues after it, so nothing is lost or doubled.
 *
 * @see ExecutePlanResponseReattachableIterator of Spark 4.2
 */
export class ReattachableExecution implements ExecuteStream {
  readonly #options: ReattachableExecutionOptions;
  readonly #operation: SubmittedOperation;
  readonly #retries: Retries;
  readonly #streamAbort = new AbortController();
  #stream: AsyncIterator<ExecutePlanResponse> | undefined;
  #pulling: Promise<IteratorResult<ExecutePlanResponse>> | undefined;
  #lastResponseId: string | undefined;
  #submitted: boolean;
  #received = false;
  #resubmissions = 0;
  #idleBackoff: Backoff | undefined;
  #cancelling: Promise<void> | undefined;
  #stopConfirmed: boolean | undefined;
  #iterated = false;
  #ended = false;

  constructor(options: ReattachableExecutionOptions) {
    this.#options = options;
    this.#operation = options.operation();
    this.#retries = options.rpc.newRetries(options.clock);
    this.#lastResponseId = options.lastResponseId;
    this.#submitted = options.submission === undefined;
  }

  get operationId(): string {
    return this.#operation.operationId;
  }

  [Symbol.asyncIterator](): AsyncIterator<ExecutePlanResponse> {
    if (this.#iterated) {
      throw new ProtocolError(
        "CONNECT_STREAM_CONSUMED",
        `The responses of operation ${this.operationId} were taken already.`,
        { hint: "Execute the plan again, or keep what the first iteration gave." },
      );
    }
    this.#iterated = true;
    return this.#responses();
  }

  async *#responses(): AsyncGenerator<ExecutePlanResponse> {
    const { scope, signal, releases, releaseAfterBytes, submission } = this.#options;
    let unreleasedBytes = 0;
    if (signal?.aborted) throw cancelledBy(signal);
    if (submission !== undefined) {
      await submission.prepare();
      await scope.onSubmit?.(this.#operation);
    }
    const onAbort = () => this.#startCancel();
    signal?.addEventListener("abort", onAbort, { once: true });
    let outcome: OperationOutcome = "cancelled";
    try {
      if (signal?.aborted) throw cancelledBy(signal);
      for (;;) {
        const response = await this.#next();
        const { responseType, responseId } = response;
        if (responseType.case === "executionProgress") {
          scope.onProgress?.(executionProgress(this.operationId, responseType.value), this.#operation);
        }
        if (responseType.case === "resultComplete") {
          outcome = "completed";
          this.#end(outcome);
          yield response;
          return;
        }
        yield response;
        // Only now: whoever asks for the next response is done with this one. Progress weighs nothing.
        if (responseId === "" || responseType.case === "executionProgress") continue;
        if (responseType.case === "arrowBatch") unreleasedBytes += responseType.value.data.length;
        if (unreleasedBytes < releaseAfterBytes) continue;
        unreleasedBytes = 0;
        releases.until(responseId);
      }
    } catch (thrown) {
      if (signal?.aborted) throw this.#cancelled(signal);
      outcome = "failed";
      const error = await this.#options.rpc.translate(thrown);
      if (thrown instanceof RpcError && thrown.unreachable) releases.drop();
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      if (this.#cancelling === undefined) this.#end(outcome);
    }
  }

  /** The next response, over a new stream where the old one broke. */
  async #next(): Promise<ExecutePlanResponse> {
    const { signal } = this.#options;
    for (;;) {
      if (this.#cancelling !== undefined) {
        await this.#cancelling;
        throw this.#cancelled(signal as AbortSignal);
      }
      try {
        this.#stream ??= this.#open();
        this.#pulling = this.#stream.next();
        const result = await this.#pulling;
        if (this.#cancelling !== undefined) continue;
        if (result.done !== true) {
          this.#progressed(result.value);
          return result.value;
        }
        this.#stream = undefined;
        await this.#pauseIfIdle();
      } catch (thrown) {
        if (signal?.aborted) continue;
        this.#stream = undefined;
        if (!(thrown instanceof RpcError)) throw thrown;
        await this.#recover(thrown);
      }
    }
  }

  #open(): AsyncIterator<ExecutePlanResponse> {
    const { rpc, submission, streamDeadlineMs, unref } = this.#options;
    const options = { deadlineMs: streamDeadlineMs, unref, signal: this.#streamAbort.signal };
    if (!this.#submitted && submission !== undefined) {
      this.#submitted = true;
      return rpc.serverStream(SparkConnectService.method.executePlan, submission.request(), options);
    }
    const request = create(ReattachExecuteRequestSchema, {
      ...rpc.options.session.requestFields(),
      operationId: this.operationId,
      ...(this.#lastResponseId === undefined ? {} : { lastResponseId: this.#lastResponseId }),
    });
    return rpc.serverStream(SparkConnectService.method.reattachExecute, request, options);
  }

  #progressed(response: ExecutePlanResponse): void {
    this.#received = true;
    this.#retries.reset();
    this.#idleBackoff = undefined;
    if (response.responseId !== "") this.#lastResponseId = response.responseId;
  }

  /** A server that ends streams at once must not be called in a tight loop. */
  async #pauseIfIdle(): Promise<void> {
    if (this.#idleBackoff !== undefined) {
      await this.#options.clock.sleep(this.#idleBackoff.delayMs, this.#options.signal);
    }
    this.#idleBackoff =
      this.#idleBackoff?.next() ??
      new Backoff({ initialMs: 50, multiplier: 2, maxMs: 2_000, jitter: "none" });
  }

  /** Returns when the operation may go on over a new stream. */
  async #recover(error: RpcError): Promise<void> {
    const { submission, signal, rpc } = this.#options;
    if (isUnknownToServer(error)) {
      if (submission === undefined) throw error;
      if (this.#received) {
        throw new ProtocolError(
          "CONNECT_RESPONSE_ALREADY_RECEIVED",
          `The server forgot operation ${this.operationId} after part of its result was received.`,
          {
            cause: await rpc.translate(error),
            hint: "The plan was not run again, since that could do its work twice.",
          },
        );
      }
      if (this.#resubmissions++ >= maxResubmissions) throw error;
      this.#submitted = false;
      return;
    }
    if (!this.#received && isUnreadable(error) && submission?.simplify() === true) {
      this.#submitted = false;
      return;
    }
    if (error.status === "DEADLINE_EXCEEDED") return await this.#pauseIfIdle();
    try {
      await this.#retries.wait(error, signal);
    } catch (final) {
      if (!signal?.aborted) throw final;
    }
  }

  #startCancel(): void {
    if (this.#cancelling !== undefined || this.#ended) return;
    this.#cancelling = this.#cancel();
    this.#options.background.add(this.#cancelling);
  }

  /** Interrupts until the stream has ended, which confirms that the server stopped; gives up after 5 s. */
  async #cancel(): Promise<void> {
    const { clock, interrupt, rpc } = this.#options;
    const over = new AbortController();
    const { signal } = over;
    const sleep = (ms: number, name: string) =>
      clock.sleep(ms, signal).then(
        () => name,
        () => name,
      );
    const timeout = sleep(cancelTimeoutMs, "timeout");
    const ended = this.#drain().then(() => "ended");
    for (let state = ""; state !== "ended" && state !== "timeout"; ) {
      const interrupted = interrupt({ deadlineMs: cancelTimeoutMs, signal }).catch((error: unknown) => {
        if (!signal.aborted) {
          rpc.options.onWarning(`operation ${this.operationId} could not be interrupted`, error);
        }
      });
      await Promise.race([interrupted, timeout]);
      state = await Promise.race([ended, timeout, sleep(cancelRepeatMs, "again")]);
      this.#stopConfirmed = state === "ended";
    }
    over.abort();
    this.#end("cancelled");
  }

  #cancelled(signal: AbortSignal): Error {
    const error = cancelledBy(signal);
    if (this.#stopConfirmed !== false) return error;
    return new CancelledError(
      `${error.message}; the server did not confirm within ${cancelTimeoutMs / 1_000} s that operation ` +
        `${this.operationId} stopped`,
      { cause: error, details: { operationId: this.operationId, confirmed: false } },
    );
  }

  async #drain(): Promise<void> {
    try {
      await this.#pulling;
      for (;;) {
        const result = await this.#stream?.next();
        if (result === undefined || result.done === true) return;
        if (result.value.responseType.case === "resultComplete") return;
      }
    } catch {
      // The end that was waited for: OPERATION_CANCELED, or a connection that broke.
    }
  }

  /** Leaves nothing running and nothing kept on the server. */
  #end(outcome: OperationOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    const { releases, scope, rpc } = this.#options;
    if (this.#submitted) releases.all();
    if (outcome === "completed") {
      // Takes the status of the call; aborting now would only look like a failure to the server.
      void this.#stream?.next().catch(() => {});
    } else {
      this.#streamAbort.abort();
      void this.#stream?.return?.().catch(() => {});
    }
    try {
      scope.onEnd?.(this.#operation, outcome);
    } catch (error) {
      if (outcome === "completed") throw error;
      rpc.options.onWarning(`an observer of operation ${this.operationId} failed`, error);
    }
  }
}

function isUnknownToServer(error: RpcError): boolean {
  const { errorClass } = errorFacts(error);
  return (
    errorClass === "INVALID_HANDLE.OPERATION_NOT_FOUND" || errorClass === "INVALID_HANDLE.SESSION_NOT_FOUND"
  );
}

function isUnreadable(error: RpcError): boolean {
  return errorFacts(error).errorClass === "CONNECT_INVALID_PLAN.CANNOT_PARSE";
}
