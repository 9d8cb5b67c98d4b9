import { loadProject } from "../../config/load-project.ts";
import type { LogLevel, Project } from "../../config/project.ts";
import { canRedraw } from "../../config/terminal-environment.ts";
import { throwIfAny } from "../../core/error-list.ts";
import { EventBus } from "../../events/event-bus.ts";
import type { RunSummary } from "../../events/run-summary.ts";
import { runPipeline } from "../../execution/run-pipeline.ts";
import { planRun, type RunPlan } from "../../planning/run-plan.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import { checkPlan } from "../../validation/check.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { Interrupt } from "../interrupt.ts";
import { sessionOpener } from "../open-session.ts";
import { requireProject } from "../project-folder.ts";
import { planLines } from "../run/plan-lines.ts";
import { openRunTerminal, type RunTerminal } from "../run/run-terminal.ts";
import { failureReport, summaryTable } from "../run/summary.ts";

export interface RunOptions {
  readonly pipeline: string;
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly maxParallelNodes: number | undefined;
  readonly json: boolean;
}

/** Runs a pipeline and shows it: validate, then prepare, then execute. */
export async function run(context: CommandContext, options: RunOptions): Promise<number> {
  const project = await loadProject(requireProject(context.project, context.cwd));
  const plan = planRun(project, options.pipeline, {
    ...(options.startDate !== undefined && { startDate: options.startDate }),
    ...(options.endDate !== undefined && { endDate: options.endDate }),
    ...(options.maxParallelNodes !== undefined && { maxParallelNodes: options.maxParallelNodes }),
  });
  throwIfAny(await checkPlan(project, plan));

  const { out, err } = context;
  const logLevel: LogLevel = context.logLevel ?? project.settings.logLevel;
  const terminal = openRunTerminal({
    out,
    err,
    json: options.json,
    logLevel,
    live: out.isTerminal && canRedraw(),
  });
  for (const message of planLines(plan)) terminal.logger.log({ level: "debug", message });
  const interrupt = new Interrupt({
    process,
    now: () => performance.now(),
    onInterrupt: (signal) =>
      terminal.status(`${signal}: stopping what runs on Spark; again to leave at once without waiting`),
    onForcedExit: () => terminal.close(),
  });
  let summary: RunSummary;
  try {
    summary = await execute(project, plan, terminal, interrupt.signal);
  } finally {
    terminal.close();
    interrupt.dispose();
  }
  await (options.json ? err : out).write(summaryTable(summary, (options.json ? err : out).paint));
  const stacks = logLevel === "debug";
  await err.write(
    failureReport(summary, { paint: err.paint, cwd: context.cwd, columns: err.columns, stacks }),
  );
  return exitCodeOf(summary, interrupt);
}

async function execute(
  project: Project,
  plan: RunPlan,
  terminal: RunTerminal,
  signal: AbortSignal,
): Promise<RunSummary> {
  const bus = new EventBus();
  bus.subscribe("terminal", (event) => terminal.handle(event));
  const openSession = sessionOpener({
    folder: project.root,
    settings: project.settings.spark,
    onProgress: (line) => terminal.status(line),
    onSecret: (secret) => bus.redactor.add(secret),
  });
  const store = openRunStore(project.root);
  try {
    return await runPipeline({ project, plan, openSession, store, bus, signal });
  } finally {
    store.close();
  }
}

function exitCodeOf(summary: RunSummary, interrupt: Interrupt): number {
  if (summary.status === "success") return ExitCode.success;
  if (summary.status === "failed") return ExitCode.execution;
  return interrupt.exitCode ?? ExitCode.interrupted;
}
