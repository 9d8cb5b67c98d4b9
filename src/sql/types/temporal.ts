import { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { LocalDate } from "../../arrow/values/local-date.ts";
import { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";

interface Printable {
  toString(options?: { calendarName: "never" }): string;
}

/**
 * Our value of a `Temporal` object, known by its tag and so from any polyfill; anything else comes back as it is.
 * Thrown when the object is finer than the microsecond that Spark keeps.
 */
export function fromTemporal(value: object): unknown {
  const tag: unknown = Reflect.get(value, Symbol.toStringTag);
  if (typeof tag !== "string" || !tag.startsWith("Temporal.")) return value;
  const text = () => (value as Printable).toString({ calendarName: "never" });
  switch (tag) {
    case "Temporal.Instant":
    case "Temporal.ZonedDateTime":
      return new Timestamp(wholeMicros((value as { epochNanoseconds: bigint }).epochNanoseconds, value));
    case "Temporal.PlainDate":
      return LocalDate.parse(text());
    case "Temporal.PlainDateTime":
      return LocalDateTime.parse(text());
    case "Temporal.PlainTime":
      return LocalTime.parse(text());
    case "Temporal.Duration":
      return fromDuration(value as Duration);
    default:
      throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `${tag} has no Spark type`, {
        hint: "Convert it to Temporal.PlainDate, PlainDateTime, PlainTime, Instant or Duration.",
      });
  }
}

type Duration = Readonly<
  Record<
    | "years"
    | "months"
    | "weeks"
    | "days"
    | "hours"
    | "minutes"
    | "seconds"
    | "milliseconds"
    | "microseconds"
    | "nanoseconds",
    number
  >
>;

function fromDuration(duration: Duration): YearMonthInterval | DayTimeInterval | CalendarInterval {
  const months = duration.years * 12 + duration.months;
  const days = duration.weeks * 7 + duration.days;
  const seconds = BigInt(duration.hours) * 3_600n + BigInt(duration.minutes) * 60n + BigInt(duration.seconds);
  const nanos =
    seconds * 1_000_000_000n +
    BigInt(duration.milliseconds) * 1_000_000n +
    BigInt(duration.microseconds) * 1_000n +
    BigInt(duration.nanoseconds);
  const micros = wholeMicros(nanos, duration);
  if (months === 0) return new DayTimeInterval(BigInt(days) * 86_400_000_000n + micros);
  if (days === 0 && micros === 0n) return new YearMonthInterval(months);
  return new CalendarInterval(months, days, micros);
}

function wholeMicros(nanos: bigint, value: object): bigint {
  if (nanos % 1_000n !== 0n) {
    throw new SparkwrightError("USAGE_INEXACT_VALUE", `${String(value)} is finer than a microsecond`, {
      hint: 'Round it first, for example with .round("microsecond").',
    });
  }
  return nanos / 1_000n;
}
