import type { Project } from "../../config/project.ts";
import { formatDuration } from "../../core/duration.ts";
import { toNdjson } from "../../events/ndjson.ts";
import { fingerprints } from "../../execution/resume/fingerprint.ts";
import { prepareRun } from "../../facade/prepare-run.ts";
import { type PlanOptions, planRun, type RunPlan } from "../../planning/run-plan.ts";
import { type Chunk, splitWindows } from "../../planning/split-windows.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import { differenceWarning, outcomeTable, statusTable, windowText } from "../backfill/backfill-table.ts";
import { differences } from "../backfill/run-differences.ts";
import { runWindows, type WindowOutcome } from "../backfill/run-windows.ts";
import { isWanted, type Only, type WindowStatus, windowStatuses } from "../backfill/window-status.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { commandProcess, Interrupt } from "../interrupt.ts";
import { loadContextProject, warnOfShortSecrets } from "../load-context-project.ts";
import { logLine, rowCount } from "../run/log-line.ts";
import { createLogger } from "../run/logger.ts";

export interface BackfillOptions {
  readonly pipeline: string;
  readonly from: string;
  readonly to: string;
  readonly chunk: Chunk;
  readonly only: Only;
  /** How many windows run at once. */
  readonly parallel: number;
  readonly failFast: boolean;
  readonly dryRun: boolean;
  /** Without a window. */
  readonly plan: PlanOptions;
  readonly json: boolean;
}

/** Runs a pipeline over a time in windows, each a run of its own, and says how each ended. */
export async function backfill(context: CommandContext, options: BackfillOptions): Promise<number> {
  const windows = splitWindows(options.from, options.to, options.chunk);
  const project = await loadContextProject(context);
  await warnOfShortSecrets(context, project);
  const [first = { startDate: options.from, endDate: options.to }] = windows;
  // Windows differ in their days only: what is wrong with one is wrong with all.
  const plan = await prepareRun(project, options.pipeline, { ...options.plan, ...first });
  const { statuses, isNew } = readStatuses(project, plan, windows, options.plan);
  const warning = differenceWarning(statuses.filter((status) => !isWanted(status, options.only)));
  if (warning !== undefined) await context.err.line(context.err.paint("yellow", warning));
  if (options.dryRun) {
    await printStatuses(context, statuses, options);
    return ExitCode.success;
  }
  return await execute(context, project, statuses, { ...options, startAlone: isNew });
}

function readStatuses(
  project: Project,
  plan: RunPlan,
  windows: ReturnType<typeof splitWindows>,
  asked: PlanOptions,
): { readonly statuses: WindowStatus[]; readonly isNew: boolean } {
  const store = openRunStore(project.root);
  try {
    const runs = store.listRuns(Number.MAX_SAFE_INTEGER, plan.pipeline);
    const now = { hyperparams: asked.hyperparams, fingerprints: fingerprints(project, plan) };
    const statuses = windowStatuses(windows, runs, { ...asked, environment: project.environment });
    return {
      statuses: statuses.map((status) => {
        const success = status.successId === undefined ? undefined : store.getRun(status.successId);
        const differs = success && differences(success, now);
        return differs === undefined ? status : { ...status, differs };
      }),
      isNew: runs.every(({ state }) => state !== "success"),
    };
  } finally {
    store.close();
  }
}

async function printStatuses(
  { out }: CommandContext,
  statuses: readonly WindowStatus[],
  { only, json }: BackfillOptions,
): Promise<void> {
  if (json) {
    for (const status of statuses) {
      const { window, last, differs } = status;
      await out.line(JSON.stringify({ window, last, wouldRun: isWanted(status, only), differs }));
    }
    return;
  }
  for (const line of statusTable(statuses, (status) => isWanted(status, only), out.paint))
    await out.line(line);
}

async function execute(
  context: CommandContext,
  project: Project,
  statuses: readonly WindowStatus[],
  options: BackfillOptions & { readonly startAlone: boolean },
): Promise<number> {
  const { out, err } = context;
  const log = options.json ? err : out;
  const logLevel = context.logLevel ?? project.settings.logLevel;
  const logger = createLogger(logLevel, log.paint, (text) => void log.write(text));
  const say = (message: string) => logger.log({ level: "info", message });
  const wanted = statuses.filter((status) => isWanted(status, options.only));
  const interrupt = new Interrupt({
    process: commandProcess,
    now: () => performance.now(),
    onInterrupt: (signal) => say(`${signal}: stopping all windows; once more to leave without waiting`),
  });
  const { executeWindow } = await import("../backfill/execute-window.ts");
  const run = async ({ window }: WindowStatus, signal: AbortSignal): Promise<WindowOutcome> => {
    const name = windowText(window);
    say(`${name} starts`);
    const plan = planRun(project, options.pipeline, { ...options.plan, ...window });
    const outcome = await executeWindow({
      project,
      plan,
      signal,
      logLevel,
      onProgress: say,
      onEvent: (event) => {
        if (options.json) void out.write(toNdjson(event));
        const line = logLine(event);
        // Of several windows at once only what went wrong is worth a line, and all of it to whoever debugs.
        if (line === undefined || (line.level === "info" && logLevel !== "debug")) return;
        logger.log({ level: line.level, message: `${name}: ${line.message}` });
      },
    });
    logger.log(outcomeLine(name, outcome));
    return outcome;
  };
  let outcomes: ReadonlyMap<WindowStatus, WindowOutcome>;
  try {
    const { parallel, startAlone, failFast } = options;
    const { signal } = interrupt;
    outcomes = await runWindows({ windows: wanted, parallel, startAlone, failFast, signal, run });
  } finally {
    interrupt.dispose();
  }
  const lines = outcomeTable(statuses, outcomes, log.paint, log.columns);
  await log.write(`\n${lines.join("\n")}\n\n${totals(outcomes, statuses.length)}\n`);
  if (interrupt.exitCode !== undefined) return interrupt.exitCode;
  return [...outcomes.values()].some(({ state }) => state !== "success")
    ? ExitCode.execution
    : ExitCode.success;
}

function outcomeLine(
  name: string,
  outcome: WindowOutcome,
): Parameters<ReturnType<typeof createLogger>["log"]>[0] {
  if (outcome.state === "not_started") return { level: "info", message: `${name} was not started` };
  const time = formatDuration(outcome.durationMs);
  if (outcome.state === "success") {
    return { level: "info", message: `${name} succeeded in ${time}, ${rowCount(outcome.rows)}` };
  }
  if (outcome.state === "cancelled") return { level: "warn", message: `${name} was cancelled after ${time}` };
  return { level: "error", message: `${name} failed after ${time}: ${outcome.message ?? ""}` };
}

function totals(outcomes: ReadonlyMap<WindowStatus, WindowOutcome>, all: number): string {
  const states = Map.groupBy(outcomes.values(), ({ state }) => state);
  const count = (state: WindowOutcome["state"]) => states.get(state)?.length ?? 0;
  const parts = [
    `${count("success")} succeeded`,
    `${count("failed")} failed`,
    ...(count("cancelled") > 0 ? [`${count("cancelled")} cancelled`] : []),
    ...(count("not_started") > 0 ? [`${count("not_started")} not started`] : []),
    `${all - outcomes.size} left as they were`,
  ];
  return `${all} ${all === 1 ? "window" : "windows"}: ${parts.join(", ")}`;
}
