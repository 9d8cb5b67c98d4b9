import { defined } from "../config/defined.ts";
import { anySignal } from "../core/abort.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import type { RunSummary } from "../events/run-summary.ts";
import type { PlanOptions } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import {
  checkCount,
  checkDay,
  checkKeys,
  checkRecord,
  checkText,
  checkTexts,
  invalidArgument,
} from "./check-argument.ts";
import type { Context } from "./context.ts";
import { checkExecutorOptions, type ExecutorOptions, executeWith } from "./executor-options.ts";
import type { InputLoader } from "./input-loader.ts";
import { sessionOpener } from "./open-session.ts";
import type { OutputManager } from "./output-manager.ts";
import { preparePlan, prepareRun } from "./prepare-run.ts";
import { streamingUnsupported } from "./streaming-support.ts";

/** One run of a pipeline. */
export interface ExecutePipelineRequest {
  readonly pipelineName: string;
  /** First day of the window, ISO `YYYY-MM-DD`. @default the pipeline's, else that of the settings */
  readonly startDate?: string | undefined;
  /** Last day of the window, included. @default the pipeline's, else that of the settings */
  readonly endDate?: string | undefined;
  /** How many nodes run at once. @default `max_parallel_nodes` of the pipeline, else of the settings */
  readonly maxWorkers?: number | undefined;
  /** Over those of nodes, pipeline and settings, merged per key. */
  readonly hyperparams?: Readonly<Record<string, unknown>> | undefined;
  /** Only these nodes, in dbt's grammar: `["+load"]`. @default all */
  readonly select?: readonly string[] | undefined;
  /** Without these. */
  readonly exclude?: readonly string[] | undefined;
  /** Cancels the run; what it has on Spark is interrupted. */
  readonly signal?: AbortSignal | undefined;
}

/** The streaming queries of a pipeline. */
export interface ExecuteStreamingRequest {
  readonly pipelineName: string;
  /** `async`: the queries are started; `sync`: they are waited for. @default "async" */
  readonly executionMode?: "async" | "sync";
}

/** One run of a pipeline of batch and streaming nodes. */
export interface ExecuteHybridRequest extends ExecutePipelineRequest {
  /** The version of the models that the nodes are given. */
  readonly modelVersion?: string | undefined;
}

const pipelineKeys = [
  "pipelineName",
  "startDate",
  "endDate",
  "maxWorkers",
  "hyperparams",
  "select",
  "exclude",
  "signal",
] as const satisfies readonly (keyof ExecutePipelineRequest)[];

/**
 * Runs the pipelines of a project from code: validates, prepares, executes, exactly as the command line does.
 *
 * It owns an input loader, an output manager and a session. The session is opened when it is first asked for and
 * closed with the executor; every run has one of its own besides, so that runs share neither views nor settings.
 *
 * @example
 * await using executor = new BaseExecutor({ context: await Context.load("config.yaml") });
 * const summary = await executor.executePipeline({
 *   pipelineName: "daily_etl",
 *   startDate: "2025-01-01",
 *   endDate: "2025-01-31",
 *   maxWorkers: 4,
 * });
 * console.log(summary.status, summary.completed, summary.rows);
 */
export class BaseExecutor {
  readonly context: Context;
  readonly inputLoader: InputLoader;
  readonly outputManager: OutputManager;
  readonly #options: ExecutorOptions;
  readonly #closing = new AbortController();
  readonly #runs = new Set<Promise<RunSummary>>();
  #session: Promise<SparkSession> | undefined;

  /** Thrown when an option is not what it should be: `USAGE_INVALID_ARGUMENT`. Nothing is opened yet. */
  constructor(options: ExecutorOptions) {
    const { inputLoader, outputManager } = checkExecutorOptions(options);
    this.context = options.context;
    this.inputLoader = inputLoader;
    this.outputManager = outputManager;
    this.#options = { ...options, inputLoader, outputManager };
  }

  /**
   * Runs a batch pipeline and resolves to what became of it, however its nodes end: `status`, `completed`, `failed`,
   * `skipped`, `cancelled`, `rows`, `durationMs`, and each node with its attempts, datasets and error.
   *
   * Thrown when it cannot run, before Spark is touched: an `ErrorList` of USAGE_*, VALIDATION_*, GRAPH_* and IMPORT_*
   * errors, or `RUN_STREAMING_UNSUPPORTED`; when it cannot be recorded: `RUN_STATE_*`.
   */
  async executePipeline(request: ExecutePipelineRequest): Promise<RunSummary> {
    checkKeys("executePipeline", request, pipelineKeys);
    const options = planOptions(request);
    this.#requireOpen();
    const { project } = this.context;
    const plan = await prepareRun(project, request.pipelineName, options);
    this.#requireOpen();
    const signal = anySignal(request.signal, this.#closing.signal);
    const run = executeWith(this.#options, project, plan, signal);
    this.#runs.add(run);
    try {
      return await run;
    } finally {
      this.#runs.delete(run);
    }
  }

  /**
   * Validates a pipeline of batch and streaming nodes, as `executePipeline` does. Running it comes later: today it
   * always ends in `RUN_STREAMING_UNSUPPORTED`, or in what is wrong with the pipeline.
   */
  async executeHybridPipeline(request: ExecuteHybridRequest): Promise<RunSummary> {
    checkKeys("executeHybridPipeline", request, [...pipelineKeys, "modelVersion"]);
    if (request.modelVersion !== undefined) checkText("modelVersion", request.modelVersion);
    return await this.#refuseStreaming(request.pipelineName, planOptions(request));
  }

  /**
   * Validates a pipeline of streaming nodes. Running it comes later: today it always ends in
   * `RUN_STREAMING_UNSUPPORTED`, or in what is wrong with the pipeline.
   */
  async executeStreamingPipeline(request: ExecuteStreamingRequest): Promise<RunSummary> {
    checkKeys("executeStreamingPipeline", request, ["pipelineName", "executionMode"]);
    checkText("pipelineName", request.pipelineName);
    const { executionMode = "async" } = request;
    if (executionMode !== "async" && executionMode !== "sync") {
      throw invalidArgument("executionMode", '"async" or "sync"', executionMode);
    }
    return await this.#refuseStreaming(request.pipelineName, {});
  }

  /** The executor's own session, to look at what the pipelines have stored; opened once, closed by `close`. */
  async session(): Promise<SparkSession> {
    this.#requireOpen();
    this.#session ??= this.#openSession();
    try {
      return await this.#session;
    } catch (error) {
      this.#session = undefined;
      throw error;
    }
  }

  /** Cancels the runs that still run, waits until they have ended, and closes the session. Any number of times. */
  async close(): Promise<void> {
    this.#closing.abort(new CancelledError("the executor was closed"));
    await Promise.allSettled(this.#runs);
    const session = await this.#session?.catch(() => undefined);
    await session?.stop();
  }

  /** The same as `close`, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #openSession(): Promise<SparkSession> {
    const { openSession, onProgress = () => {} } = this.#options;
    const { root, settings, datasets } = this.context;
    const needsDelta = [...datasets.values()].some(({ format }) => format === "delta");
    const open =
      openSession ?? sessionOpener({ folder: root, settings: settings.spark, needsDelta, onProgress });
    return open(this.#closing.signal);
  }

  async #refuseStreaming(pipelineName: string, options: PlanOptions): Promise<never> {
    this.#requireOpen();
    throw streamingUnsupported(await preparePlan(this.context.project, pipelineName, options));
  }

  #requireOpen(): void {
    if (!this.#closing.signal.aborted) return;
    throw new SparkwrightError("USAGE_EXECUTOR_CLOSED", "the executor is closed", {
      hint: "Make a new one.",
    });
  }
}

function planOptions(request: ExecutePipelineRequest): PlanOptions {
  const { pipelineName, startDate, endDate, maxWorkers, hyperparams, select, exclude } = request;
  checkText("pipelineName", pipelineName);
  checkDay("startDate", startDate);
  checkDay("endDate", endDate);
  checkCount("maxWorkers", maxWorkers);
  if (hyperparams !== undefined) checkRecord("hyperparams", hyperparams);
  if (select !== undefined) checkTexts("select", select);
  if (exclude !== undefined) checkTexts("exclude", exclude);
  return defined({ startDate, endDate, maxParallelNodes: maxWorkers, hyperparams, select, exclude });
}
