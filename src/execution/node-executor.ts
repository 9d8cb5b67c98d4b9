import type { CommandInput, NodeCommand } from "../commands/node-command.ts";
import { nodeCommand } from "../commands/node-command.ts";
import { type NodeContext, nodeContext } from "../commands/node-context.ts";
import { nodeLog } from "../commands/node-log.ts";
import { type NodeOutput, nodeOutputs } from "../commands/node-outputs.ts";
import type { DatasetConfig, LogLevel, NodeConfig, Project } from "../config/project.ts";
import { sqlPlace, sqlReadsWhole, sqlTableOf } from "../config/sql-reading.ts";
import type { ExecutionScope } from "../connect/execution-scope.ts";
import { withExecutionScope } from "../connect/execution-scope.ts";
import { throwIfAborted } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { plainValue } from "../events/plain-value.ts";
import type { RunEventBody } from "../events/run-event.ts";
import type { FindDataSource } from "../io/data-source.ts";
import type { DatasetVersion } from "../io/delta-history.ts";
import { getFeatures } from "../io/features/get-features.ts";
import { loadInput } from "../io/load-input.ts";
import { refuseOverwritingInputs } from "../io/own-input.ts";
import { isRepeatable, saveOutput } from "../io/save-output.ts";
import type { SaveRequest } from "../io/save-request.ts";
import { unreadableFile } from "../io/unreadable-file.ts";
import type { DateWindow, PlannedNode, RunPlan } from "../planning/run-plan.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { withActiveSession } from "../sql/spark-session-builder.ts";
import { dataSourcesOf } from "./data-sources.ts";
import type { DatasetAccess } from "./dataset-access.ts";
import { NodeAttempt } from "./node-attempt.ts";
import { guardNode } from "./node-guard.ts";
import { inputVersion } from "./resume/input-version.ts";
import type { RunHooks } from "./run-hooks.ts";
import type { RunSession } from "./run-session.ts";
import { qualified, withRunSettings } from "./session-defaults.ts";
import { askIfLost, sessionLossOf, tellsOfLoss } from "./session-loss.ts";
import { mayStillRun, neverBegan } from "./write-failure.ts";

export interface NodeExecutorOptions {
  readonly project: Project;
  readonly plan: RunPlan;
  readonly sessions: RunSession;
  readonly runId: string;
  /** When the run began, milliseconds since 1970; a resume is the same run. */
  readonly startedMs?: number | undefined;
  readonly logLevel: LogLevel;
  readonly clock: Clock;
  readonly publish: (event: RunEventBody) => void;
  readonly hooks?: RunHooks | undefined;
  readonly datasets?: DatasetAccess | undefined;
}

/** Runs single attempts of nodes: load the inputs, run the code, save the outputs, one by one. */
export class NodeExecutor {
  readonly #options: NodeExecutorOptions;
  readonly #nodes: ReadonlyMap<string, PlannedNode>;
  readonly #commands = new Map<string, NodeCommand>();
  readonly #unrepeatable = new Set<string>();
  readonly #attempts = new Map<string, NodeAttempt>();
  /** By node, the session in which its last attempt was lost. */
  readonly #lostIn = new Map<string, SparkSession>();
  readonly #findSource: FindDataSource;
  /** Of datasets, as far as they are known; without a value there is none. */
  readonly #versions = new Map<string, DatasetVersion | undefined>();

  constructor(options: NodeExecutorOptions) {
    this.#options = options;
    this.#findSource = dataSourcesOf(options.project);
    this.#nodes = new Map(options.plan.nodes.map((node) => [node.name, node]));
  }

  /** Whether the node has begun a write that must not be made twice, so that it must not be tried again. */
  isUnrepeatable(node: string): boolean {
    return this.#unrepeatable.has(node);
  }

  /**
   * One attempt; returns the rows written over all outputs. Everything Spark does for it carries the run's tags.
   * `cleanUp` must follow.
   */
  async execute(name: string, attempt: number, signal: AbortSignal): Promise<bigint> {
    const { sessions } = this.#options;
    const base = await sessions.get(signal);
    const running = new NodeAttempt(base, this.#mayShare(name));
    this.#attempts.set(name, running);
    await this.#afterLoss(name, running, signal);
    try {
      return await withExecutionScope(this.#scope(name, attempt, signal, running), () =>
        guardNode(
          name,
          () => this.#run(name, attempt, signal, running),
          (late) => this.#warn(name, `after the node had ended: ${late.message}`, { code: late.code }),
        ),
      );
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      throw await this.#failureOf(name, running, thrown);
    }
  }

  /** Ends what the attempt left on the server and releases what it held; `undefined` when there is nothing to do. */
  cleanUp(name: string): Promise<void> | undefined {
    const attempt = this.#attempts.get(name);
    this.#attempts.delete(name);
    const closed = attempt?.close({
      clock: this.#options.clock,
      warn: (message) => this.#warn(name, message),
    });
    if (attempt?.ownSession === undefined) return closed;
    const { ownSession, isLost } = attempt;
    if (!isLost && !ownSession.isStopped) ownSession.client.endsWith(endedSession(name));
    if (closed !== undefined) return closed.finally(() => this.#options.sessions.release(ownSession, isLost));
    this.#options.sessions.release(ownSession, isLost);
    return undefined;
  }

  /** A query in SQL changes nothing in its session; code of the user may. */
  #mayShare(name: string): boolean {
    const { code, outputs, inputs, features = [] } = this.#node(name).config;
    if (code.kind !== "sql" || outputs.length === 0 || this.#options.datasets !== undefined) return false;
    const { datasets } = this.#options.plan;
    const read = [...inputs.map(({ dataset }) => dataset), ...features.map(({ source }) => source)];
    return read.every((dataset) => datasets.get(dataset)?.source === undefined);
  }

  /** What an attempt failed with, once it is known which sessions are lost by that. */
  async #failureOf(name: string, running: NodeAttempt, thrown: unknown): Promise<unknown> {
    const { sessions } = this.#options;
    const { base, ownSession } = running;
    if (ownSession?.isStopped === true) return stoppedSession(name, thrown);
    const session = ownSession ?? base;
    const { error, lost } = await sessionLossOf(thrown, session);
    if (lost) {
      this.#lostIn.set(name, session);
      running.isLost = true;
      running.forgetKept();
    }
    // What ended the one session may have ended both, and a copy cannot be made of one that is gone.
    const baseLost = session === base ? lost : tellsOfLoss(error, base) || (lost && (await askIfLost(base)));
    if (baseLost !== false && baseLost !== undefined) await sessions.lose(base);
    return unreadableFile(this.#inputsOf(name), error);
  }

  /** Once nothing of the last attempt runs any more in the session that was lost. */
  async #afterLoss(name: string, running: NodeAttempt, signal: AbortSignal): Promise<void> {
    const lost = this.#lostIn.get(name);
    if (lost === undefined) return;
    this.#lostIn.delete(name);
    const bound = AbortSignal.any([signal, AbortSignal.timeout(interruptTimeoutMs)]);
    // A session that is gone, or a server, has nothing left that could be stopped.
    await lost.client.interruptTag(nodeTag(name), { signal: bound }).catch(() => {});
    const { session, base } = running;
    if (session === base) return;
    const { sessionId } = session;
    this.#options.publish({ type: "session_renewed", sessionId, lostSessionId: lost.sessionId });
  }

  async #run(name: string, attempt: number, signal: AbortSignal, running: NodeAttempt): Promise<bigint> {
    const { plan, project, runId, logLevel, publish } = this.#options;
    const { config } = this.#node(name);
    const outputs = config.outputs.map((dataset) => this.#dataset(dataset));
    const inputs = await Promise.all(
      config.inputs.map(async (input) => ({
        input,
        dataset: await this.#placed(this.#dataset(input.dataset), running),
      })),
    );
    refuseOverwritingInputs(
      name,
      inputs.map(({ dataset }) => dataset),
      outputs,
    );

    await this.#recordInputs(name, attempt, running, [
      ...inputs.map(({ dataset }) => dataset),
      ...this.#featureSources(config),
    ]);
    const loaded = await Promise.all(
      inputs.map(async ({ input, dataset }, index): Promise<CommandInput> => {
        const { location, format } = dataset;
        const isSql = config.code.kind === "sql";
        const isWhole = input.window === "all" || (isSql && sqlReadsWhole(config, dataset));
        const window = isWhole ? undefined : plan.window;
        const { session } = running;
        const frame = await this.#load(session, dataset, window);
        const { features = [], asOf } = index === 0 ? config : {};
        return {
          dataset: dataset.name,
          table: sqlTableOf(config, dataset),
          path: location.kind === "path" && format === "delta" ? location.path : undefined,
          frame: await getFeatures(plan, session, features, frame, {
            asOf,
            load: async (source) => await this.#load(session, await this.#placed(source, running), undefined),
          }),
        };
      }),
    );
    const context = nodeContext({
      window: plan.window,
      spark: () => running.session,
      log: nodeLog(logLevel, (level, message, fields) =>
        publish({
          type: "node_log",
          node: name,
          level,
          message,
          fields: plainValue(fields) as Readonly<Record<string, unknown>>,
        }),
      ),
      signal,
      node: name,
      pipeline: plan.pipeline,
      runId,
      params: config.hyperparams,
      ...this.#holding(running),
    });
    running.inCode = true;
    const command = this.#command(name, project);
    const result = await withActiveSession(
      () => running.session,
      () => command.invoke(loaded, context),
    ).finally(() => {
      running.inCode = false;
    });
    const returned = await this.#toStore(nodeOutputs(name, config.outputs, result, running.session), running);

    let rows = 0n;
    for (const { dataset, frame } of returned) {
      throwIfAborted(signal);
      rows += await this.#save(name, attempt, this.#dataset(dataset), frame, running);
    }
    return rows;
  }

  /** What the node returned, to be stored by the settings of the run. */
  async #toStore(returned: readonly NodeOutput[], running: NodeAttempt): Promise<readonly NodeOutput[]> {
    const { ownSession, base } = running;
    // Nobody can have changed a session that was not opened.
    if (returned.length === 0 || ownSession?.client.isOpened !== true) return returned;
    return await withRunSettings(ownSession, await this.#options.sessions.defaults(base), returned);
  }

  /** The dataset, where the code of the node cannot move it to. */
  async #placed(dataset: DatasetConfig, running: NodeAttempt): Promise<DatasetConfig> {
    const { session, base } = running;
    if (session === base || dataset.location.kind !== "table") return dataset;
    return qualified(dataset, await this.#options.sessions.defaults(base));
  }

  async #load(
    session: SparkSession,
    dataset: DatasetConfig,
    window: DateWindow | undefined,
  ): Promise<DataFrame> {
    const load = async (of: DatasetConfig, days: DateWindow | undefined) =>
      await loadInput(session, of, days, this.#findSource);
    const { datasets } = this.#options;
    return await (datasets?.load({ session, dataset, window, load }) ?? load(dataset, window));
  }

  async #save(
    node: string,
    attempt: number,
    dataset: DatasetConfig,
    frame: DataFrame,
    running: NodeAttempt,
  ): Promise<bigint> {
    const { plan, runId, clock, publish, hooks, datasets } = this.#options;
    const observed = hooks?.onOutput({ runId, node, attempt, dataset, frame });
    if (observed !== undefined) running.readers.push(observed);
    // What a save of the user's own does before it fails, nobody knows.
    if (datasets !== undefined && !isRepeatable(dataset)) this.#unrepeatable.add(node);
    const startedAt = clock.now();
    const tag = { pipeline: plan.pipeline, node, runId, attempt };
    // Whether this runner may still write is checked where the operation is recorded, before it is sent.
    const commit = <T>(write: () => Promise<T>): Promise<T> =>
      this.#writeOnce(node, dataset, () => withExecutionScope({ dataset: dataset.name }, write));
    this.#versions.delete(dataset.name);
    const { name, mode } = dataset;
    const request: SaveRequest = {
      session: running.session,
      dataset: await this.#placed(dataset, running),
      frame,
      window: plan.window,
      tag,
      sinceMs: this.#options.startedMs,
      commit,
      onChecked: (checked) => publish({ type: "dataset_checked", node, attempt, dataset: name, ...checked }),
      onWarning: (message) => publish({ type: "node_log", node, level: "warn", message, fields: {} }),
    };
    const saved = await (datasets?.save(request) ?? saveOutput(request));
    if (saved.version !== undefined) this.#versions.set(name, { version: saved.version });
    const durationMs = Math.max(0, clock.now() - startedAt);
    const { outcome, rows, version } = saved;
    publish({
      type: "dataset_written",
      node,
      attempt,
      dataset: name,
      mode,
      durationMs,
      outcome,
      rows,
      ...(version !== undefined && { version }),
    });
    return saved.rows;
  }

  /** Runs one change of stored data, and remembers whether the node may still be tried again after it. */
  async #writeOnce<T>(node: string, dataset: DatasetConfig, write: () => Promise<T>): Promise<T> {
    const wasRepeatable = !this.isUnrepeatable(node);
    if (!isRepeatable(dataset)) this.#unrepeatable.add(node);
    try {
      return await write();
    } catch (failure) {
      if (wasRepeatable && neverBegan(failure)) this.#unrepeatable.delete(node);
      // Two writers of one folder take each other's files away; Delta keeps them apart.
      else if (dataset.format !== "delta" && mayStillRun(failure)) this.#unrepeatable.add(node);
      throw failure;
    }
  }

  /** All datasets that the node reads. */
  #inputsOf(name: string): readonly DatasetConfig[] {
    const { config } = this.#node(name);
    return [...config.inputs.map(({ dataset }) => this.#dataset(dataset)), ...this.#featureSources(config)];
  }

  /** The datasets that features are taken from, each once. */
  #featureSources({ inputs, features = [] }: NodeConfig): readonly DatasetConfig[] {
    const read = new Set(inputs.map(({ dataset }) => dataset));
    const names = new Set(features.map(({ source }) => source).filter((source) => !read.has(source)));
    return [...names].map((name) => this.#dataset(name));
  }

  /** What a node holds through its context. */
  #holding(running: NodeAttempt): Pick<NodeContext, "use" | "cache"> {
    return {
      use: (resource) => {
        running.resources.use(resource);
        return resource;
      },
      cache: async (frame, storageLevel) => {
        await frame.persist(storageLevel);
        return frame;
      },
    };
  }

  /**
   * Records the versions of the inputs before they are read. A version that is known from before may be older than what
   * is read, never newer; so a resume can trust the node's result as long as that version is still the last one.
   */
  async #recordInputs(
    node: string,
    attempt: number,
    running: NodeAttempt,
    datasets: readonly DatasetConfig[],
  ): Promise<void> {
    if (datasets.length === 0) return;
    const { publish } = this.#options;
    const inputs = await Promise.all(
      datasets.map(async (dataset) => {
        const { name } = dataset;
        const found = this.#versions.has(name)
          ? this.#versions.get(name)
          : await inputVersion(running.session, dataset, this.#findSource);
        this.#versions.set(name, found);
        return { dataset: name, ...found };
      }),
    );
    publish({ type: "inputs_read", node, attempt, inputs });
  }

  #scope(node: string, attempt: number, signal: AbortSignal, running: NodeAttempt): ExecutionScope {
    const { runId, publish } = this.#options;
    return {
      tags: [tagOf(`sparkwright-run-${runId}`), nodeTag(node), `sparkwright-attempt-${attempt}`],
      signal,
      onKept: (kept) => running.keep(kept),
      onGivenUp: (key) => running.giveUp(key),
      onGlobalView: (name) => {
        if (running.inCode) throw globalView(node, name);
      },
      onSubmit: ({ operationId, endpoint, userId, sessionId, serverSideSessionId, dataset }) => {
        publish({
          type: "operation_submitted",
          node,
          attempt,
          operationId,
          endpoint,
          userId,
          sessionId,
          ...(serverSideSessionId !== undefined && { serverSideSessionId }),
          ...(dataset !== undefined && { dataset }),
        });
        running.submitted(operationId);
      },
      onProgress: ({ stages }, { operationId }) => {
        const total = (count: (stage: (typeof stages)[number]) => number) =>
          stages.reduce((sum, stage) => sum + count(stage), 0);
        publish({
          type: "node_progress",
          node,
          attempt,
          operationId,
          stages: { done: stages.filter((stage) => stage.done).length, total: stages.length },
          tasks: {
            done: total((stage) => stage.completedTasks),
            total: total((stage) => stage.tasks),
          },
          bytesRead: BigInt(total((stage) => stage.inputBytes)),
        });
      },
      onEnd: ({ operationId }, outcome) => {
        running.ended(operationId);
        publish({ type: "operation_ended", node, operationId, outcome });
      },
    };
  }

  #warn(node: string, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.#options.publish({ type: "node_log", node, level: "warn", message, fields });
  }

  /** Made once: what a retry runs is the same code. */
  #command(name: string, { root, settings }: Project): NodeCommand {
    const { config } = this.#node(name);
    const { code, outputs } = config;
    let command = this.#commands.get(name);
    if (command === undefined) {
      const placeOf = (offset: number) => sqlPlace(root, config, offset);
      command = nodeCommand({ code, outputs, policy: { root, ...settings.security }, placeOf });
      this.#commands.set(name, command);
    }
    return command;
  }

  #node(name: string): PlannedNode {
    const node = this.#nodes.get(name);
    if (node === undefined) throw new SparkwrightError("RUN_NODE_UNKNOWN", `the plan has no node '${name}'`);
    return node;
  }

  #dataset(name: string): DatasetConfig {
    const dataset = this.#options.plan.datasets.get(name);
    if (dataset === undefined)
      throw new SparkwrightError("RUN_DATASET_UNKNOWN", `the plan has no dataset '${name}'`);
    return dataset;
  }
}

/** Thrown where a DataFrame, or `ctx.spark`, is used that was kept from an attempt which has ended. */
function endedSession(node: string): SparkwrightError {
  return new SparkwrightError(
    "USAGE_OTHER_SESSION",
    `a session is used that has ended with its node '${node}', and every DataFrame with it`,
    {
      hint: `Name the dataset that '${node}' writes as an \`input\` of this node, or read it again with ctx.spark.`,
      details: { node },
    },
  );
}

function stoppedSession(node: string, cause: unknown): SparkwrightError {
  return new SparkwrightError(
    "NODE_STOPPED_SESSION",
    `the code of node '${node}' ended its own session, with stop() or close() of ctx.spark, and then used it`,
    {
      cause,
      hint: "Leave ctx.spark open: its session ends with the node, once what the node returned is stored.",
      details: { node },
    },
  );
}

/** Two nodes, or two runs, that use the same name would see each other's rows. */
function globalView(node: string, view: string): SparkwrightError {
  return new SparkwrightError(
    "NODE_GLOBAL_VIEW",
    `the code of node '${node}' makes a global temporary view '${view}', which every session of the server sees`,
    {
      hint: "Use ctx.tempView, which ends with the node; for other nodes, return the rows as an output.",
      details: { node, view },
    },
  );
}

/** How long the interruption of what a lost attempt left behind may take, milliseconds. */
const interruptTimeoutMs = 5_000;

function nodeTag(node: string): string {
  return tagOf(`sparkwright-node-${node}`);
}

/** A tag must have no comma. */
function tagOf(text: string): string {
  return text.replaceAll(",", "_");
}
