import { formatDuration } from "../../core/duration.ts";
import type { DateWindow } from "../../planning/run-plan.ts";
import { type Alignment, alignColumns, truncate } from "../terminal/columns.ts";
import type { Paint, Style } from "../terminal/output.ts";
import { oneLine } from "../terminal/plain-text.ts";
import type { WindowOutcome } from "./run-windows.ts";
import type { WindowStatus } from "./window-status.ts";

export function windowText({ startDate, endDate }: DateWindow): string {
  return startDate === endDate ? startDate : `${startDate} to ${endDate}`;
}

const stateNames: Readonly<Record<WindowStatus["last"] | WindowOutcome["state"], string>> = {
  never: "never run",
  running: "running",
  success: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
  not_started: "not started",
};

const styles: Partial<Record<string, Style>> = { succeeded: "green", failed: "red", cancelled: "yellow" };

/** Every window with what was known of it, for a backfill that is only looked at. */
export function statusTable(
  statuses: readonly WindowStatus[],
  isWanted: (status: WindowStatus) => boolean,
  paint: Paint,
): string[] {
  const rows = statuses.map((status) => [
    windowText(status.window),
    stateNames[status.last],
    isWanted(status) ? "would run" : "-",
    withWhat(status),
  ]);
  return painted([["WINDOW", "LAST RUN", "BACKFILL", ""], ...rows], paint);
}

/** Every window with how its run ended; of one that did not run, what was known of it. */
export function outcomeTable(
  statuses: readonly WindowStatus[],
  outcomes: ReadonlyMap<WindowStatus, WindowOutcome>,
  paint: Paint,
  columns: number,
): string[] {
  const rows = statuses.map((status) => {
    const window = windowText(status.window);
    const outcome = outcomes.get(status);
    if (outcome === undefined)
      return [window, `${stateNames[status.last]} before`, "-", "-", withWhat(status)];
    if (outcome.state === "not_started") return [window, stateNames.not_started, "-", "-", ""];
    const rows = outcome.state === "success" ? outcome.rows.toLocaleString("en-US") : "-";
    const note = outcome.state === "success" ? "" : oneLine(outcome.message ?? "");
    return [window, stateNames[outcome.state], formatDuration(outcome.durationMs), rows, note];
  });
  const header = ["WINDOW", "STATE", "DURATION", "ROWS", ""];
  const cut = (line: string) => truncate(line, columns);
  return painted([header, ...rows], paint, ["left", "left", "right", "right"], cut);
}

function withWhat({ differs }: WindowStatus): string {
  return differs === undefined ? "" : oneLine(`succeeded with ${differs}`);
}

/** A warning about windows that are left as they are although they succeeded with something else; none when there are none. */
export function differenceWarning(left: readonly WindowStatus[]): string | undefined {
  const other = left.filter(({ differs }) => differs !== undefined);
  if (other.length === 0) return undefined;
  const [first] = new Set(other.map(({ differs }) => differs));
  const [count, pronoun] =
    other.length === 1 ? ["1 window is", "it"] : [`${other.length} windows are`, "they"];
  return oneLine(
    `${count} left alone: ${pronoun} succeeded before, but with ${first}, which is not what is asked for now; run all again with --only all`,
  );
}

function painted(
  rows: readonly (readonly string[])[],
  paint: Paint,
  alignment: Alignment = [],
  cut: (line: string) => string = (line) => line,
): string[] {
  const lines = alignColumns(rows, alignment).map(cut);
  return lines.map((line, index) => {
    if (index === 0) return paint("bold", line);
    const style = styles[rows[index]?.[1] ?? ""];
    return style === undefined ? line : paint(style, line);
  });
}
