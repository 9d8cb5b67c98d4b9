import { Mutex } from "async-mutex";
import type { LogLevel, Project } from "../../config/project.ts";
import { messageOf } from "../../core/error.ts";
import { EventBus } from "../../events/event-bus.ts";
import type { RunEvent } from "../../events/run-event.ts";
import { executePlan } from "../../facade/execute-plan.ts";
import { sessionOpener } from "../../facade/open-session.ts";
import type { RunPlan } from "../../planning/run-plan.ts";
import type { SparkSession } from "../../sql/spark-session.ts";
import type { WindowOutcome } from "./run-windows.ts";

export interface WindowExecution {
  readonly project: Project;
  readonly plan: RunPlan;
  readonly signal: AbortSignal;
  readonly logLevel: LogLevel;
  readonly onEvent: (event: RunEvent) => void;
  readonly onProgress: (line: string) => void;
}

/** Windows that begin at once must not each start a server. */
const opening = new Mutex();

/** Runs the plan of one window, a run like any other. What cannot even be recorded is an outcome too. */
export async function executeWindow(execution: WindowExecution): Promise<WindowOutcome> {
  const { project, plan, signal, logLevel, onEvent, onProgress } = execution;
  const bus = new EventBus();
  bus.subscribe("terminal", onEvent);
  const open = sessionOpener({
    folder: project.root,
    settings: project.settings.spark,
    needsDelta: [...plan.datasets.values()].some((dataset) => dataset.format === "delta"),
    onProgress,
    onSecret: (secret) => bus.redactor.add(secret),
  });
  const openSession = (cancel: AbortSignal | undefined): Promise<SparkSession> =>
    opening.runExclusive(() => open(cancel));
  const startedAt = performance.now();
  try {
    const told = { bus, onProgress, watchdogFd: process.stderr.fd };
    const summary = await executePlan({ project, plan, signal, logLevel, openSession, ...told });
    const { runId, durationMs, rows, status, error, nodes } = summary;
    if (status === "success") return { state: "success", durationMs, rows, runId };
    const failed = nodes.find((node) => node.status === "failed");
    const message = error?.message ?? (failed && `${failed.name}: ${failed.error?.message ?? "failed"}`);
    return { state: status, durationMs, runId, ...(message !== undefined && { message }) };
  } catch (thrown) {
    const durationMs = performance.now() - startedAt;
    return { state: "failed", durationMs, message: bus.redactor.text(messageOf(thrown)) };
  }
}
