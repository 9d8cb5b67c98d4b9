import { isCalendarDay } from "../config/calendar-day.ts";
import { SparkwrightError } from "../core/error.ts";
import type { DateWindow } from "./run-plan.ts";

export type Chunk = "day" | "week" | "month";

/**
 * The days from `from` to `to`, both included, in windows: single days, seven days each counted from `from`, or
 * calendar months. The last window of weeks, and the first and last of months, may be shorter.
 *
 * Thrown when the days are none or in the wrong order: USAGE_INVALID_DATE, USAGE_INVALID_WINDOW.
 */
export function splitWindows(from: string, to: string, chunk: Chunk): DateWindow[] {
  for (const [option, day] of [
    ["--from", from],
    ["--to", to],
  ] as const) {
    if (isCalendarDay(day)) continue;
    const message = `${option} must be a calendar day, but is "${day}"`;
    throw new SparkwrightError("USAGE_INVALID_DATE", message, { hint: "Write an existing day, YYYY-MM-DD." });
  }
  if (from > to) {
    const message = `the backfill starts on ${from}, after its end on ${to}`;
    throw new SparkwrightError("USAGE_INVALID_WINDOW", message, {
      hint: "Let --from be on or before --to.",
    });
  }
  const windows: DateWindow[] = [];
  for (let startDate = from; startDate <= to; ) {
    const last = lastDay(startDate, chunk);
    const endDate = last < to ? last : to;
    windows.push({ startDate, endDate });
    if (endDate === to) break;
    startDate = plusDays(endDate, 1);
  }
  return windows;
}

function lastDay(startDate: string, chunk: Chunk): string {
  if (chunk === "day") return startDate;
  if (chunk === "week") return plusDays(startDate, 6);
  const [year = 0, month = 0] = startDate.split("-").map(Number);
  // Day 0 of the next month.
  const day = new Date(Date.UTC(2000, month, 0));
  day.setUTCFullYear(year, month, 0);
  return iso(day);
}

function plusDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return iso(date);
}

/** Past 9999 the text would sort before it; no window goes there. */
function iso(date: Date): string {
  return date.getUTCFullYear() > 9999 ? "9999-12-31" : date.toISOString().slice(0, 10);
}
