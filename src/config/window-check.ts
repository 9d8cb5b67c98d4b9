import { SparkwrightError } from "../core/error.ts";
import type { Entry } from "./parse-section.ts";

/** Adds an error when a start date stands after its end date; ISO days compare as text. */
export function checkWindow(
  entry: Entry<{ readonly start_date?: string | undefined; readonly end_date?: string | undefined }>,
  label: string,
  errors: SparkwrightError[],
): void {
  const { start_date: start, end_date: end } = entry.value;
  if (start === undefined || end === undefined || start <= end) return;
  errors.push(
    new SparkwrightError("CONFIG_INVALID_WINDOW", `${label}: start_date ${start} is after end_date ${end}`, {
      position: entry.at(["start_date"]),
      hint: "Exchange them; both days are included.",
    }),
  );
}
