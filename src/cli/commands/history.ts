import { toJson } from "../../events/ndjson.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { requireProject } from "../project-folder.ts";
import { durationText, rowsText, shortId, windowText } from "../run/run-text.ts";
import { alignColumns } from "../terminal/columns.ts";

export interface HistoryOptions {
  readonly pipeline: string | undefined;
  readonly limit: number;
  readonly json: boolean;
}

/** Lists the latest runs of the project, newest first. A run whose runner died is `interrupted` until it is resumed. */
export async function history(context: CommandContext, options: HistoryOptions): Promise<number> {
  const { out } = context;
  const store = openRunStore(requireProject(context.project, context.cwd), "read");
  try {
    const runs = store
      .listRuns(options.limit, options.pipeline)
      .map((run) => (store.hasLostRunner(run) ? { ...run, interrupted: true } : run));
    if (options.json) {
      await out.line(toJson(runs));
      return ExitCode.success;
    }
    const rows = runs.map((run) => [
      shortId(run.runId),
      run.pipeline,
      run.request?.environment ?? "-",
      windowText(run),
      "interrupted" in run ? "interrupted" : run.state,
      run.startedAt,
      durationText(run),
      rowsText(run),
    ]);
    const [header = "", ...lines] = alignColumns(
      [["RUN", "PIPELINE", "ENVIRONMENT", "WINDOW", "STATE", "STARTED", "DURATION", "ROWS"], ...rows],
      ["left", "left", "left", "left", "left", "left", "right", "right"],
    );
    await out.line(out.paint("bold", header));
    for (const line of lines) await out.line(line);
    return ExitCode.success;
  } finally {
    store.close();
  }
}
