import type { CommandInput, NodeCommand } from "../commands/node-command.ts";
import { nodeCommand } from "../commands/node-command.ts";
import { nodeContext } from "../commands/node-context.ts";
import { nodeLog } from "../commands/node-log.ts";
import { nodeOutputs } from "../commands/node-outputs.ts";
import type { DatasetConfig, LogLevel, Project } from "../config/project.ts";
import type { ExecutionScope } from "../connect/execution-scope.ts";
import { withExecutionScope } from "../connect/execution-scope.ts";
import { throwIfAborted } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { SparkwrightError } from "../core/error.ts";
import { plainValue } from "../events/plain-value.ts";
import type { RunEventBody } from "../events/run-event.ts";
import { loadInput } from "../io/load-input.ts";
import { refuseOverwritingInputs } from "../io/own-input.ts";
import { isRepeatable, saveOutput } from "../io/save-output.ts";
import type { PlannedNode, RunPlan } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";

export interface NodeExecutorOptions {
  readonly project: Project;
  readonly plan: RunPlan;
  readonly session: SparkSession;
  readonly runId: string;
  readonly logLevel: LogLevel;
  readonly clock: Clock;
  readonly publish: (event: RunEventBody) => void;
  /** Called right before each operation that changes stored data is sent; a throw keeps it from being sent. */
  readonly beforeCommit?: (() => void | Promise<void>) | undefined;
}

/** Runs single attempts of nodes: load the inputs, run the code, save the outputs, one by one. */
export class NodeExecutor {
  readonly #options: NodeExecutorOptions;
  readonly #nodes: ReadonlyMap<string, PlannedNode>;
  readonly #commands = new Map<string, NodeCommand>();
  readonly #unrepeatable = new Set<string>();

  constructor(options: NodeExecutorOptions) {
    this.#options = options;
    this.#nodes = new Map(options.plan.nodes.map((node) => [node.name, node]));
  }

  /** Whether the node has begun a write that must not be made twice, so that it must not be tried again. */
  isUnrepeatable(node: string): boolean {
    return this.#unrepeatable.has(node);
  }

  /** One attempt; returns the rows written over all outputs. Everything Spark does for it carries the run's tags. */
  async execute(name: string, attempt: number, signal: AbortSignal): Promise<bigint> {
    return await withExecutionScope(this.#scope(name, attempt, signal), () =>
      this.#run(name, attempt, signal),
    );
  }

  async #run(name: string, attempt: number, signal: AbortSignal): Promise<bigint> {
    const { session, plan, project, runId, logLevel, publish } = this.#options;
    const { config } = this.#node(name);
    const outputs = config.outputs.map((dataset) => this.#dataset(dataset));
    const inputs = config.inputs.map((input) => ({ input, dataset: this.#dataset(input.dataset) }));
    refuseOverwritingInputs(
      name,
      inputs.map(({ dataset }) => dataset),
      outputs,
    );

    const loaded = await Promise.all(
      inputs.map(async ({ input, dataset }): Promise<CommandInput> => {
        const { location } = dataset;
        return {
          dataset: dataset.name,
          table: location.kind === "table" ? location.table : undefined,
          frame: await loadInput(session, dataset, input.window === "run" ? plan.window : undefined),
        };
      }),
    );
    const context = nodeContext({
      window: plan.window,
      spark: session,
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
    });
    const result = await this.#command(name, project).invoke(loaded, context);
    const returned = nodeOutputs(name, config.outputs, result, session);

    let rows = 0n;
    for (const { dataset, frame } of returned) {
      throwIfAborted(signal);
      rows += await this.#save(name, attempt, this.#dataset(dataset), frame);
    }
    return rows;
  }

  async #save(
    node: string,
    attempt: number,
    dataset: DatasetConfig,
    frame: Parameters<typeof saveOutput>[0]["frame"],
  ): Promise<bigint> {
    const { session, plan, runId, clock, publish, beforeCommit } = this.#options;
    if (!isRepeatable(dataset)) this.#unrepeatable.add(node);
    const startedAt = clock.now();
    const tag = { pipeline: plan.pipeline, node, runId, attempt };
    const commit = async <T>(write: () => Promise<T>): Promise<T> => {
      await beforeCommit?.();
      return await withExecutionScope({ dataset: dataset.name }, write);
    };
    const { name, mode } = dataset;
    const saved = await saveOutput({
      session,
      dataset,
      frame,
      window: plan.window,
      tag,
      commit,
      onChecked: (checked) => publish({ type: "dataset_checked", node, attempt, dataset: name, ...checked }),
      onWarning: (message) => publish({ type: "node_log", node, level: "warn", message, fields: {} }),
    });
    const durationMs = Math.max(0, clock.now() - startedAt);
    publish({ type: "dataset_written", node, attempt, dataset: name, mode, durationMs, ...saved });
    return saved.rows;
  }

  #scope(node: string, attempt: number, signal: AbortSignal): ExecutionScope {
    const { runId, publish } = this.#options;
    return {
      tags: [tagOf(`sparkwright-run-${runId}`), tagOf(`sparkwright-node-${node}`)],
      signal,
      onSubmit: ({ operationId, endpoint, userId, sessionId, serverSideSessionId, dataset }) =>
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
        }),
      onProgress: ({ stages }, { operationId }) => {
        const total = (count: (stage: (typeof stages)[number]) => bigint) =>
          stages.reduce((sum, stage) => sum + count(stage), 0n);
        publish({
          type: "node_progress",
          node,
          attempt,
          operationId,
          stages: { done: stages.filter((stage) => stage.done).length, total: stages.length },
          tasks: {
            done: Number(total((stage) => stage.numCompletedTasks)),
            total: Number(total((stage) => stage.numTasks)),
          },
          bytesRead: total((stage) => stage.inputBytesRead),
        });
      },
      onEnd: ({ operationId }, outcome) => publish({ type: "operation_ended", node, operationId, outcome }),
    };
  }

  /** Made once: what a retry runs is the same code. */
  #command(name: string, { root, settings }: Project): NodeCommand {
    const { code, outputs } = this.#node(name).config;
    let command = this.#commands.get(name);
    if (command === undefined) {
      command = nodeCommand({ code, outputs, policy: { root, ...settings.security } });
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

/** A tag must have no comma. */
function tagOf(text: string): string {
  return text.replaceAll(",", "_");
}
