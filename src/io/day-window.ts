import { SparkwrightError } from "../core/error.ts";
import { quoteName } from "../sql/types/data-type.ts";

/** Calendar days, ISO `YYYY-MM-DD`, both included. */
export interface DayWindow {
  readonly startDate: string;
  readonly endDate: string;
}

const dayMs = 86_400_000;

/**
 * SQL that is true for the values of a DATE or TIMESTAMP column inside the window, and not for NULL.
 * The end is the start of the next day, so that the last day of a TIMESTAMP column is whole.
 */
export function windowPredicate(column: string, { startDate, endDate }: DayWindow): string {
  const name = quoteName(column);
  return `${name} >= DATE'${isoDay(startDate)}' AND ${name} < DATE'${dayAfter(endDate)}'`;
}

/** The window as messages and ids name it. */
export function windowLabel({ startDate, endDate }: DayWindow): string {
  return `${startDate}..${endDate}`;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${isoDay(day)}T00:00:00Z`) + dayMs).toISOString().replace(/T.*$/, "");
}

function isoDay(day: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(day)) return day;
  throw new SparkwrightError("DATASET_WINDOW", `'${day}' is not a day`, { hint: "Write it as YYYY-MM-DD." });
}
