import type {
  DescMessage,
  DescMethodClientStreaming,
  DescMethodServerStreaming,
  DescMethodUnary,
  MessageShape,
} from "@bufbuild/protobuf";
import type { GrpcStatusName } from "./grpc-status.ts";

export interface CallOptions {
  /** Aborting it ends the call; the call then fails with an {@link RpcError} of status CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from now after which the call fails with DEADLINE_EXCEEDED. */
  readonly deadlineMs?: number | undefined;
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Of a server stream: waiting for it does not keep the process alive. It has no deadline then. */
  readonly unref?: boolean | undefined;
}

/** The RPC shapes that Spark Connect uses, and nothing of Spark itself. Every failure is an {@link RpcError}. */
export interface Transport {
  unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>>;

  /** The call starts with the first pull, is read no faster than it is consumed, and ends with the iteration. */
  serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): AsyncIterable<MessageShape<O>>;

  clientStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodClientStreaming<I, O>,
    requests: AsyncIterable<MessageShape<I>>,
    options: CallOptions,
  ): Promise<MessageShape<O>>;

  /** Another one to the same server over a connection of its own; absent: there is none. */
  sibling?(): Transport;

  close(): void;
}

export interface RpcErrorOptions {
  readonly cause?: unknown;
  /** The serialized `google.rpc.Status` of the `grpc-status-details-bin` trailer. */
  readonly statusDetails?: Uint8Array | undefined;
  /** No connection could be made within the connect timeout, so the server has seen nothing. */
  readonly unreachable?: boolean | undefined;
  /** There was no connection at that moment, so the server has not seen this call. */
  readonly notSent?: boolean | undefined;
}

/** Thrown by a transport when an RPC ends with a status other than OK. The client turns it into its own errors. */
export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly status: GrpcStatusName;
  readonly statusDetails: Uint8Array | undefined;
  readonly unreachable: boolean;
  readonly notSent: boolean;

  constructor(status: GrpcStatusName, message: string, options: RpcErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.statusDetails = options.statusDetails;
    this.unreachable = options.unreachable ?? false;
    this.notSent = options.notSent ?? this.unreachable;
  }
}
