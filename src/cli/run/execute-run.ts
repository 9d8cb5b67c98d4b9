import type { LogLevel, Project } from "../../config/project.ts";
import { canRedraw } from "../../config/terminal-environment.ts";
import { EventBus } from "../../events/event-bus.ts";
import type { RunSummary } from "../../events/run-summary.ts";
import { runPipeline } from "../../execution/run-pipeline.ts";
import type { RunPlan } from "../../planning/run-plan.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { Interrupt } from "../interrupt.ts";
import { sessionOpener } from "../open-session.ts";
import { planLines } from "./plan-lines.ts";
import { openRunTerminal, type RunTerminal } from "./run-terminal.ts";
import { failureReport, summaryTable } from "./summary.ts";

export interface RunRequest {
  readonly project: Project;
  /** Known to be valid. */
  readonly plan: RunPlan;
  readonly context: CommandContext;
  readonly json: boolean;
  readonly logLevel: LogLevel;
}

/** Executes a plan and shows it: events as they come, then the summary and every failure in full. */
export async function executeRun(request: RunRequest): Promise<number> {
  const { plan, json, logLevel } = request;
  const { out, err, cwd } = request.context;
  const terminal = openRunTerminal({ out, err, json, logLevel, live: out.isTerminal && canRedraw() });
  for (const message of planLines(plan)) terminal.logger.log({ level: "debug", message });
  const interrupt = new Interrupt({
    process,
    now: () => performance.now(),
    onInterrupt: (signal) =>
      terminal.status(`${signal}: stopping what runs on Spark; once more to leave without waiting`),
    onForcedExit: () => terminal.close(),
  });
  let summary: RunSummary;
  try {
    summary = await execute(request, terminal, interrupt.signal);
  } finally {
    terminal.close();
    interrupt.dispose();
  }
  const report = json ? err : out;
  await report.write(summaryTable(summary, report.paint));
  const stacks = logLevel === "debug";
  await err.write(failureReport(summary, { paint: err.paint, cwd, columns: err.columns, stacks }));
  return exitCodeOf(summary, interrupt);
}

async function execute(
  { project, plan, logLevel }: RunRequest,
  terminal: RunTerminal,
  signal: AbortSignal,
): Promise<RunSummary> {
  const bus = new EventBus();
  bus.subscribe("terminal", (event) => terminal.handle(event));
  const openSession = sessionOpener({
    folder: project.root,
    settings: project.settings.spark,
    needsDelta: [...plan.datasets.values()].some((dataset) => dataset.format === "delta"),
    onProgress: (line) => terminal.status(line),
    onSecret: (secret) => bus.redactor.add(secret),
  });
  const store = openRunStore(project.root);
  try {
    return await runPipeline({ project, plan, openSession, store, bus, signal, logLevel });
  } finally {
    store.close();
  }
}

function exitCodeOf(summary: RunSummary, interrupt: Interrupt): number {
  if (summary.status === "success") return ExitCode.success;
  if (summary.status === "failed") return ExitCode.execution;
  return interrupt.exitCode ?? ExitCode.interrupted;
}
