import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { findRun } from "../find-run.ts";
import { requireProject } from "../project-folder.ts";
import { resumeRun } from "../run/resume-run.ts";

export interface ResumeOptions {
  /** The run's id or the beginning of it. @default the latest run that did not succeed */
  readonly run: string | undefined;
  /** Nodes that are done and stay so, whatever has changed. */
  readonly keep: readonly string[];
  readonly json: boolean;
}

/** Goes on with a run that failed, was cancelled or lost its runner; what is done and still valid is kept. */
export async function resume(
  context: CommandContext,
  { run: text, keep, json }: ResumeOptions,
): Promise<number> {
  const folder = requireProject(context.project, context.cwd);
  const store = openRunStore(folder);
  let run: ReturnType<typeof findRun> | undefined;
  let hasRuns: boolean;
  try {
    const id = text ?? store.latestUnfinished()?.runId;
    run = id === undefined ? undefined : findRun(store, id);
    hasRuns = store.listRuns(1).length > 0;
  } finally {
    store.close();
  }
  if (run !== undefined) return await resumeRun(context, { folder, run, keep, json });
  const why = hasRuns
    ? "every pipeline's last run succeeded"
    : "there is no run yet; start one: sparkwright run PIPELINE (sparkwright list tells which there are)";
  await context.err.line(`nothing to resume: ${why}`);
  return ExitCode.success;
}
