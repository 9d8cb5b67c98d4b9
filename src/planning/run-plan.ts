import { deepMerge } from "../config/deep-merge.ts";
import type {
  CircuitBreakerConfig,
  DatasetConfig,
  NodeConfig,
  PipelineConfig,
  Project,
  RetryConfig,
} from "../config/project.ts";
import { mergeRetries } from "../config/retries.ts";
import { SparkwrightError } from "../core/error.ts";
import { throwIfAny } from "../core/error-list.ts";
import { type ConnectedNode, connect, pipelineNodes } from "./dependencies.ts";
import { findPipeline } from "./find-pipeline.ts";
import { hyperparamLayers } from "./hyperparam-layers.ts";
import { formatCycle, orderGraph } from "./order.ts";
import { type NodeSelection, type SelectOptions, selectNodes } from "./select-nodes.ts";
import { missingWindows, resolveWindow, type WindowOptions } from "./window.ts";

/** What will run, in which order and why; pure data, known before Spark is asked. */
export interface RunPlan {
  readonly pipeline: string;
  /** The options that it was made with. */
  readonly asked?: PlanOptions;
  readonly window: DateWindow | undefined;
  readonly maxParallelNodes: number;
  readonly failFast: boolean;
  /** Limit of the whole run, milliseconds. */
  readonly runTimeoutMs?: number;
  readonly circuitBreaker?: CircuitBreakerConfig;
  /** In a topological order that depends on nothing but the declaration order. */
  readonly nodes: readonly PlannedNode[];
  /** What was chosen of the pipeline, when not all of it. */
  readonly selection?: NodeSelection;
  /** Every dataset the nodes read, take features from or write. */
  readonly datasets: ReadonlyMap<string, DatasetConfig>;
}

/** Calendar days, ISO `YYYY-MM-DD`, both included. */
export interface DateWindow {
  readonly startDate: string;
  readonly endDate: string;
}

/** One node of a plan. */
export interface PlannedNode {
  readonly name: string;
  /** With `inputs` completed: a node that names none and has dependencies reads their outputs, in order. */
  readonly config: NodeConfig;
  /** Of the nodes that run: of one that was left out, the stored datasets are read as they are. */
  readonly dependsOn: readonly Dependency[];
  /** The node's over the pipeline's over the global ones. */
  readonly retries: RetryConfig;
  /** Limit of one attempt, milliseconds. */
  readonly timeoutMs?: number;
}

/** One node that another waits for, and why. */
export interface Dependency {
  readonly node: string;
  readonly reason: "explicit" | "input";
  /** The dataset that carries the dependency, when the reason is `input`. */
  readonly dataset?: string;
}

export interface PlanOptions extends WindowOptions, SelectOptions {
  readonly maxParallelNodes?: number;
  /** Over those of node, pipeline and global settings. */
  readonly hyperparams?: Readonly<Record<string, unknown>>;
}

/**
 * Plans a run of one pipeline, in time linear in its nodes and edges.
 *
 * Thrown when it cannot run: an `ErrorList` of every USAGE_*, VALIDATION_* and GRAPH_* error of this pipeline.
 */
export function planRun(project: Project, pipelineName: string, options: PlanOptions = {}): RunPlan {
  const pipeline = findPipeline(project, pipelineName);
  const errors: SparkwrightError[] = [];
  const window = resolveWindow(project, pipeline, options, errors);
  const windowFailed = errors.length > 0;
  const maxParallelNodes = parallelism(project, pipeline, options, errors);
  const connected = connect(project, pipeline, pipelineNodes(project, pipeline, errors), errors);
  const selection = selectNodes(project.root, pipelineName, connected, options, errors);
  const leftOut = new Set(selection?.leftOut.map(({ node }) => node));
  const running = connected.filter(({ config }) => !leftOut.has(config.name));
  if (window === undefined && !windowFailed) {
    errors.push(...missingWindows(pipeline, running, project.datasets));
  }
  const byName = new Map(connected.map((node) => [node.config.name, node]));
  const graph = new Map(
    connected.map(({ config, dependsOn }) => [config.name, dependsOn.map((dependency) => dependency.node)]),
  );
  const { order, cycles } = orderGraph(graph);
  for (const cycle of cycles) errors.push(cycleError(cycle, byName));
  throwIfAny(errors);
  const nodes = order.flatMap((name): PlannedNode[] => {
    const node = byName.get(name);
    if (node === undefined || leftOut.has(name)) return [];
    const hyperparams = deepMerge(
      ...hyperparamLayers(project, pipeline, node.config, options.hyperparams).map(({ values }) => values),
    );
    const config = { ...node.config, hyperparams };
    const dependsOn = node.dependsOn.filter((dependency) => !leftOut.has(dependency.node));
    return [{ name, config, dependsOn, ...limitsOf(project, pipeline, config) }];
  });
  return {
    pipeline: pipelineName,
    asked: options,
    window,
    maxParallelNodes,
    ...executionOf(project, pipeline),
    nodes,
    ...(selection !== undefined && { selection }),
    datasets: datasetsOf(project, nodes),
  };
}

function limitsOf(
  { settings }: Project,
  { execution }: PipelineConfig,
  node: NodeConfig,
): Pick<PlannedNode, "retries" | "timeoutMs"> {
  const timeoutMs = node.timeoutMs ?? execution?.timeoutMs ?? settings.execution.timeoutMs;
  return {
    retries: mergeRetries(settings.execution.retries, execution?.retries, node.retries),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

function executionOf(
  { settings }: Project,
  { execution }: PipelineConfig,
): Pick<RunPlan, "failFast" | "runTimeoutMs" | "circuitBreaker"> {
  const runTimeoutMs = execution?.runTimeoutMs ?? settings.execution.runTimeoutMs;
  const breaker = settings.execution.circuitBreaker ?? execution?.circuitBreaker;
  return {
    failFast: execution?.failFast ?? settings.execution.failFast,
    ...(runTimeoutMs !== undefined && { runTimeoutMs }),
    ...(breaker !== undefined && {
      circuitBreaker: { threshold: 5, timeoutMs: 600_000, ...breaker, ...execution?.circuitBreaker },
    }),
  };
}

function datasetsOf(project: Project, nodes: readonly PlannedNode[]): ReadonlyMap<string, DatasetConfig> {
  const datasets = new Map<string, DatasetConfig>();
  for (const { config } of nodes) {
    const inputs = config.inputs.map((input) => input.dataset);
    const sources = (config.features ?? []).map(({ source }) => source);
    for (const name of [...inputs, ...sources, ...config.outputs]) {
      const dataset = project.datasets.get(name);
      if (dataset !== undefined) datasets.set(name, dataset);
    }
  }
  return datasets;
}

function parallelism(
  project: Project,
  pipeline: PipelineConfig,
  options: PlanOptions,
  errors: SparkwrightError[],
): number {
  const { maxParallelNodes: asked } = options;
  if (asked !== undefined && !(Number.isInteger(asked) && asked >= 1)) {
    const message = `the number of parallel nodes must be a whole number of at least 1, but is ${asked}`;
    errors.push(new SparkwrightError("USAGE_INVALID_PARALLELISM", message, { hint: "Write 1 or more." }));
  }
  return asked ?? pipeline.maxParallelNodes ?? project.settings.maxParallelNodes;
}

function cycleError(cycle: readonly string[], nodes: ReadonlyMap<string, ConnectedNode>): SparkwrightError {
  const [first = ""] = cycle;
  const before = cycle.at(-1);
  const node = nodes.get(first);
  const closing = node?.dependsOn.find((dependency) => dependency.node === before);
  const index = node?.config.dependencies.indexOf(before ?? "") ?? -1;
  const input = node?.config.inputs.find(({ dataset }) => dataset === closing?.dataset);
  const via = closing?.dataset === undefined ? "" : ` (by reading "${closing.dataset}")`;
  return new SparkwrightError("GRAPH_CYCLE", `Circular dependency detected: ${formatCycle(cycle)}`, {
    position: node?.config.positions?.dependencies[index] ?? input?.position ?? node?.config.position,
    hint: `Remove one of these dependencies; here "${first}" waits for "${before}"${via}.`,
    details: { cycle },
  });
}
