import type { LogLevel, Project } from "../../config/project.ts";
import { canRedraw } from "../../config/terminal-environment.ts";
import { EventBus } from "../../events/event-bus.ts";
import type { RunSummary } from "../../events/run-summary.ts";
import type { Resumption } from "../../execution/resume/resume-run.ts";
import { executePlan } from "../../facade/execute-plan.ts";
import type { RunPlan } from "../../planning/run-plan.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { commandProcess, Interrupt } from "../interrupt.ts";
import { planLines } from "./plan-lines.ts";
import { resumeLines } from "./resume-lines.ts";
import { openRunTerminal } from "./run-terminal.ts";
import { failureReport, summaryTable } from "./summary.ts";

export interface RunRequest {
  readonly project: Project;
  /** Known to be valid. */
  readonly plan: RunPlan;
  /** The run to go on with, instead of beginning one. */
  readonly resume?: Resumption;
  readonly context: CommandContext;
  readonly json: boolean;
  readonly logLevel: LogLevel;
}

/** Executes a plan and shows it: events as they come, then the summary and every failure in full. */
export async function executeRun(request: RunRequest): Promise<number> {
  const { project, plan, resume, json, logLevel } = request;
  const { out, err, cwd } = request.context;
  const terminal = openRunTerminal({ out, err, json, logLevel, live: out.isTerminal && canRedraw() });
  for (const message of planLines(plan)) terminal.logger.log({ level: "debug", message });
  const interrupt = new Interrupt({
    process: commandProcess,
    now: () => performance.now(),
    onInterrupt: (signal) =>
      terminal.status(`${signal}: stopping what runs on Spark; once more to leave without waiting`),
    onForcedExit: () => terminal.close(),
  });
  const bus = new EventBus();
  bus.subscribe("terminal", (event) => {
    terminal.handle(event);
    if (event.type !== "run_resumed") return;
    for (const message of resumeLines(event)) terminal.logger.log({ level: "info", message });
  });
  let summary: RunSummary;
  try {
    summary = await executePlan({
      project,
      plan,
      resume,
      bus,
      signal: interrupt.signal,
      logLevel,
      onProgress: (line) => terminal.status(line),
      watchdogFd: process.stderr.fd,
    });
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

function exitCodeOf(summary: RunSummary, interrupt: Interrupt): number {
  if (summary.status === "success") return ExitCode.success;
  if (summary.status === "failed") {
    if (summary.error?.code.startsWith("VALIDATION_")) return ExitCode.validation;
    return wasRefused(summary) ? ExitCode.importer : ExitCode.execution;
  }
  return interrupt.exitCode ?? ExitCode.interrupted;
}

/** Whether all that failed is what nodes imported while they ran. */
function wasRefused({ error, nodes }: RunSummary): boolean {
  const failed = nodes.filter((node) => node.status === "failed");
  const refused = failed.every((node) => node.error?.code.startsWith("IMPORT_"));
  return error === undefined && failed.length > 0 && refused;
}
