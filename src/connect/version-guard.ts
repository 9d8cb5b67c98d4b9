import {
  create,
  type DescMessage,
  type DescMethod,
  type DescMethodClientStreaming,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type MessageShape,
} from "@bufbuild/protobuf";
import {
  AnalyzePlanRequestSchema,
  type ExecutePlanRequest,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { clusterIdHeader, sessionIdHeader } from "./databricks.ts";
import { errorFacts } from "./error-facts.ts";
import { isOlder, type NewerFeature, newestFeature, newestSilentFeature } from "./newer-features.ts";
import { releaseOfFunction } from "./newer-functions.ts";
import { ServerTooOldError } from "./server-too-old-error.ts";
import { type CallOptions, RpcError, type Transport } from "./transport.ts";

const versionDeadlineMs = 10_000;

/** What servers answer to a message that they cannot read. */
const statusesOfMisunderstanding = ["INTERNAL", "INVALID_ARGUMENT", "UNIMPLEMENTED", "UNKNOWN"];

/**
 * A transport that says so when a call fails because the server is too old for what the request uses, instead of the
 * many ways in which servers misunderstand. Costs nothing until a call has failed, except for the few features that an
 * older server passes over without a word: for these its version is asked beforehand.
 */
export class VersionGuard implements Transport {
  readonly sibling?: () => Transport;
  readonly #inner: Transport;
  #version: string | undefined;

  constructor(inner: Transport) {
    this.#inner = inner;
    if (inner.sibling !== undefined) this.sibling = () => new VersionGuard(inner.sibling?.() ?? inner);
  }

  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    try {
      return await this.#inner.unary(method, request, options);
    } catch (error) {
      throw (await this.#tooOld(method, request, options, error)) ?? error;
    }
  }

  async *serverStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodServerStreaming<I, O>,
    request: MessageShape<I>,
    options: CallOptions,
  ): AsyncGenerator<MessageShape<O>> {
    if (method.name === SparkConnectService.method.executePlan.name) {
      await this.#refuseSilent(request as unknown as ExecutePlanRequest, options);
    }
    try {
      yield* this.#inner.serverStream(method, request, options);
    } catch (error) {
      throw (await this.#tooOld(method, request, options, error)) ?? error;
    }
  }

  clientStream<I extends DescMessage, O extends DescMessage>(
    method: DescMethodClientStreaming<I, O>,
    requests: AsyncIterable<MessageShape<I>>,
    options: CallOptions,
  ): Promise<MessageShape<O>> {
    return this.#inner.clientStream(method, requests, options);
  }

  close(): void {
    this.#inner.close();
  }

  async #refuseSilent(request: ExecutePlanRequest, options: CallOptions): Promise<void> {
    const feature = newestSilentFeature(request);
    // The releases of Databricks have features before the Spark version that they name has them.
    if (feature === undefined || isDatabricks(options)) return;
    const version = await this.#versionOf(request, options);
    if (isOlder(version, feature.since)) throw tooOld(feature, version);
  }

  /** The error to throw instead, if the request uses something that the server cannot know. */
  async #tooOld(
    method: DescMethod,
    request: unknown,
    options: CallOptions,
    error: unknown,
  ): Promise<ServerTooOldError | undefined> {
    if (!(error instanceof RpcError) || !statusesOfMisunderstanding.includes(error.status)) return undefined;
    const { errorClass, retryDelayMs, messageParameters, message } = errorFacts(error);
    // These are about sessions, operations and streams, and others go by them.
    if (retryDelayMs !== undefined || /^INVALID_(HANDLE|CURSOR)/.test(errorClass ?? "")) return undefined;
    const feature =
      errorClass === "UNRESOLVED_ROUTINE"
        ? functionOf(messageParameters["routineName"] ?? /routine `?([\w.]+)/.exec(message)?.[1])
        : newestFeature(method.name, request);
    if (feature === undefined) return undefined;
    try {
      const version = await this.#versionOf(request as ExecutePlanRequest, options);
      return isOlder(version, feature.since) ? tooOld(feature, version, error) : undefined;
    } catch {
      return undefined;
    }
  }

  async #versionOf(
    { sessionId, userContext, clientType }: ExecutePlanRequest,
    { metadata, signal }: CallOptions,
  ): Promise<string> {
    if (this.#version !== undefined) return this.#version;
    const request = create(AnalyzePlanRequestSchema, {
      sessionId,
      ...(userContext === undefined ? {} : { userContext }),
      ...(clientType === undefined ? {} : { clientType }),
      analyze: { case: "sparkVersion", value: {} },
    });
    const { result } = await this.#inner.unary(SparkConnectService.method.analyzePlan, request, {
      metadata,
      signal,
      deadlineMs: versionDeadlineMs,
    });
    this.#version = result.case === "sparkVersion" ? result.value.version : "";
    return this.#version;
  }
}

function functionOf(routineName = ""): NewerFeature | undefined {
  const since = releaseOfFunction(routineName);
  return since === undefined ? undefined : { name: `the function ${routineName.replaceAll("`", "")}`, since };
}

function isDatabricks({ metadata = {} }: CallOptions): boolean {
  return clusterIdHeader in metadata || sessionIdHeader in metadata;
}

function tooOld(feature: NewerFeature, version: string, cause?: RpcError): ServerTooOldError {
  return new ServerTooOldError(feature.name, feature.since, version, { cause });
}
