import {
  create,
  type DescMessage,
  type DescMethod,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { anyPack } from "@bufbuild/protobuf/wkt";
import { ErrorInfoSchema, RetryInfoSchema } from "../../../gen/google/rpc/error_details_pb.ts";
import { StatusSchema } from "../../../gen/google/rpc/status_pb.ts";
import {
  type ExecutePlanResponse,
  type ExecutePlanResponse_ExecutionProgressSchema,
  ExecutePlanResponseSchema,
  type ReattachExecuteRequest,
  type ReleaseExecuteRequest,
} from "../../../gen/spark/connect/base_pb.ts";
import type { GrpcStatusName } from "../../../src/connect/grpc-status.ts";
import { type CallOptions, RpcError, type Transport } from "../../../src/connect/transport.ts";
import type { Clock } from "../../../src/core/clock.ts";

export const sessionId = "00000000-0000-4000-8000-000000000001";
export const serverSideSessionId = "server-1";

/** What a stream does next: hands out a response, fails, or waits until something lets it go on. */
export type Step = ExecutePlanResponse | RpcError | Promise<unknown>;
/** The steps of one stream; after the last it ends with OK. */
export type Stream = readonly Step[];
/** The answer to a unary call: fields of the response, or a failure. */
export type Answer = RpcError | Readonly<Record<string, unknown>>;

export interface Script {
  /** One for every ExecutePlan and ReattachExecute, in the order they are called. */
  readonly streams?: readonly Stream[];
  /** By method name; each answer is used once, the last one for ever. */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>;
}

/** A response with an id. */
export function row(
  responseId: string,
  fields: { serverSideSessionId?: string; sessionId?: string } = {},
): ExecutePlanResponse {
  return create(ExecutePlanResponseSchema, { sessionId, serverSideSessionId, responseId, ...fields });
}

/** The last response of an operation. */
export function complete(responseId: string): ExecutePlanResponse {
  return create(ExecutePlanResponseSchema, {
    sessionId,
    serverSideSessionId,
    responseId,
    responseType: { case: "resultComplete", value: {} },
  });
}

/** A response that says how far the operation is. */
export function progressed(
  responseId: string,
  value: MessageInitShape<typeof ExecutePlanResponse_ExecutionProgressSchema>,
): ExecutePlanResponse {
  return create(ExecutePlanResponseSchema, {
    sessionId,
    serverSideSessionId,
    responseId,
    responseType: { case: "executionProgress", value },
  });
}

export interface FailureDetails {
  readonly message?: string;
  readonly retryDelayMs?: number;
  /** `metadata` of ErrorInfo. */
  readonly info?: Readonly<Record<string, string>>;
  readonly unreachable?: boolean;
  readonly notSent?: boolean;
}

export function failure(status: GrpcStatusName, details: FailureDetails = {}): RpcError {
  const {
    message = `[${details.info?.["errorClass"] ?? status}] scripted`,
    retryDelayMs,
    info,
    unreachable,
    notSent,
  } = details;
  const packed = [];
  if (retryDelayMs !== undefined) {
    const retryDelay = {
      seconds: BigInt(Math.floor(retryDelayMs / 1_000)),
      nanos: (retryDelayMs % 1_000) * 1e6,
    };
    packed.push(anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay })));
  }
  if (info !== undefined) {
    packed.push(anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { metadata: { ...info } })));
  }
  const statusDetails =
    packed.length === 0
      ? undefined
      : toBinary(StatusSchema, create(StatusSchema, { message, details: packed }));
  return new RpcError(status, message, { statusDetails, unreachable, notSent });
}

export const operationNotFound = (): RpcError =>
  failure("INTERNAL", { info: { errorClass: "INVALID_HANDLE.OPERATION_NOT_FOUND" } });

/** How a server answers when an id is taken by something that cannot be parsed. */
export const claimed = (): RpcError =>
  failure("INTERNAL", { info: { errorClass: "PARSE_SYNTAX_ERROR", classes: '["ParseException"]' } });

/**
 * A transport that plays a script and logs what it is asked, in words: `exec`, `reattach(r1)`, `release(r1)`,
 * `releaseAll`, `interrupt`, `config`, … A clock made with `clock()` logs its waits in the same list.
 */
export class ScriptedTransport implements Transport {
  readonly log: string[] = [];
  readonly calls: { method: string; request: unknown; options: CallOptions }[] = [];
  /** Every stream that was begun and not ended. */
  openStreams = 0;
  onInterrupt: () => void = () => {};
  readonly #streams: Stream[];
  readonly #answers: Map<string, Answer[]>;

  constructor({ streams = [], answers = {} }: Script) {
    this.#streams = [...streams];
    this.#answers = new Map(Object.entries(answers).map(([method, list]) => [method, [...list]]));
  }

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethod,
    request: MessageShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    this.#record(method, request, options);
    if (method.localName === "interrupt") this.onInterrupt();
    return await this.#answer(method, options);
  }

  async #answer<O extends DescMessage>(method: DescMethod, options: CallOptions): Promise<MessageShape<O>> {
    await tick();
    if (options.signal?.aborted) throw new RpcError("CANCELLED", "cancelled");
    const list = this.#answers.get(method.localName) ?? [];
    const answer = list.length > 1 ? list.shift() : list[0];
    if (answer instanceof RpcError) throw answer;
    return create(method.output, { sessionId, serverSideSessionId, ...answer } as never) as MessageShape<O>;
  }

  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethod,
    request: MessageShape<I>,
    options: CallOptions,
  ): AsyncGenerator<MessageShape<O>> {
    this.#record(method, request, options);
    const stream = this.#streams.shift();
    if (stream === undefined) throw new Error(`the script has no stream for this ${method.localName}`);
    this.openStreams++;
    try {
      for (const step of stream) {
        await tick();
        if (step instanceof RpcError) throw step;
        if (step instanceof Promise) await Promise.race([step, aborted(options.signal)]);
        else yield step as unknown as MessageShape<O>;
      }
      await tick();
    } finally {
      this.openStreams--;
    }
  }

  async clientStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethod,
    requests: AsyncIterable<MessageShape<I>>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    for await (const request of requests) this.#record(method, request, options);
    return await this.#answer(method, options);
  }

  close(): void {}

  /** A clock whose waits pass at once, in order of their end, and are logged. */
  clock(logged = true): Clock {
    let now = 0;
    const waiting: { at: number; wake: () => void }[] = [];
    return {
      now: () => now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (logged) this.log.push(`wait ${ms}`);
          if (signal?.aborted) return reject(signal.reason);
          const entry = { at: now + ms, wake: resolve };
          waiting.push(entry);
          const remove = () => waiting.includes(entry) && waiting.splice(waiting.indexOf(entry), 1);
          signal?.addEventListener("abort", () => {
            remove();
            reject(signal.reason);
          });
          void tick(20).then(() => {
            const first = waiting.sort((a, b) => a.at - b.at).shift();
            if (first === undefined) return;
            now = Math.max(now, first.at);
            first.wake();
          });
        }),
    };
  }

  #record(method: DescMethod, request: unknown, options: CallOptions): void {
    this.calls.push({ method: method.localName, request, options });
    this.log.push(describe(method.localName, request));
  }
}

function describe(method: string, request: unknown): string {
  switch (method) {
    case "executePlan":
      return "exec";
    case "reattachExecute":
      return `reattach(${(request as ReattachExecuteRequest).lastResponseId ?? ""})`;
    case "releaseExecute": {
      const { release } = request as ReleaseExecuteRequest;
      return release.case === "releaseUntil" ? `release(${release.value.responseId})` : "releaseAll";
    }
    default:
      return method;
  }
}

/** Lets everything else that is ready run first, like a network would. */
async function tick(times = 1): Promise<void> {
  for (let i = 0; i < times; i++) await new Promise((resolve) => setImmediate(resolve));
}

async function aborted(signal: AbortSignal | undefined): Promise<never> {
  return await new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(new RpcError("CANCELLED", "cancelled")));
  });
}
