import { randomUUID } from "node:crypto";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  ArtifactStatusesRequestSchema,
  CloneSessionRequestSchema,
  type ConfigRequest_OperationSchema,
  ConfigRequestSchema,
  type ConfigResponse,
  GetStatusRequestSchema,
  type InterruptRequest,
  InterruptRequestSchema,
  InterruptRequest_InterruptType as InterruptType,
  type Plan,
  ReleaseSessionRequestSchema,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { anySignal, unlessAborted } from "../core/abort.ts";
import { type Clock, systemClock, unrefClock } from "../core/clock.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";
import { knownOptions } from "../core/named-values.ts";
import { type Artifact, artifactRequests, checkArtifacts } from "./artifacts.ts";
import { type ConnectClientOptions, type ResolvedConnection, resolveConnection } from "./client-options.ts";
import { ProtocolError } from "./errors.ts";
import { ProgressHandlers } from "./execution-progress.ts";
import {
  checkTags,
  currentExecutionScope,
  mergeScopes,
  mergeTags,
  outsideExecutionScope,
  type SubmittedOperation,
} from "./execution-scope.ts";
import { OperationReleases, PendingWork } from "./operation-releases.ts";
import { type OperationState, operationStateOf } from "./operation-state.ts";
import { PlanCompression } from "./plan-compression.ts";
import { isRead } from "./plan-effect.ts";
import { PlanSubmission } from "./plan-submission.ts";
import { type ExecuteStream, ReattachableExecution } from "./reattachable-execution.ts";
import { type CallBounds, checkDeadline, RpcCaller, type RpcOptions } from "./rpc-caller.ts";
import { meansReleased } from "./server-error.ts";
import { SessionState } from "./session-state.ts";
import { SessionTags } from "./session-tags.ts";
import { VersionGuard } from "./version-guard.ts";

export interface ExecuteOptions extends RpcOptions {
  /** @default a new random UUID */
  readonly operationId?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** What to analyze: a message, or the fields of one. */
export type AnalyzeInit = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>["analyze"]>;
/** Which settings to read or change: a message, or the fields of one. */
export type ConfigInit = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>["opType"]>;

const executeOptions: Readonly<Record<keyof ExecuteOptions, true>> = {
  operationId: true,
  tags: true,
  signal: true,
  deadlineMs: true,
  unref: true,
};

interface SessionIds {
  readonly sessionId: string;
  readonly serverSideSessionId: string;
}

const hourMs = 3_600_000;
const tenMinutesMs = 600_000;
const closeTimeoutMs = 10_000;
const method = SparkConnectService.method;

/** One session on a Spark Connect server. Constructing it does no I/O; the first call connects. */
export class ConnectClient implements AsyncDisposable {
  readonly endpoint: string;
  /** Tags of what is executed from now on, in this execution scope. */
  readonly tags: SessionTags = new SessionTags();
  /** Told how far the operations of the session are. */
  readonly progressHandlers: ProgressHandlers;
  readonly #options: ConnectClientOptions;
  readonly #connection: ResolvedConnection;
  readonly #session: SessionState;
  readonly #rpc: RpcCaller;
  readonly #clock: Clock;
  readonly #pending = new PendingWork();
  readonly #compression: PlanCompression;
  /** Uploaded by name, for a session that is to begin like this one. */
  readonly #artifacts = new Map<string, Artifact>();
  /** Makes the session on the server; there until that is done, where the first call is to do it. */
  #open: (() => Promise<void>) | undefined;
  #opening: Promise<void> | undefined;
  #endsWith: SparkwrightError | undefined;
  #released: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  /** Thrown when an option or the connection string is not valid: `CONNECT_INVALID_*`. */
  constructor(options: ConnectClientOptions = {}) {
    this.#options = options;
    this.#connection = resolveConnection(options);
    const { endpoint, sessionId, userId, clientType, transport, headers, token, retry } = this.#connection;
    this.endpoint = endpoint;
    this.#clock = retry.clock;
    this.#session = new SessionState(sessionId, userId, clientType);
    const onWarning = options.onWarning ?? (() => {});
    this.progressHandlers = new ProgressHandlers(onWarning);
    this.#compression = new PlanCompression(async (keys) => {
      const { pairs } = await this.config({ case: "getOption", value: { keys: [...keys] } });
      return new Map(pairs.map(({ key, value }) => [key, value]));
    });
    this.#rpc = new RpcCaller({
      endpoint,
      transport: new VersionGuard(transport),
      session: this.#session,
      headers,
      token,
      retry,
      onWarning,
      ready: async (signal) => await this.#ready(signal),
    });
  }

  /** The id of the session, a UUID. */
  get sessionId(): string {
    return this.#session.sessionId;
  }

  /** The user that the session belongs to. */
  get userId(): string {
    return this.#session.userId;
  }

  /** Known once the server has answered. */
  get serverSideSessionId(): string | undefined {
    return this.#session.serverSideSessionId;
  }

  /** Executes a plan with the first pull of the stream; leaving the stream early stops the operation. */
  execute(plan: Plan, options: ExecuteOptions = {}): ExecuteStream {
    const tags = mergeTags(currentExecutionScope().tags, [...this.tags.current()], options.tags);
    checkTags(tags);
    const operationId = options.operationId ?? randomUUID();
    const submission = new PlanSubmission({
      session: this.#session,
      compression: this.#compression,
      plan,
      tags,
      maxMessageBytes: this.#connection.maxMessageBytes,
    });
    let reads: boolean | undefined;
    return this.#execution({
      operationId,
      tags,
      submission,
      isRead: () => {
        reads ??= isRead(plan);
        return reads;
      },
      options,
    });
  }

  /** Continues an operation of this session that runs already, after the response `lastResponseId`. */
  reattach(
    operation: { readonly operationId: string; readonly lastResponseId?: string | undefined },
    options: ExecuteOptions = {},
  ): ExecuteStream {
    return this.#execution({
      ...operation,
      tags: options.tags ?? [],
      submission: undefined,
      isRead: () => false,
      options,
    });
  }

  /** Asks about a plan without running it. Thrown as in `execute`. */
  async analyze(analyze: AnalyzeInit, options: RpcOptions = {}): Promise<AnalyzePlanResponse> {
    const message = create(AnalyzePlanRequestSchema, { analyze }).analyze;
    return await this.#compression.sending(
      message,
      async (sent) =>
        await this.#rpc.unary(
          method.analyzePlan,
          () => create(AnalyzePlanRequestSchema, { ...this.#session.requestFields(), analyze: sent }),
          this.#bounded(options, hourMs),
        ),
    );
  }

  /** Reads or changes settings of the session. */
  async config(opType: ConfigInit, options: RpcOptions = {}): Promise<ConfigResponse> {
    return await this.#rpc.unary(
      method.config,
      () => create(ConfigRequestSchema, { ...this.#session.requestFields(), operation: { opType } }),
      this.#bounded(options, tenMinutesMs),
    );
  }

  /** Uploads artifacts. Thrown when one arrives damaged: `CONNECT_ARTIFACT_CORRUPTED`. */
  async addArtifacts(artifacts: readonly Artifact[], options: RpcOptions = {}): Promise<void> {
    if (artifacts.length === 0) return;
    const response = await this.#rpc.clientStream(
      method.addArtifacts,
      () => artifactRequests(artifacts, () => this.#session.requestFields()),
      this.#bounded(options, hourMs),
    );
    checkArtifacts(artifacts, response);
    for (const artifact of artifacts) {
      if (/^(jars|files|archives|classes)\//.test(artifact.name))
        this.#artifacts.set(artifact.name, artifact);
    }
  }

  /** Those of the artifacts that the session has. */
  async artifactStatus(names: readonly string[], options: RpcOptions = {}): Promise<ReadonlySet<string>> {
    const { statuses } = await this.#rpc.unary(
      method.artifactStatus,
      () => create(ArtifactStatusesRequestSchema, { ...this.#session.requestFields(), names: [...names] }),
      this.#bounded(options, tenMinutesMs),
    );
    return new Set(names.filter((name) => statuses[name]?.exists === true));
  }

  /** What the server knows of operations of this session, by id; needs a server of 4.2 or later. */
  async operationStatus(
    operationIds: readonly string[],
    options: RpcOptions = {},
  ): Promise<ReadonlyMap<string, OperationState>> {
    const { operationStatuses } = await this.#rpc.unary(
      method.getStatus,
      () =>
        create(GetStatusRequestSchema, {
          ...this.#session.requestFields(),
          operationStatus: { operationIds: [...operationIds] },
        }),
      this.#bounded(options, tenMinutesMs),
    );
    return new Map(operationStatuses.map(({ operationId, state }) => [operationId, operationStateOf(state)]));
  }

  /**
   * A client of a new session that begins as a copy of this one: settings, views, functions, catalog state.
   * It has a connection of its own, to be closed by itself.
   */
  async cloneSession(options: RpcOptions & { readonly sessionId?: string } = {}): Promise<ConnectClient> {
    const startedAt = performance.now();
    // The server can copy only what it has.
    await this.#identify(this.#bounded(options, tenMinutesMs));
    const leftMs = options.deadlineMs && Math.max(1, options.deadlineMs - (performance.now() - startedAt));
    const bounds = this.#bounded({ ...options, deadlineMs: leftMs }, tenMinutesMs);
    // A lost answer may leave a copy behind, whose id cannot be used again.
    let sessionId = "";
    const response = await this.#rpc.unary(
      method.cloneSession,
      () => {
        sessionId = options.sessionId ?? randomUUID();
        return create(CloneSessionRequestSchema, {
          ...this.#session.requestFields(),
          newSessionId: sessionId,
        });
      },
      bounds,
    );
    const clone = new ConnectClient({ ...this.#options, sessionId });
    clone.#session.observe({
      sessionId: response.newSessionId,
      serverSideSessionId: response.newServerSideSessionId,
    });
    return clone;
  }

  /**
   * A client of a new session that becomes a copy of this one, as by `cloneSession`, with the first call made in it. It
   * shares this client's connection. On a server that cannot copy sessions (Spark before 4.1) it becomes a new session
   * with the settings and the uploaded files of this one.
   */
  lazyClone(): ConnectClient {
    const clone = this.#sibling(randomUUID());
    clone.#open = async () => clone.#session.observe(await this.#begin(clone.sessionId));
    return clone;
  }

  /** Whether the server has been asked for the session; never so of a lazy clone that made no call. */
  get isOpened(): boolean {
    return this.#open === undefined || this.#opening !== undefined;
  }

  /** A client of another session on the same server, which may be there already: that of a process that died. */
  inSession(sessionId: string, userId: string): ConnectClient {
    return new ConnectClient({ ...this.#options, sessionId, userId });
  }

  /** Interrupts every operation of the session; the ids of those that ran. */
  async interruptAll(options: RpcOptions = {}): Promise<string[]> {
    return await this.#interrupt(InterruptType.ALL, { case: undefined }, options);
  }

  /** Interrupts the operations of the session that have a tag; resolves to their ids. */
  async interruptTag(tag: string, options: RpcOptions = {}): Promise<string[]> {
    checkTags([tag]);
    return await this.#interrupt(InterruptType.TAG, { case: "operationTag", value: tag }, options);
  }

  /** Interrupts one operation; resolves to its id, or to nothing when it does not run. */
  async interruptOperation(operationId: string, options: RpcOptions = {}): Promise<string[]> {
    const interrupt = { case: "operationId", value: operationId } as const;
    return await this.#interrupt(InterruptType.OPERATION_ID, interrupt, options);
  }

  /** From when the session begins to be released, every further call in it is refused with this error. */
  endsWith(error: SparkwrightError): void {
    this.#endsWith ??= error;
  }

  /** Ends the session on the server, with everything that runs in it. The second call does nothing. */
  async releaseSession(): Promise<void> {
    this.#released ??= this.#releaseSession();
    await this.#released;
  }

  /**
   * Ends the session on the server when `before` is done, and disconnects. A server that does not answer within 10 s
   * ends it when it has been idle for long; that is told as a warning.
   */
  async end(before: Promise<void>): Promise<void> {
    const released = before.then(() => this.releaseSession());
    try {
      if (await this.#isInTime(released)) return;
      const late = new ProtocolError("CONNECT_RELEASE_LATE", `${this.endpoint} does not answer`);
      this.warn(`session ${this.sessionId} could not be ended within ${closeTimeoutMs / 1_000} s`, late);
    } finally {
      await this.close();
    }
  }

  /** Waits up to 10 s for releases under way, then disconnects. The session stays on the server. */
  async close(): Promise<void> {
    this.#closed ??= this.#close();
    await this.#closed;
  }

  /** The same as `close`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Reports what nobody waits for: to `onWarning` where it was given, else as a warning of the process. */
  warn(message: string, error: unknown): void {
    if (this.#options.onWarning !== undefined) this.#options.onWarning(message, error);
    else process.emitWarning(`${message}: ${messageOf(error)}`, "SparkwrightWarning");
  }

  /** Another session over this client's connection. */
  #sibling(sessionId: string): ConnectClient {
    const { transport, token } = this.#connection;
    return new ConnectClient({ ...this.#options, sessionId, userId: this.userId, transport, token });
  }

  async #ready(signal: AbortSignal | undefined): Promise<void> {
    if (this.#open === undefined) return;
    // Whoever is told to stop leaves the opening to the others who wait for it, and to the release.
    this.#opening ??= outsideExecutionScope(this.#open).then(
      () => {
        this.#open = undefined;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    await (signal === undefined ? this.#opening : unlessAborted(this.#opening, signal));
  }

  /** Makes a session that is like this one. */
  async #begin(sessionId: string): Promise<SessionIds> {
    try {
      const response = await this.#rpc.unary(
        method.cloneSession,
        () =>
          create(CloneSessionRequestSchema, { ...this.#session.requestFields(), newSessionId: sessionId }),
        { deadlineMs: tenMinutesMs },
      );
      return { sessionId: response.newSessionId, serverSideSessionId: response.newServerSideSessionId };
    } catch (error) {
      if (!cannotClone(error)) throw error;
    }
    const other = this.#sibling(sessionId);
    const { pairs } = await this.config({ case: "getAll", value: {} });
    const keys = pairs.map(({ key }) => key);
    const answers = (await this.config({ case: "isModifiable", value: { keys } })).pairs;
    const own = new Set(answers.filter(({ value }) => value === "true").map(({ key }) => key));
    await other.config({ case: "set", value: { pairs: pairs.filter(({ key }) => own.has(key)) } });
    await other.addArtifacts([...this.#artifacts.values()]);
    return { sessionId, serverSideSessionId: other.serverSideSessionId ?? "" };
  }

  async #interrupt(
    interruptType: InterruptType,
    interrupt: InterruptRequest["interrupt"],
    options: RpcOptions,
  ): Promise<string[]> {
    const response = await this.#rpc.unary(
      method.interrupt,
      () => create(InterruptRequestSchema, { ...this.#session.requestFields(), interruptType, interrupt }),
      // Not bound to the scope: its abort is what interrupts are for.
      { signal: options.signal, deadlineMs: options.deadlineMs, attemptDeadlineMs: tenMinutesMs },
    );
    return response.interruptedIds;
  }

  #execution(execution: {
    operationId: string;
    lastResponseId?: string | undefined;
    tags: readonly string[];
    submission: PlanSubmission | undefined;
    isRead: () => boolean;
    options: ExecuteOptions;
  }): ExecuteStream {
    const { operationId, tags, submission, isRead, options } = execution;
    const { deadlineMs } = knownOptions("the options of an execution", options, executeOptions);
    checkDeadline(deadlineMs);
    const timeout = deadlineMs === undefined ? undefined : AbortSignal.timeout(Math.ceil(deadlineMs));
    const observer = this.progressHandlers.observer();
    const scope =
      observer === undefined ? currentExecutionScope() : mergeScopes(currentExecutionScope(), observer);
    return new ReattachableExecution({
      rpc: this.#rpc,
      clock: options.unref === true && this.#clock === systemClock ? unrefClock : this.#clock,
      operationId,
      operation: (id) => this.#submitted(id, tags, scope.dataset),
      newOperationId: randomUUID,
      isRead,
      identify: async (signal) => await this.#identify({ signal, attemptDeadlineMs: tenMinutesMs }),
      submission,
      lastResponseId: execution.lastResponseId,
      releases: (id) => new OperationReleases(this.#rpc, id, this.#pending, tenMinutesMs),
      releaseAfterBytes: this.#options.releaseAfterBytes ?? 2 ** 23,
      interrupt: (bounds) => this.interruptOperation(operationId, bounds),
      background: this.#pending,
      scope,
      signal: anySignal(scope.signal, options.signal, timeout),
      endsAt: deadlineMs === undefined ? undefined : performance.now() + deadlineMs,
      streamDeadlineMs: tenMinutesMs,
      unref: options.unref ?? false,
    });
  }

  #submitted(operationId: string, tags: readonly string[], dataset?: string): SubmittedOperation {
    const { serverSideSessionId, sessionId, userId } = this.#session;
    return {
      endpoint: this.endpoint,
      userId,
      sessionId,
      ...(serverSideSessionId === undefined ? {} : { serverSideSessionId }),
      operationId,
      tags,
      ...(dataset === undefined ? {} : { dataset }),
    };
  }

  #bounded(options: RpcOptions, attemptDeadlineMs: number): CallBounds {
    const signal = anySignal(currentExecutionScope().signal, options.signal);
    return { signal, deadlineMs: options.deadlineMs, attemptDeadlineMs };
  }

  /**
   * Learns which life of the session the server has, if that is not known yet: a server that restarts then refuses what
   * was meant for the life before.
   */
  async #identify(bounds: CallBounds): Promise<void> {
    if (this.serverSideSessionId !== undefined) return;
    await this.#rpc.unary(
      method.config,
      () =>
        create(ConfigRequestSchema, {
          ...this.#session.requestFields(),
          operation: { opType: { case: "getOption", value: { keys: [] } } },
        }),
      bounds,
    );
  }

  async #releaseSession(): Promise<void> {
    if (this.#endsWith !== undefined) this.#session.close(this.#endsWith);
    // A session that is being opened must not be left behind.
    await this.#opening?.catch(() => {});
    const lazy = this.#open !== undefined;
    const neverUsed = lazy || (this.#connection.newSession && this.serverSideSessionId === undefined);
    if (!neverUsed) {
      try {
        await this.#rpc.unary(
          method.releaseSession,
          () => create(ReleaseSessionRequestSchema, this.#session.requestFields()),
          { attemptDeadlineMs: tenMinutesMs, evenIfClosed: true },
        );
      } catch (error) {
        if (!meansReleased(error)) throw error;
      }
    }
    this.#session.close(`Session ${this.sessionId} was released.`);
  }

  async #close(): Promise<void> {
    await this.#isInTime(this.#pending.settled());
    this.#rpc.closeAside();
    if (this.#connection.ownsTransport) this.#connection.transport.close();
  }

  /** Waits for the work, but not for ever. */
  async #isInTime(work: Promise<unknown>): Promise<boolean> {
    const timer = new AbortController();
    const late = this.#clock.sleep(closeTimeoutMs, timer.signal).then(
      () => false,
      () => false,
    );
    try {
      return await Promise.race([work.then(() => true), late]);
    } finally {
      timer.abort();
    }
  }
}

/** Servers before Spark 4.1, and some compute of Databricks. */
function cannotClone(error: unknown): boolean {
  const codes = ["SERVER_TOO_OLD", "SPARK_UNIMPLEMENTED"];
  return error instanceof SparkwrightError && codes.includes(error.code);
}
