import { create } from "@bufbuild/protobuf";
import {
  type ExecutePlanResponse,
  ReattachExecuteRequestSchema,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { unlessAborted } from "../core/abort.ts";
import { Backoff } from "../core/backoff.ts";
import type { Clock } from "../core/clock.ts";
import { CancelledError, type CommandOutcome } from "../core/error.ts";
import { isLostOperation, withOutcome } from "./command-outcome.ts";
import { errorFacts } from "./error-facts.ts";
import { ProtocolError } from "./errors.ts";
import { executionProgress } from "./execution-progress.ts";
import type { ExecutionScope, OperationOutcome, SubmittedOperation } from "./execution-scope.ts";
import { fateOfError, fateOfStream, type OperationFate, OperationInquiry } from "./operation-inquiry.ts";
import type { OperationReleases, PendingWork } from "./operation-releases.ts";
import type { PlanSubmission } from "./plan-submission.ts";
import type { Retries } from "./retries.ts";
import { cancelledBy, type RpcCaller, type RpcOptions } from "./rpc-caller.ts";
import { ServerTooOldError } from "./server-too-old-error.ts";
import { RpcError } from "./transport.ts";

/** The responses of one operation, in order, each once. It can be iterated once. */
export interface ExecuteStream extends AsyncIterable<ExecutePlanResponse> {
  /** Another one once a read had to be run again. */
  readonly operationId: string;
}

export interface ReattachableExecutionOptions {
  readonly rpc: RpcCaller;
  readonly clock: Clock;
  readonly operationId: string;
  readonly operation: (operationId: string) => SubmittedOperation;
  /** For an operation that takes the place of a lost one. */
  readonly newOperationId: () => string;
  /** Whether the plan may be run any number of times. */
  readonly isRead: () => boolean;
  /** Awaited before a command: makes sure that we know which life of the session it is sent to. */
  readonly identify: (signal: AbortSignal | undefined) => Promise<void>;
  /** What to send first; `undefined` to attach to an operation that runs already. */
  readonly submission: PlanSubmission | undefined;
  readonly lastResponseId: string | undefined;
  readonly releases: (operationId: string) => OperationReleases;
  /** Bytes of rows that are taken before the server is told so. */
  readonly releaseAfterBytes: number;
  readonly interrupt: (options: RpcOptions) => Promise<unknown>;
  /** Work that goes on when nobody pulls any more. */
  readonly background: PendingWork;
  readonly scope: ExecutionScope;
  readonly signal: AbortSignal | undefined;
  /** When the caller's time is over, by `performance.now()`. */
  readonly endsAt: number | undefined;
  readonly streamDeadlineMs: number;
  readonly unref: boolean;
}

/** How often a read that the server lost is run again. */
const maxReruns = 3;
/** How long a cancellation waits for the server's confirmation, ms. */
const cancelTimeoutMs = 5_000;
/** The same behind the caller's deadline, ms. */
const lateCancelMs = 750;
/** How long the end of the stream is awaited before the server is asked, ms. */
const drainMs = 500;
/** How long a command without a deadline is asked for, ms: as long as its stream would have been waited for. */
const inquiryMs = 600_000;

/**
 * Executes a plan over as many streams as it takes. Streams end early by the server's own limits and by broken
 * connections; reattaching with the last response id continues after it, so nothing is lost or doubled.
 *
 * @see ExecutePlanResponseReattachableIterator of Spark 4.2
 */
export class ReattachableExecution implements ExecuteStream {
  readonly #options: ReattachableExecutionOptions;
  #operation: SubmittedOperation;
  #releases: OperationReleases;
  readonly #retries: Retries;
  readonly #streamAbort = new AbortController();
  #stream: AsyncIterator<ExecutePlanResponse> | undefined;
  #pulling: Promise<IteratorResult<ExecutePlanResponse>> | undefined;
  #lastResponseId: string | undefined;
  #submitted: boolean;
  /** The server may have the operation. */
  #mayHaveArrived: boolean;
  #received = false;
  /** The stream that is open is not the first of the operation. */
  #reattached = false;
  /** The consumer got more than progress. */
  #handedOut = false;
  #reruns = 0;
  #prepared = false;
  #idleBackoff: Backoff | undefined;
  #cancelling: Promise<void> | undefined;
  #fate: OperationFate | undefined;
  #iterated = false;
  #ended = false;

  constructor(options: ReattachableExecutionOptions) {
    this.#options = options;
    this.#operation = options.operation(options.operationId);
    this.#releases = options.releases(options.operationId);
    this.#retries = options.rpc.newRetries(options.clock);
    this.#lastResponseId = options.lastResponseId;
    this.#submitted = options.submission === undefined;
    this.#mayHaveArrived = this.#submitted;
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
    const { scope, signal, releaseAfterBytes } = this.#options;
    let unreleasedBytes = 0;
    const onAbort = () => this.#startCancel();
    let outcome: OperationOutcome = "cancelled";
    try {
      if (signal?.aborted) throw cancelledBy(signal);
      await this.#prepare();
      signal?.addEventListener("abort", onAbort, { once: true });
      if (signal?.aborted) throw cancelledBy(signal);
      for (;;) {
        const response = await this.#next();
        const { responseType, responseId } = response;
        if (responseType.case === "executionProgress") {
          scope.onProgress?.(executionProgress(this.operationId, responseType.value), this.#operation);
        } else {
          this.#handedOut = true;
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
        this.#releases.until(responseId);
      }
    } catch (thrown) {
      if (outcome === "completed") throw thrown;
      if (signal?.aborted) {
        await this.#cancelling;
        throw this.#cancelled(signal);
      }
      outcome = "failed";
      if (thrown instanceof RpcError && thrown.unreachable) this.#releases.drop();
      const error = await this.#options.rpc.translate(thrown, this.#leftMs());
      throw this.#isCommand() ? withOutcome(error, await this.#outcomeOf(thrown)) : error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      if (this.#cancelling === undefined && this.#prepared) this.#end(outcome);
    }
  }

  /** What comes before the plan is sent. */
  async #prepare(): Promise<void> {
    const { rpc, scope, signal, submission, identify } = this.#options;
    if (submission !== undefined) {
      const prepared = submission.prepare();
      await (signal === undefined ? prepared : unlessAborted(prepared, signal));
      // So that the operation is told of with the session that it runs in.
      await rpc.options.ready?.(signal);
      if (this.#isCommand()) await identify(signal);
      this.#operation = this.#options.operation(this.operationId);
      await scope.onSubmit?.(this.#operation);
    }
    this.#prepared = true;
  }

  /** Of an operation that runs already nobody here knows what it is. */
  #isCommand(): boolean {
    return this.#options.submission !== undefined && !this.#options.isRead();
  }

  /** What became of a command that failed with this. */
  async #outcomeOf(thrown: unknown): Promise<CommandOutcome> {
    if (!this.#mayHaveArrived) return "not_started";
    if (thrown instanceof ServerTooOldError) return "not_done";
    const fate = fateOfError(thrown) ?? (await this.#ask({ interrupt: false }));
    return fate.outcome;
  }

  async #ask({
    interrupt,
    signal = new AbortController().signal,
  }: {
    readonly interrupt: boolean;
    readonly signal?: AbortSignal;
  }): Promise<OperationFate> {
    const { clock, rpc } = this.#options;
    const inquiry = new OperationInquiry({
      rpc,
      clock,
      operationId: this.operationId,
      lastResponseId: this.#lastResponseId,
      interrupt,
      giveUpAt: clock.now() + (interrupt ? this.#cancelMs() : this.#inquiryMs()),
      signal,
    });
    const fate = await inquiry.fate();
    if (inquiry.claimed) this.#releases.drop();
    return fate;
  }

  #leftMs(): number | undefined {
    const { endsAt } = this.#options;
    return endsAt === undefined ? undefined : endsAt - performance.now();
  }

  #inquiryMs(): number {
    return Math.max(0, (this.#leftMs() ?? inquiryMs) + lateCancelMs);
  }

  #cancelMs(): number {
    return Math.min(cancelTimeoutMs, Math.max(lateCancelMs / 2, this.#inquiryMs()));
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
      this.#reattached = false;
      return rpc.serverStream(
        SparkConnectService.method.executePlan,
        submission.request(this.operationId),
        options,
        () => {
          this.#mayHaveArrived = true;
        },
      );
    }
    this.#reattached = true;
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
    const { submission, signal } = this.#options;
    if (isLostOperation(error)) return await this.#rerun(error);
    if (!this.#received && isUnreadable(error) && submission?.simplify() === true) {
      await this.#replace();
      return;
    }
    if (error.notSent && !this.#received && !this.#reattached) this.#unsend();
    if (error.status === "DEADLINE_EXCEEDED" && !error.notSent) return await this.#pauseIfIdle();
    try {
      await this.#retries.wait(error, signal, this.#leftMs());
    } catch (final) {
      if (!signal?.aborted) throw final;
    }
  }

  /** Runs a read again that the server lost. A command is not run twice: it fails, and the server is asked. */
  async #rerun(error: RpcError): Promise<void> {
    const { submission, rpc } = this.#options;
    const { errorClass } = errorFacts(error);
    const sessionIsGone =
      errorClass === "INVALID_HANDLE.SESSION_NOT_FOUND" &&
      rpc.options.session.serverSideSessionId !== undefined;
    if (submission === undefined || sessionIsGone) throw error;
    if (this.#handedOut || (this.#received && this.#isCommand())) {
      throw new ProtocolError(
        "CONNECT_RESPONSE_ALREADY_RECEIVED",
        `The server forgot operation ${this.operationId} after part of its result was received.`,
        {
          cause: await rpc.translate(error, this.#leftMs()),
          hint: "The plan was not run again, since that could do its work twice.",
        },
      );
    }
    if (this.#isCommand() || this.#reruns++ >= maxReruns) throw error;
    await this.#replace();
  }

  /** Goes on with another operation in place of this one, which will not be heard of again. */
  async #replace(): Promise<void> {
    const { scope, operation, releases, newOperationId, rpc } = this.#options;
    try {
      scope.onEnd?.(this.#operation, "failed");
    } catch (error) {
      rpc.options.onWarning(`an observer of operation ${this.operationId} failed`, error);
    }
    this.#releases.drop();
    const operationId = newOperationId();
    this.#operation = operation(operationId);
    this.#releases = releases(operationId);
    this.#lastResponseId = undefined;
    this.#received = false;
    this.#unsend();
    await scope.onSubmit?.(this.#operation);
  }

  #unsend(): void {
    this.#submitted = false;
    this.#mayHaveArrived = false;
  }

  #startCancel(): void {
    if (this.#cancelling !== undefined || this.#ended) return;
    this.#cancelling = this.#cancel();
    this.#options.background.add(this.#cancelling);
  }

  /** Interrupts until the server says that the operation has stopped; gives up after 5 s, or with the caller's time. */
  async #cancel(): Promise<void> {
    const over = new AbortController();
    try {
      this.#fate = this.#mayHaveArrived
        ? await this.#stop(over.signal)
        : { stopped: true, outcome: "not_started" };
    } finally {
      over.abort();
    }
    this.#end("cancelled");
  }

  async #stop(signal: AbortSignal): Promise<OperationFate> {
    const { clock, interrupt, rpc } = this.#options;
    const sleep = (ms: number) =>
      clock.sleep(ms, signal).then(
        () => undefined,
        () => undefined,
      );
    const drained = this.#drain();
    const cancelMs = this.#cancelMs();
    const interrupted = interrupt({ deadlineMs: cancelMs, signal }).catch((error: unknown) => {
      if (!signal.aborted) {
        rpc.options.onWarning(`operation ${this.operationId} could not be interrupted`, error);
      }
    });
    const soon = Math.min(drainMs, cancelMs / 3);
    const fate = await Promise.race([drained, sleep(soon)]);
    if (fate !== undefined) return fate;
    // Whoever hears first: the stream, where it has not broken, or the inquiry.
    const asked = this.#ask({ interrupt: true, signal });
    void interrupted;
    const heard = drained.then((fate) => fate ?? asked);
    return await Promise.race([heard, asked]);
  }

  #cancelled(signal: AbortSignal): unknown {
    const cancelled = cancelledBy(signal);
    const fate = this.#fate ?? { stopped: true, outcome: "not_started" };
    const error = fate.stopped
      ? cancelled
      : new CancelledError(
          `${cancelled.message}; the server did not confirm in time that operation ${this.operationId} stopped`,
          { cause: cancelled, details: { operationId: this.operationId, confirmed: false } },
        );
    return this.#isCommand() ? withOutcome(error, fate.outcome) : error;
  }

  /** What the stream that is open says of the end; `undefined` when it breaks. */
  async #drain(): Promise<OperationFate | undefined> {
    try {
      const pulled = await this.#pulling;
      if (pulled?.done === false && pulled.value.responseType.case === "resultComplete") {
        return { stopped: true, outcome: "done" };
      }
    } catch (error) {
      return fateOfError(error);
    }
    return this.#stream === undefined ? undefined : await fateOfStream(this.#stream);
  }

  /** Leaves nothing running and nothing kept on the server. */
  #end(outcome: OperationOutcome): void {
    if (this.#ended) return;
    this.#ended = true;
    const { scope, rpc } = this.#options;
    if (this.#submitted && this.#mayHaveArrived) this.#releases.all();
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

function isUnreadable(error: RpcError): boolean {
  return errorFacts(error).errorClass === "CONNECT_INVALID_PLAN.CANNOT_PARSE";
}
