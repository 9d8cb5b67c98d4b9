import { addOutputs } from "../config/dataset-schema.ts";
import { deepMerge } from "../config/deep-merge.ts";
import { defined } from "../config/defined.ts";
import type { MlInfo, NodeConfig, PipelineConfig, Project } from "../config/project.ts";
import { readSqlFiles } from "../config/sql-files.ts";
import type { SparkwrightError } from "../core/error.ts";
import { throwIfAny } from "../core/error-list.ts";
import type { RunSummary } from "../events/run-summary.ts";
import type { PlanOptions } from "../planning/run-plan.ts";
import { checkCount, checkDay, checkKeys, checkText, checkTexts } from "./check-argument.ts";
import type { CodeWindow } from "./check-dataset.ts";
import type { WrittenGraph } from "./dependency-resolver.ts";
import { checkExecutorOptions, type ExecutorOptions, executeWith } from "./executor-options.ts";
import { inGivenOrder } from "./given-order.ts";
import { loadedNodes, type NodeConfigs, nowhere, pickNodes, withoutPlaces } from "./node-configs.ts";
import { pipelineOf } from "./pipeline-of.ts";
import { prepareRun } from "./prepare-run.ts";

export interface NodeExecutorOptions extends ExecutorOptions {
  /** How many nodes run at once. @default `max_parallel_nodes` of the pipeline, else of the settings */
  readonly maxWorkers?: number;
}

interface ExecuteNodesRequest extends CodeWindow {
  /** The pipeline that the run is recorded under. @default the one pipeline that has the nodes */
  readonly pipelineName?: string | undefined;
  /** Over `ml_info.yaml`, merged per key; pipelines and nodes go over it. */
  readonly mlInfo?: Partial<MlInfo> | undefined;
  /** Cancels the run; what it has on Spark is interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/** One node to run. */
export interface ExecuteSingleNodeRequest extends ExecuteNodesRequest {
  readonly nodeName: string;
}

/** Several nodes to run, at once where they can. */
export interface ExecuteNodesParallelRequest extends ExecuteNodesRequest {
  /** The nodes to run, each after those it depends on: what `topologicalSort` returns. */
  readonly executionOrder: readonly string[];
  /** These nodes and those they read from. @default those of the context */
  readonly nodeConfigs?: NodeConfigs;
  /** More to wait for than the nodes say themselves. @default nothing */
  readonly dag?: WrittenGraph;
}

const commonKeys = ["pipelineName", "startDate", "endDate", "mlInfo", "signal"] as const;
const mlInfoKeys = ["mlops", "hyperparams", "tags", "metrics", "modelRegistry"] as const;

/**
 * Runs nodes of a project one by one or several at once. It is a run like any other, with retries, timeouts, circuit
 * breaker and a record; what was left out of it is read as it is stored.
 *
 * @example
 * const executor = new NodeExecutor({ context, maxWorkers: 4 });
 * await executor.executeSingleNode({ nodeName: "transform", startDate: "2025-01-01", endDate: "2025-01-31" });
 */
export class NodeExecutor {
  readonly #options: NodeExecutorOptions;

  /** Thrown when an option is not what it should be: `USAGE_INVALID_ARGUMENT`. */
  constructor(options: NodeExecutorOptions) {
    this.#options = { ...options, ...checkExecutorOptions(options) };
    checkCount("maxWorkers", options.maxWorkers);
  }

  /**
   * Runs one node, and none of those it depends on. Resolves to the summary of the run, also when the node fails.
   *
   * Thrown when it cannot run: `USAGE_PIPELINE_NEEDED` when no pipeline, or more than one, has it; else as
   * `BaseExecutor.executePipeline`.
   */
  async executeSingleNode(request: ExecuteSingleNodeRequest): Promise<RunSummary> {
    checkKeys("executeSingleNode", request, ["nodeName", ...commonKeys]);
    checkText("nodeName", request.nodeName);
    const { project } = this.#options.context;
    const pipeline = pipelineOf(project, [request.nodeName], request.pipelineName);
    return await this.#run(project, pipeline, [request.nodeName], request);
  }

  /**
   * Runs nodes, each the moment all it depends on has succeeded and a place is free. Resolves to the summary of the
   * run, however the nodes end.
   *
   * Thrown when it cannot run: `USAGE_EXECUTION_ORDER` when a node stands before one it depends on; else as
   * `executeSingleNode`.
   */
  async executeNodesParallel(request: ExecuteNodesParallelRequest): Promise<RunSummary> {
    checkKeys("executeNodesParallel", request, ["executionOrder", "nodeConfigs", "dag", ...commonKeys]);
    const { executionOrder, nodeConfigs, dag } = request;
    checkTexts("executionOrder", executionOrder);
    const { project } = this.#options.context;
    const pipeline = pipelineOf(project, executionOrder, request.pipelineName);
    if (nodeConfigs === undefined) return await this.#run(project, pipeline, executionOrder, request, dag);
    const given = loadedNodes(nodeConfigs, project.root);
    return await withoutPlaces(async () => {
      const own = await withNodes(project, pipeline, given, executionOrder);
      return await this.#run(own, pipeline, executionOrder, request, dag);
    });
  }

  async #run(
    project: Project,
    pipeline: string,
    names: readonly string[],
    request: ExecuteNodesRequest,
    dag: WrittenGraph = new Map(),
  ): Promise<RunSummary> {
    const { startDate, endDate, mlInfo, signal } = request;
    checkDay("startDate", startDate);
    checkDay("endDate", endDate);
    if (mlInfo !== undefined) checkKeys("mlInfo", mlInfo, mlInfoKeys);
    const options: PlanOptions = defined({
      startDate,
      endDate,
      maxParallelNodes: this.#options.maxWorkers,
      select: names,
    });
    const informed = withMlInfo(project, mlInfo);
    const plan = inGivenOrder(await prepareRun(informed, pipeline, options), names, dag);
    return await executeWith(this.#options, informed, plan, signal);
  }
}

/** The project with these nodes instead of its own; in the pipeline are those to run and what they depend on. */
async function withNodes(
  project: Project,
  name: string,
  given: ReadonlyMap<string, NodeConfig>,
  order: readonly string[],
): Promise<Project> {
  const nodes = new Map(given);
  const datasets = new Map(project.datasets);
  const errors: SparkwrightError[] = [];
  pickNodes(order, nodes, errors);
  await readSqlFiles(project.root, nodes, errors);
  addOutputs(datasets, nodes, project.settings, errors);
  throwIfAny(errors);
  const members = new Set(order);
  for (const member of members)
    for (const needed of nodes.get(member)?.dependencies ?? []) members.add(needed);
  const { nodePositions: _, ...declared } = project.pipelines.get(name) ?? undeclared;
  const pipeline = { ...declared, name, nodes: [...members] };
  return { ...project, nodes, datasets, pipelines: new Map([[name, pipeline]]) };
}

const undeclared: Omit<PipelineConfig, "name" | "nodes"> = {
  hyperparams: {},
  tags: [],
  mlops: {},
  position: nowhere,
};

function withMlInfo(project: Project, mlInfo: Partial<MlInfo> = {}): Project {
  if (Object.keys(mlInfo).length === 0) return project;
  const none = { mlops: {}, hyperparams: {}, tags: {}, metrics: [], modelRegistry: {} };
  return { ...project, mlInfo: deepMerge(none, { ...project.mlInfo }, mlInfo) as unknown as MlInfo };
}
