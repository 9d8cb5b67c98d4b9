import { randomUUID } from "node:crypto";
import type { LogLevel, Project } from "../config/project.ts";
import { EventBus } from "../events/event-bus.ts";
import type { RunSummary } from "../events/run-summary.ts";
import type { DatasetAccess } from "../execution/dataset-access.ts";
import type { Resumption } from "../execution/resume/resume-run.ts";
import { runPipeline } from "../execution/run-pipeline.ts";
import type { Observers } from "../observe/open-observers.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { openRunStore } from "../state/sqlite-run-store.ts";
import { sessionOpener } from "./open-session.ts";

export interface ExecutePlanOptions {
  readonly project: Project;
  /** Known to be valid. */
  readonly plan: RunPlan;
  /** The run to go on with, instead of beginning one. */
  readonly resume?: Resumption | undefined;
  /** Opens the session of the run, which stops it at its end. @default as the project's settings say */
  readonly openSession?: ((signal: AbortSignal | undefined) => Promise<SparkSession>) | undefined;
  /** Told of everything that happens. @default one that nobody listens to */
  readonly bus?: EventBus | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default that of the project's settings */
  readonly logLevel?: LogLevel | undefined;
  /** What goes on while Spark is installed or started, a line at a time. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Reads and stores the datasets instead of the engine. */
  readonly datasets?: DatasetAccess | undefined;
  /** As that of `runPipeline`. */
  readonly watchdogFd?: number | undefined;
}

/**
 * The one place where a run is put together, for the command line and for code alike: the run store, what must never
 * be printed, and the session.
 *
 * Thrown when the run cannot be recorded: `RUN_STATE_*`. However its nodes end, it resolves.
 */
export async function executePlan(options: ExecutePlanOptions): Promise<RunSummary> {
  const { project, plan, bus = new EventBus(), onProgress = () => {}, signal, logLevel, resume } = options;
  for (const secret of project.secrets ?? []) bus.redactor.add(secret);
  const openSession =
    options.openSession ??
    sessionOpener({
      folder: project.root,
      settings: project.settings.spark,
      needsDelta: [...plan.datasets.values()].some((dataset) => dataset.format === "delta"),
      onProgress,
      onSecret: (secret) => bus.redactor.add(secret),
    });
  const { spark: settings } = project.settings;
  const store = openRunStore(project.root);
  const runId = resume?.runId ?? randomUUID();
  const observers = await observersOf(options, bus, runId);
  try {
    return await runPipeline({
      project,
      plan,
      openSession: told(openSession, {
        ...observers?.sessionConf,
        ...(settings.conf[substitution] === undefined && { [substitution]: "false" }),
      }),
      store,
      bus,
      signal,
      logLevel,
      resume,
      runId,
      hooks: observers?.hooks,
      datasets: options.datasets,
      watchdogFd: options.watchdogFd,
    });
  } finally {
    store.close();
    await observers?.close();
  }
}

/** Nothing of them is loaded for a project that names none. */
async function observersOf(
  { project, plan }: ExecutePlanOptions,
  bus: EventBus,
  runId: string,
): Promise<Observers | undefined> {
  if (project.settings.observe === undefined) return undefined;
  const { openObservers } = await import("../observe/open-observers.ts");
  return await openObservers({ project, plan, bus, runId });
}

/**
 * Whether Spark replaces `${…}` in SQL text, by settings and environment variables of the server. A project has a rule of
 * its own for that, so Spark's is off unless the project's `spark.conf` turns it on.
 */
const substitution = "spark.sql.variable.substitute";

/** Sessions with more settings; one that does not take them is as good for the run. */
function told(
  open: (signal: AbortSignal | undefined) => Promise<SparkSession>,
  conf: Readonly<Record<string, string>>,
): (signal: AbortSignal | undefined) => Promise<SparkSession> {
  return async (signal) => {
    const session = await open(signal);
    if (Object.keys(conf).length > 0) await session.conf.set(conf).catch(() => {});
    return session;
  };
}
