import type { EventEmitter } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import {
  type DescMessage,
  type DescMethod,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageShape,
} from "@bufbuild/protobuf";
import type * as Grpc from "@grpc/grpc-js";
import { abortReason, anySignal } from "../core/abort.ts";
import { encodeRequest } from "./encode-request.ts";
import { toRpcError } from "./server-error.ts";
import { type CallOptions, RpcError, type Transport } from "./transport.ts";
import { unreferenced } from "./unreferenced-connection.ts";

/** Certificates in PEM. */
export interface TlsOptions {
  /** @default the certificate authorities that Node trusts */
  readonly ca?: Uint8Array | string | undefined;
  /** The client's own certificate chain; needs `key` too. */
  readonly cert?: Uint8Array | string | undefined;
  readonly key?: Uint8Array | string | undefined;
}

export interface GrpcTransportOptions {
  /** `host:port`, an IPv6 host in brackets. */
  readonly address: string;
  readonly secure: boolean;
  readonly tls?: TlsOptions | undefined;
  /** Proxies of the environment (`https_proxy`, `no_proxy`) are passed over. */
  readonly direct?: boolean | undefined;
  /** The largest message either way, in bytes. */
  readonly maxMessageBytes: number;
  readonly connectTimeoutMs: number;
  /** How long a connection with a call under way may be silent before it is probed, ms. @default 60_000 */
  readonly keepaliveTimeMs?: number | undefined;
  /** How long the answer to a probe may take before the connection counts as broken, ms. @default 20_000 */
  readonly keepaliveTimeoutMs?: number | undefined;
  /** Shares no connection with any other transport. */
  readonly ownConnection?: boolean | undefined;
}

/** How long grpc-js waits between attempts to connect, ms: its own default goes up to two minutes. */
const firstReconnectMs = 100;
const longestReconnectMs = 2_000;

/** A {@link Transport} over one HTTP/2 connection of grpc-js, which is loaded and connected on the first call. */
export class GrpcTransport implements Transport {
  readonly #options: GrpcTransportOptions;
  /** The connection, and a second one for what does not keep the process alive, as soon as it is needed. */
  #opening: { [unref in "true" | "false"]?: Promise<Grpc.Client> } = {};
  /** Which of them have been connected once. */
  readonly #ready = new Set<boolean>();
  #grpc: typeof Grpc | undefined;
  #closed = false;

  constructor(options: GrpcTransportOptions) {
    this.#options = options;
  }

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    const client = await this.#connected(options);
    return await new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest<MessageShape<I>, MessageShape<O>>(
        pathOf(method),
        serializer(method.input),
        deserializer(method.output),
        request,
        this.#metadata(options),
        callOptions(options),
        (error, response) => {
          unlisten();
          if (error !== null) reject(toRpcError(error));
          else if (response !== undefined) resolve(response);
          else reject(new RpcError("INTERNAL", "the server answered OK without a message"));
        },
      );
      const unlisten = cancelOnAbort(call, options.signal);
    });
  }

  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): AsyncGenerator<MessageShape<O>> {
    const client = await this.#connected(options);
    const call = client.makeServerStreamRequest<MessageShape<I>, MessageShape<O>>(
      pathOf(method),
      serializer(method.input),
      deserializer(method.output),
      request,
      this.#metadata(options),
      // The timer of a deadline keeps the process alive; the server ends every stream after minutes anyway.
      options.unref === true ? {} : callOptions(options),
    );
    // The status of a cancelled call arrives as an event after the iteration has ended.
    call.on("error", () => {});
    const unlisten = cancelOnAbort(call, options.signal);
    try {
      for await (const message of call) yield message as MessageShape<O>;
    } catch (error) {
      throw toRpcError(error);
    } finally {
      unlisten();
      call.cancel();
    }
  }

  async clientStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodClientStreaming<I, O>,
    requests: AsyncIterable<MessageShape<I>>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    const client = await this.#connected(options);
    let answered = false;
    let call: Grpc.ClientWritableStream<MessageShape<I>> | undefined;
    const answer = new Promise<MessageShape<O>>((resolve, reject) => {
      call = client.makeClientStreamRequest<MessageShape<I>, MessageShape<O>>(
        pathOf(method),
        serializer(method.input),
        deserializer(method.output),
        this.#metadata(options),
        callOptions(options),
        (error, response) => {
          answered = true;
          if (error !== null) reject(toRpcError(error));
          else if (response !== undefined) resolve(response);
          else reject(new RpcError("INTERNAL", "the server answered OK without a message"));
        },
      );
    });
    const stream = call as unknown as Grpc.ClientWritableStream<MessageShape<I>>;
    stream.on("error", () => {});
    const settled = answer.then(
      () => {},
      () => {},
    );
    const unlisten = cancelOnAbort(stream, options.signal);
    try {
      for await (const request of requests) {
        if (answered) break;
        if (!stream.write(request)) await Promise.race([drained(stream), settled]);
      }
      stream.end();
      return await answer;
    } catch (error) {
      if (!answered) stream.cancel();
      throw error;
    } finally {
      unlisten();
    }
  }

  sibling(): GrpcTransport {
    return new GrpcTransport({ ...this.#options, ownConnection: true });
  }

  close(): void {
    this.#closed = true;
    const opening = Object.values(this.#opening);
    this.#opening = {};
    for (const client of opening) {
      void client.then(
        (open) => open.close(),
        () => {},
      );
    }
  }

  async #connected(options: CallOptions): Promise<Grpc.Client> {
    if (this.#closed) throw new RpcError("CANCELLED", "the client is closed");
    const unref = options.unref === true;
    this.#opening[`${unref}`] ??= this.#open(unref).catch((error: unknown) => {
      delete this.#opening[`${unref}`];
      throw error;
    });
    const opening = this.#opening[`${unref}`] as Promise<Grpc.Client>;
    const late = new AbortController();
    const timer =
      options.deadlineMs === undefined || unref || this.#ready.has(unref)
        ? undefined
        : setTimeout(() => late.abort(), options.deadlineMs);
    const signal = anySignal(options.signal, late.signal) as AbortSignal;
    const cancelled = () =>
      late.signal.aborted
        ? new RpcError("DEADLINE_EXCEEDED", "no connection within the time of the call", { notSent: true })
        : new RpcError("CANCELLED", "cancelled", { cause: abortReason(signal), notSent: true });
    if (signal.aborted) throw cancelled();
    let onAbort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => reject(cancelled());
      signal.addEventListener("abort", onAbort, { once: true });
    });
    try {
      return await Promise.race([opening, aborted]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #open(unref: boolean): Promise<Grpc.Client> {
    const grpc = await import("@grpc/grpc-js");
    this.#grpc = grpc;
    const { address, maxMessageBytes, connectTimeoutMs, direct, ownConnection = false } = this.#options;
    const credentials = this.#credentials(grpc);
    const client = new grpc.Client(address, unref ? unreferenced(credentials) : credentials, {
      "grpc.max_receive_message_length": maxMessageBytes,
      "grpc.max_send_message_length": maxMessageBytes,
      // The default of 64 KiB makes every batch of rows wait for several round trips.
      "grpc-node.flow_control_window": 4 * 1024 * 1024,
      "grpc.keepalive_time_ms": this.#options.keepaliveTimeMs ?? 60_000,
      "grpc.keepalive_timeout_ms": this.#options.keepaliveTimeoutMs ?? 20_000,
      "grpc.initial_reconnect_backoff_ms": firstReconnectMs,
      "grpc.max_reconnect_backoff_ms": longestReconnectMs,
      // Retrying is this package's own business: only it knows what may be sent twice.
      "grpc.enable_retries": 0,
      "grpc.enable_http_proxy": direct === true ? 0 : 1,
      "grpc.service_config_disable_resolution": 1,
      "grpc.use_local_subchannel_pool": unref || ownConnection ? 1 : 0,
    });
    const failure = await new Promise<Error | undefined>((resolve) =>
      client.waitForReady(Date.now() + connectTimeoutMs, resolve),
    );
    if (failure === undefined) {
      this.#ready.add(unref);
      return client;
    }
    const reason = await lastConnectError(client);
    client.close();
    throw new RpcError("UNAVAILABLE", reason, { cause: failure, unreachable: true });
  }

  #credentials(grpc: typeof Grpc): Grpc.ChannelCredentials {
    if (!this.#options.secure) return grpc.credentials.createInsecure();
    const { ca, cert, key } = this.#options.tls ?? {};
    return grpc.credentials.createSsl(toBuffer(ca), toBuffer(key), toBuffer(cert));
  }

  #metadata(options: CallOptions): Grpc.Metadata {
    const metadata = new (this.#grpc as typeof Grpc).Metadata();
    for (const [key, value] of Object.entries(options.metadata ?? {})) metadata.set(key, value);
    return metadata;
  }
}

/** Asks a channel that could not connect for the reason, which it tells only in the status of a call. */
async function lastConnectError(client: Grpc.Client): Promise<string> {
  const details = new Promise<string | undefined>((resolve) => {
    const nothing = () => Buffer.alloc(0);
    client.makeUnaryRequest(
      "/grpc.health.v1.Health/Check",
      nothing,
      nothing,
      null,
      { deadline: Date.now() + 250 },
      (error) => resolve(error?.details),
    );
  });
  const text = (await Promise.race([details, delay(500)])) ?? "";
  const reason = /Last error: (.+?)(?: \(\d{4}-[^)]*\))?(?:\. Resolution note: .*)?$/s
    .exec(text)?.[1]
    ?.trim();
  // The status of a late call lists "name resolution: 0.001s" among what took its time.
  if (reason === undefined) return /resolution failed/i.test(text) ? text : "no answer";
  if (/wrong version number/.test(reason)) return "it does not speak TLS";
  if (reason === "Protocol error") return "it does not speak HTTP/2";
  return reason.replace(/^Error: /, "");
}

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function serializer<D extends DescMessage>(schema: D): (message: MessageShape<D>) => Buffer {
  return (message) => encodeRequest(schema, message);
}

function deserializer<D extends DescMessage>(schema: D): (bytes: Buffer) => MessageShape<D> {
  return (bytes) => fromBinary(schema, bytes);
}

function callOptions(options: CallOptions): Grpc.CallOptions {
  return options.deadlineMs === undefined ? {} : { deadline: Date.now() + options.deadlineMs };
}

function cancelOnAbort(call: { cancel(): void }, signal: AbortSignal | undefined): () => void {
  if (signal === undefined) return () => {};
  const cancel = () => call.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  return () => signal.removeEventListener("abort", cancel);
}

function drained(stream: EventEmitter): Promise<void> {
  return new Promise((resolve) => stream.once("drain", resolve));
}

function toBuffer(pem: Uint8Array | string | undefined): Buffer | null {
  return pem === undefined ? null : Buffer.from(pem);
}
