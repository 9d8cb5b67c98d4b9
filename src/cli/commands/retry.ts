import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { findRun } from "../find-run.ts";
import { requireProject } from "../project-folder.ts";
import { resumeRun } from "../run/resume-run.ts";

export interface RetryOptions {
  /** The run's id or the beginning of it. */
  readonly run: string;
  readonly nodes: readonly string[];
  /** Nodes below them that are done and stay so. */
  readonly keep: readonly string[];
  readonly json: boolean;
}

/** Runs nodes of a run again, and what is below them, as part of the same run. */
export async function retry(
  context: CommandContext,
  { run: text, nodes, keep, json }: RetryOptions,
): Promise<number> {
  const folder = requireProject(context.project, context.cwd);
  const store = openRunStore(folder);
  let run: ReturnType<typeof findRun>;
  try {
    run = findRun(store, text);
  } finally {
    store.close();
  }
  return await resumeRun(context, { folder, run, nodes, keep, json });
}
