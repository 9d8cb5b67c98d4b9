import type { DateWindow } from "../../planning/run-plan.ts";
import type { SelectOptions } from "../../planning/select-nodes.ts";
import type { RunRecord, RunState } from "../../state/run-store.ts";

/** Which windows a backfill runs. */
export type Only = "missing" | "failed" | "all";

/** What the run store knows of a window. */
export interface WindowStatus {
  readonly window: DateWindow;
  /** Of its last run; `never` when there was none. */
  readonly last: RunState | "never";
  /** Whether any of its runs succeeded. */
  readonly succeeded: boolean;
  /** The id of the latest of its runs that succeeded. */
  readonly successId?: string;
  /** What that one ran with that is not what is asked for now, as words: `--param region="eu"`, `other code`. */
  readonly differs?: string;
}

export interface Recorded extends SelectOptions {
  readonly environment?: string | undefined;
}

/** The status of each window. `runs` are of the pipeline, newest first; those of other nodes or environments do not count. */
export function windowStatuses(
  windows: readonly DateWindow[],
  runs: readonly RunRecord[],
  asked: Recorded,
): WindowStatus[] {
  const byWindow = Map.groupBy(
    runs.filter((run) => counts(run, asked)),
    ({ startDate, endDate }) => `${startDate} ${endDate}`,
  );
  return windows.map((window) => {
    const own = byWindow.get(`${window.startDate} ${window.endDate}`) ?? [];
    const success = own.find(({ state }) => state === "success");
    return {
      window,
      last: own[0]?.state ?? "never",
      succeeded: success !== undefined,
      ...(success !== undefined && { successId: success.runId }),
    };
  });
}

/** Whether a backfill with `only` runs the window. */
export function isWanted({ last, succeeded }: WindowStatus, only: Only): boolean {
  if (only === "all") return true;
  return only === "missing" ? !succeeded : last === "failed" || last === "cancelled";
}

/** A run of all nodes says something of any selection; a run of some, of the same only. */
function counts({ request }: RunRecord, asked: Recorded): boolean {
  if (request === undefined) return true;
  if (request.environment !== asked.environment) return false;
  const selection = selectionKey(request.options);
  return selection === selectionKey({}) || selection === selectionKey(asked);
}

const selectionKey = ({ select, exclude }: { select?: unknown; exclude?: unknown }): string =>
  JSON.stringify([select ?? [], exclude ?? []]);
