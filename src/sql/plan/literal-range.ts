import { inspect } from "node:util";
import { isInt64 } from "../../arrow/values/calendar.ts";
import { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";

const nanosPerDay = 86_400_000_000_000;

/**
 * The value classes hold what they are given; a literal must fit its Spark type. Thrown when it does not:
 * `USAGE_OUT_OF_RANGE`, and `USAGE_INEXACT_VALUE` for a time finer than a microsecond.
 */
export function checkTemporalRange(value: unknown): void {
  if (value instanceof LocalTime && value.nanosOfDay % 1_000 !== 0 && Number.isInteger(value.nanosOfDay)) {
    throw new SparkwrightError("USAGE_INEXACT_VALUE", `${value} is finer than a microsecond`, {
      hint: "Round it to whole microseconds first.",
    });
  }
  const range = rangeExceeded(value);
  if (range === undefined) return;
  throw new SparkwrightError("USAGE_OUT_OF_RANGE", `${inspect(value)} does not fit its type`, {
    hint: `Spark takes ${range}.`,
  });
}

/** What the type of the value takes, when the value is something else. */
function rangeExceeded(value: unknown): string | undefined {
  if (value instanceof LocalDate) return isInt32(value.epochDays) ? undefined : "days of 32 bits";
  if (value instanceof Timestamp || value instanceof LocalDateTime) {
    return isInt64(value.epochMicros) ? undefined : "microseconds of 64 bits";
  }
  if (value instanceof LocalTime) {
    const { nanosOfDay } = value;
    const isTime = Number.isInteger(nanosOfDay) && nanosOfDay >= 0 && nanosOfDay < nanosPerDay;
    return isTime ? undefined : "nanoseconds of one day";
  }
  if (value instanceof YearMonthInterval) return isInt32(value.months) ? undefined : "months of 32 bits";
  if (value instanceof DayTimeInterval) return isInt64(value.micros) ? undefined : "microseconds of 64 bits";
  if (value instanceof CalendarInterval) {
    const fits = isInt32(value.months) && isInt32(value.days) && isInt64(value.micros);
    return fits ? undefined : "months and days of 32 bits, microseconds of 64";
  }
  return undefined;
}

function isInt32(value: number): boolean {
  return value === (value | 0);
}
