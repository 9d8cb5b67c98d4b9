import type { LogLevel, Project } from "../config/project.ts";
import { EventBus, type EventHandler } from "../events/event-bus.ts";
import type { RunSummary } from "../events/run-summary.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { invalidArgument } from "./check-argument.ts";
import { checkContext } from "./check-dataset.ts";
import type { Context } from "./context.ts";
import { datasetAccess } from "./dataset-access.ts";
import { executePlan } from "./execute-plan.ts";
import { InputLoader } from "./input-loader.ts";
import { OutputManager } from "./output-manager.ts";

/** What every executor is made of. */
export interface ExecutorOptions {
  readonly context: Context;
  /** Loads what the nodes of the runs read. @default a new one */
  readonly inputLoader?: InputLoader;
  /** Stores what the nodes of the runs return. @default a new one */
  readonly outputManager?: OutputManager;
  /**
   * Opens a session. Called for every run, which stops its session at its end (again when it was lost in between), and
   * once for `session()`.
   *
   * @default as `global_settings.spark` says: on that server, or on the embedded one, which is started if need be
   */
  readonly openSession?: (signal: AbortSignal | undefined) => Promise<SparkSession>;
  /** Told of everything that happens in the runs, in order. What it throws fails no run. */
  readonly onEvent?: EventHandler;
  /** What goes on while Spark is installed or started, a line at a time. @default nobody is told */
  readonly onProgress?: (line: string) => void;
  /** What reaches the runs' log files and `onEvent`. @default that of the project's settings */
  readonly logLevel?: LogLevel;
}

/** Thrown when an option is not what it should be, or belongs to another context: `USAGE_INVALID_ARGUMENT`. */
export function checkExecutorOptions(options: ExecutorOptions): {
  readonly inputLoader: InputLoader;
  readonly outputManager: OutputManager;
} {
  const { context } = options;
  checkContext(context);
  const { inputLoader = new InputLoader(context), outputManager = new OutputManager(context) } = options;
  if (!(inputLoader instanceof InputLoader) || inputLoader.context !== context) {
    throw invalidArgument("inputLoader", "an InputLoader of the same context", inputLoader);
  }
  if (!(outputManager instanceof OutputManager) || outputManager.context !== context) {
    throw invalidArgument("outputManager", "an OutputManager of the same context", outputManager);
  }
  return { inputLoader, outputManager };
}

/** Runs a plan as an executor was told to. */
export async function executeWith(
  { onEvent, openSession, onProgress, logLevel, inputLoader, outputManager }: ExecutorOptions,
  project: Project,
  plan: RunPlan,
  signal: AbortSignal | undefined,
): Promise<RunSummary> {
  const bus = new EventBus();
  if (onEvent !== undefined) bus.subscribe("onEvent", onEvent);
  const own = { load: InputLoader.prototype.load, save: OutputManager.prototype.save };
  const datasets =
    inputLoader === undefined || outputManager === undefined
      ? undefined
      : datasetAccess(inputLoader, outputManager, own);
  return await executePlan({ project, plan, bus, openSession, onProgress, logLevel, signal, datasets });
}
