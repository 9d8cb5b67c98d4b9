import { create } from "@bufbuild/protobuf";
import {
  ExecutePlanRequest_RequestOptionSchema,
  ExecutePlanRequestSchema,
  GetStatusRequestSchema,
  InterruptRequestSchema,
  InterruptRequest_InterruptType as InterruptType,
  PlanSchema,
  ReattachExecuteRequestSchema,
  ReleaseExecuteRequest_ReleaseAllSchema,
  ReleaseExecuteRequestSchema,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import type { Clock } from "../core/clock.ts";
import type { CommandOutcome } from "../core/error.ts";
import { isLostOperation, isVerdict, outcomeOfVerdict } from "./command-outcome.ts";
import { errorFacts } from "./error-facts.ts";
import { SessionClosedError, SparkError } from "./errors.ts";
import { type OperationState, operationStateOf } from "./operation-state.ts";
import type { RpcCaller } from "./rpc-caller.ts";
import { ServerTooOldError } from "./server-too-old-error.ts";
import { RpcError } from "./transport.ts";

/** What the server says of an operation. */
export interface OperationFate {
  /** Nothing of it runs any more, or can begin to. */
  readonly stopped: boolean;
  readonly outcome: CommandOutcome;
}

export interface InquiryOptions {
  readonly rpc: RpcCaller;
  readonly clock: Clock;
  readonly operationId: string;
  /** The last response that arrived; the server has the operation then. */
  readonly lastResponseId: string | undefined;
  /** Whether it is told to stop, again and again. */
  readonly interrupt: boolean;
  /** When to give up, by the clock. */
  readonly giveUpAt: number;
  /** Aborted when nobody wants to know any more. */
  readonly signal: AbortSignal;
}

/** `unasked`: a server before 4.2 does not tell. */
type AskedState = OperationState | "unasked";

const method = SparkConnectService.method;
/** How long a connection has to answer before another one is tried beside it, ms. */
const hedgeMs = 250;
const firstPollMs = 50;
const longestPollMs = 500;
/** How long a server that does not answer is asked, ms. */
const silenceMs = 10_000;
/** How often in a row a server may forget an operation that it has had. */
const maxForgotten = 5;

const unknownFate: OperationFate = { stopped: false, outcome: "unknown" };

/**
 * Asks the server what became of an operation, over a connection of its own where the usual one is silent, until it is
 * known or the time is over. An operation that has not arrived is kept from arriving: something that fails is executed
 * under its id, after which the server refuses what comes with it.
 */
export class OperationInquiry {
  readonly #options: InquiryOptions;
  /** The operation's id is taken by us, and must not be given up. */
  claimed = false;

  constructor(options: InquiryOptions) {
    this.#options = options;
  }

  async fate(): Promise<OperationFate> {
    const { clock, giveUpAt, interrupt, signal, rpc } = this.#options;
    let pollMs = firstPollMs;
    let answeredAt = clock.now();
    let forgotten = 0;
    while (clock.now() < giveUpAt && clock.now() - answeredAt < silenceMs && !signal.aborted) {
      try {
        const state = await this.#state();
        answeredAt = clock.now();
        if (state === "unknown" || state === "unasked") {
          const claim = this.#options.lastResponseId === undefined ? await this.#claim() : "has arrived";
          if (claim === "claimed") return { stopped: true, outcome: "not_started" };
          if (interrupt) await this.#interrupt();
          if (state === "unasked") {
            const fate = await this.#attached();
            if (fate !== undefined) return fate;
          }
          forgotten += 1;
          if (forgotten >= maxForgotten && !interrupt) return unknownFate;
        } else if (state === "running") {
          if (interrupt) await this.#interrupt();
        } else if (state === "terminating") {
          // It has ended; how, the server tells once nothing of it is kept.
          await this.#release();
        } else {
          return { stopped: true, outcome: outcomes[state] };
        }
      } catch (error) {
        if (error instanceof SessionClosedError) return unknownFate;
        if (isServersAnswer(error)) return unknownFate;
        if (!signal.aborted) rpc.options.onWarning("the fate of an operation could not be asked", error);
      }
      await clock.sleep(Math.min(pollMs, Math.max(1, giveUpAt - clock.now())), signal).catch(() => {});
      pollMs = Math.min(longestPollMs, pollMs * 2);
    }
    return unknownFate;
  }

  async #state(): Promise<AskedState> {
    const { operationId } = this.#options;
    try {
      const { operationStatuses } = await this.#ask((rpc, bounds) =>
        rpc.unary(
          method.getStatus,
          () =>
            create(GetStatusRequestSchema, {
              ...rpc.options.session.requestFields(),
              operationStatus: { operationIds: [operationId] },
            }),
          bounds,
        ),
      );
      return operationStateOf(operationStatuses.find((one) => one.operationId === operationId)?.state ?? 0);
    } catch (error) {
      if (error instanceof ServerTooOldError) return "unasked";
      if (error instanceof SparkError && error.grpcStatus === "UNIMPLEMENTED") return "unasked";
      if (error instanceof SparkError && error.errorClass === "INVALID_HANDLE.SESSION_NOT_FOUND")
        return "unknown";
      throw error;
    }
  }

  async #interrupt(): Promise<void> {
    const { operationId } = this.#options;
    await this.#ask((rpc, bounds) =>
      rpc.unary(
        method.interrupt,
        () =>
          create(InterruptRequestSchema, {
            ...rpc.options.session.requestFields(),
            interruptType: InterruptType.OPERATION_ID,
            interrupt: { case: "operationId", value: operationId },
          }),
        bounds,
      ),
    );
  }

  async #release(): Promise<void> {
    const { operationId } = this.#options;
    await this.#ask((rpc, bounds) =>
      rpc.unary(
        method.releaseExecute,
        () =>
          create(ReleaseExecuteRequestSchema, {
            ...rpc.options.session.requestFields(),
            operationId,
            release: { case: "releaseAll", value: create(ReleaseExecuteRequest_ReleaseAllSchema) },
          }),
        bounds,
      ),
    );
  }

  /**
   * Takes the id for something that fails, so that the server counts it as failed should our answer be lost and it be
   * asked again.
   */
  async #claim(): Promise<"claimed" | "has arrived"> {
    const request = create(PlanSchema, {
      opType: { case: "root", value: { relType: { case: "sql", value: { query: claimText } } } },
    });
    return await this.#ask(async (rpc, { signal, deadlineMs }) => {
      try {
        const responses = rpc.serverStream(
          method.executePlan,
          create(ExecutePlanRequestSchema, {
            ...rpc.options.session.requestFields(),
            operationId: this.#options.operationId,
            plan: request,
            requestOptions: [
              create(ExecutePlanRequest_RequestOptionSchema, {
                requestOption: { case: "reattachOptions", value: { reattachable: true } },
              }),
            ],
          }),
          { signal, deadlineMs },
        );
        for await (const _response of responses);
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        const errorClass = errorFacts(error).errorClass ?? "";
        if (/^INVALID_HANDLE\.OPERATION_/.test(errorClass)) return "has arrived";
        if (!isVerdict(error)) throw await rpc.translate(error, 0);
      }
      this.claimed = true;
      return "claimed";
    });
  }

  /** How the operation ends, from its own responses; `undefined` when that cannot be heard. */
  async #attached(): Promise<OperationFate | undefined> {
    const { operationId, lastResponseId, signal, giveUpAt, clock } = this.#options;
    const rpc = this.#options.rpc.aside();
    const request = create(ReattachExecuteRequestSchema, {
      ...rpc.options.session.requestFields(),
      operationId,
      ...(lastResponseId === undefined ? {} : { lastResponseId }),
    });
    const deadlineMs = Math.max(1, giveUpAt - clock.now());
    try {
      const responses = rpc.serverStream(method.reattachExecute, request, { signal, deadlineMs });
      return await fateOfStream(responses[Symbol.asyncIterator]());
    } catch {
      return undefined;
    }
  }

  /** Asks over the usual connection, and beside it over another one when that is silent or broken. */
  async #ask<T>(
    call: (
      rpc: RpcCaller,
      bounds: { readonly signal: AbortSignal; readonly deadlineMs: number },
    ) => Promise<T>,
  ): Promise<T> {
    const { rpc, clock, giveUpAt, signal } = this.#options;
    const over = new AbortController();
    const on = (caller: RpcCaller) =>
      call(caller, {
        signal: AbortSignal.any([signal, over.signal]),
        deadlineMs: Math.max(1, Math.min(silenceMs, giveUpAt - clock.now())),
      });
    const first = on(rpc);
    const aside = rpc.aside();
    try {
      if (aside === rpc) return await first;
      const silent = clock.sleep(hedgeMs, over.signal).then(
        () => "silent" as const,
        () => "silent" as const,
      );
      const soon = await Promise.race([first.then((value) => ({ value })), silent]);
      if (soon !== "silent") return soon.value;
      return await firstAnswer([first, on(aside)]);
    } finally {
      over.abort();
    }
  }
}

/** SQL that no parser takes. */
const claimText = "-- the client gave up on this operation and keeps its id from being used\n!";

const outcomes: Readonly<
  Record<Exclude<OperationState, "running" | "terminating" | "unknown">, CommandOutcome>
> = {
  succeeded: "done",
  failed: "not_done",
  // Interrupted, perhaps after the change was made.
  cancelled: "unknown",
};

/** What the rest of an operation's responses says; `undefined` when they end without an end. */
export async function fateOfStream(
  responses: AsyncIterator<{ readonly responseType: { readonly case?: string | undefined } }>,
): Promise<OperationFate | undefined> {
  try {
    for (let next = await responses.next(); next.done !== true; next = await responses.next()) {
      if (next.value.responseType.case === "resultComplete") return { stopped: true, outcome: "done" };
    }
    return undefined;
  } catch (error) {
    return fateOfError(error);
  }
}

/** What the error of an operation's responses says. */
export function fateOfError(error: unknown): OperationFate | undefined {
  if (!(error instanceof RpcError) || isLostOperation(error) || !isVerdict(error)) return undefined;
  return { stopped: true, outcome: outcomeOfVerdict(error) };
}

/** The first that succeeds, or that the server refused; else the last failure. */
async function firstAnswer<T>(calls: readonly Promise<T>[]): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    let left = calls.length;
    for (const call of calls) {
      call.then(resolve, (error: unknown) => {
        left -= 1;
        if (left === 0 || isServersAnswer(error) || error instanceof SessionClosedError) reject(error);
      });
    }
  });
}

/** Whether the server has refused to say, which it would do again. */
function isServersAnswer(error: unknown): boolean {
  return (
    error instanceof SparkError &&
    ["UNAUTHENTICATED", "PERMISSION_DENIED", "INVALID_ARGUMENT", "UNIMPLEMENTED"].includes(error.grpcStatus)
  );
}
