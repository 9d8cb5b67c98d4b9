import { parsePipelines } from "../config/pipeline-schema.ts";
import type { DatasetConfig, NodeConfig, PipelineConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { ErrorList } from "../core/error-list.ts";
import { unstreamable } from "../validation/streaming-check.ts";
import { checkDay, checkRecord, checkText, checkTexts } from "./check-argument.ts";
import type { FormatPolicies } from "./context.ts";
import { DependencyResolver } from "./dependency-resolver.ts";
import { loadedNodes, type NodeConfigs, nowhere, pickNodes, throwPlaceless } from "./node-configs.ts";

/** A pipeline with the keys of `pipelines.yaml`; they are checked as in the file. */
export interface WrittenPipeline {
  readonly nodes: readonly string[];
  readonly [key: string]: unknown;
}

/** A pipeline as it is written in `pipelines.yaml`, or as a project has loaded it (`context.pipelines`). */
export type PipelineLike = WrittenPipeline | PipelineConfig;

/** What a run is asked for; what it does not say comes from the context. */
export interface RequiredParams {
  readonly pipelineName: string;
  /** First day of the window, ISO `YYYY-MM-DD`. @default `contextStartDate` */
  readonly startDate?: string | undefined;
  /** Last day of the window, included. @default `contextEndDate` */
  readonly endDate?: string | undefined;
  readonly contextStartDate?: string | undefined;
  readonly contextEndDate?: string | undefined;
}

/** A pipeline and the nodes that it may name. */
export interface HybridPipeline {
  readonly pipeline: PipelineLike;
  readonly nodeConfigs: NodeConfigs;
  readonly formatPolicy: FormatPolicies;
  /** The datasets that the nodes name, so that their formats can be judged: `context.datasets`. @default none */
  readonly datasets?: ReadonlyMap<string, DatasetConfig>;
}

/** The nodes of a hybrid pipeline by kind. */
export interface HybridValidation {
  /** Those without `streaming`, in the order of the pipeline. */
  readonly batchNodes: string[];
  readonly streamingNodes: string[];
  readonly valid: boolean;
  /** Present when it is not valid. */
  readonly errors?: readonly SparkwrightError[];
}

/** What can be known to be wrong before a plan is made. Every run validates all of this, and more, by itself. */
export interface PipelineValidator {
  /**
   * Whether a run has its name and a whole window, each end by itself from the run or else from the context.
   *
   * Thrown when not: `USAGE_INVALID_ARGUMENT`, `VALIDATION_INCOMPLETE_WINDOW` or `VALIDATION_INVALID_WINDOW`.
   */
  validateRequiredParams(params: RequiredParams): void;

  /** Thrown when the pipeline is not well-formed, has no nodes or names one twice: an `ErrorList` of CONFIG_*. */
  validatePipelineConfig(request: { readonly pipeline: PipelineLike }): void;

  /**
   * Whether each of the pipeline's nodes has a well-formed configuration. What they depend on is the concern of
   * `DependencyResolver.buildDependencyGraph`.
   *
   * Thrown when not: an `ErrorList` of CONFIG_* and `GRAPH_MISSING_NODE`.
   */
  validateNodeConfigs(request: {
    readonly pipelineNodes: readonly string[];
    readonly nodeConfigs: NodeConfigs;
  }): void;

  /**
   * Tells batch and streaming nodes apart and whether they can make up one pipeline: well-formed, acyclic, and with
   * formats that can be streamed where a node streams. Returns every error instead of throwing it.
   */
  validateHybridPipeline(request: HybridPipeline): HybridValidation;
}

/** The checks of a plan, for code that plans by itself. */
export const PipelineValidator: PipelineValidator = {
  validateRequiredParams: (params) => {
    checkText("pipelineName", params.pipelineName);
    for (const day of ["startDate", "endDate", "contextStartDate", "contextEndDate"] as const) {
      checkDay(day, params[day]);
    }
    const start = params.startDate ?? params.contextStartDate;
    const end = params.endDate ?? params.contextEndDate;
    if (start === undefined || end === undefined) {
      const missing = start === undefined ? "startDate" : "endDate";
      throw new SparkwrightError(
        "VALIDATION_INCOMPLETE_WINDOW",
        `the run of "${params.pipelineName}" has no ${missing}, and the context has none either`,
        { hint: `Pass ${missing}, or set it for the pipeline or in global_settings.` },
      );
    }
    if (start > end) {
      throw new SparkwrightError(
        "VALIDATION_INVALID_WINDOW",
        `the window of "${params.pipelineName}" starts on ${start}, after its end on ${end}`,
        { hint: "Let it start on or before its last day.", details: { startDate: start, endDate: end } },
      );
    }
  },

  validatePipelineConfig: ({ pipeline }) => void nodesOf(pipeline),

  validateNodeConfigs: ({ pipelineNodes, nodeConfigs }) => {
    checkTexts("pipelineNodes", pipelineNodes);
    const errors: SparkwrightError[] = [];
    pickNodes(pipelineNodes, loadedNodes(nodeConfigs), errors);
    throwPlaceless(errors);
  },

  validateHybridPipeline: ({ pipeline, nodeConfigs, formatPolicy, datasets = new Map() }) => {
    const errors: SparkwrightError[] = [];
    const collect = <T>(work: () => T): T | undefined => {
      try {
        return work();
      } catch (thrown) {
        if (thrown instanceof ErrorList) errors.push(...thrown.errors);
        else if (thrown instanceof SparkwrightError) errors.push(thrown);
        else throw thrown;
        return undefined;
      }
    };
    const pipelineNodes = collect(() => nodesOf(pipeline)) ?? [];
    const known = collect(() => loadedNodes(nodeConfigs)) ?? new Map<string, NodeConfig>();
    const nodes = pipelineNodes.flatMap((name) => known.get(name) ?? []);
    if (errors.length === 0) {
      collect(() =>
        DependencyResolver.topologicalSort(
          DependencyResolver.buildDependencyGraph({ pipelineNodes, nodeConfigs: known }),
        ),
      );
    }
    const streaming = nodes.filter((node) => node.streaming !== undefined);
    for (const node of streaming)
      errors.push(...unstreamable(node, datasets, (format) => formatPolicy.get(format)));
    return {
      batchNodes: nodes.filter((node) => node.streaming === undefined).map(({ name }) => name),
      streamingNodes: streaming.map(({ name }) => name),
      valid: errors.length === 0,
      ...(errors.length > 0 && { errors }),
    };
  },
};

function nodesOf(pipeline: PipelineLike): readonly string[] {
  checkRecord("pipeline", pipeline);
  if (isLoaded(pipeline)) return pipeline.nodes;
  const errors: SparkwrightError[] = [];
  const section = { name: "pipelines", value: { pipeline }, position: nowhere };
  const loaded = parsePipelines(section, errors).get("pipeline");
  throwPlaceless(errors);
  return loaded?.nodes ?? [];
}

/** Only what was read from a file knows where it stands there. */
function isLoaded(pipeline: PipelineLike): pipeline is PipelineConfig {
  return "position" in pipeline;
}
