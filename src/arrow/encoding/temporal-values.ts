import { isInt64 } from "../values/calendar.ts";
import { CalendarInterval } from "../values/calendar-interval.ts";
import { DayTimeInterval } from "../values/day-time-interval.ts";
import { LocalDate } from "../values/local-date.ts";
import { LocalDateTime } from "../values/local-date-time.ts";
import { LocalTime } from "../values/local-time.ts";
import { Timestamp } from "../values/timestamp.ts";
import { YearMonthInterval } from "../values/year-month-interval.ts";
import { dayTimeOf, temporalKind, temporalText, yearMonthOf } from "./temporal-objects.ts";
import type { ValuePlace } from "./value-place.ts";

// Each takes our own class, ISO text, the Temporal object of that meaning and, for instants and dates, a Date.

export function toEpochDays(value: unknown, place: ValuePlace): number {
  if (value instanceof LocalDate) {
    return int32(value.epochDays, value, place);
  }
  if (value instanceof Date) {
    const days = value.getTime() / 86_400_000;
    if (Number.isNaN(days)) {
      throw place.invalid(value, "is an invalid date", "Check how it was made.");
    }
    if (!Number.isInteger(days)) {
      throw place.inexact(value, "It is not midnight UTC: give a LocalDate or text.");
    }
    return days;
  }
  const text = textOf(value, "Temporal.PlainDate", place, 'a LocalDate, text such as "2001-02-03" or a Date');
  return int32(parsed(() => LocalDate.parse(text), value, place).epochDays, value, place);
}

export function toInstantMicros(value: unknown, place: ValuePlace): bigint {
  if (value instanceof Timestamp) {
    return int64(value.epochMicros, value, place);
  }
  if (value instanceof Date) {
    return parsed(() => Timestamp.fromDate(value), value, place).epochMicros;
  }
  const kind = temporalKind(value);
  if (kind === "Temporal.Instant" || kind === "Temporal.ZonedDateTime") {
    return int64(wholeMicros(Reflect.get(Object(value), "epochNanoseconds"), value, place), value, place);
  }
  if (typeof value === "string") {
    return parsed(() => Timestamp.parse(value), value, place).epochMicros;
  }
  throw place.wrongType(value, 'a Timestamp, a Date, or text with a zone such as "2001-02-03T04:05:06Z"');
}

export function toLocalMicros(value: unknown, place: ValuePlace): bigint {
  if (value instanceof LocalDateTime) {
    return int64(value.epochMicros, value, place);
  }
  const accepted = 'a LocalDateTime or text such as "2001-02-03T04:05:06" (a Date is an instant)';
  const text = textOf(value, "Temporal.PlainDateTime", place, accepted);
  return parsed(() => LocalDateTime.parse(text), value, place).epochMicros;
}

export function toNanosOfDay(value: unknown, place: ValuePlace): number {
  const time =
    value instanceof LocalTime
      ? value
      : parseTime(
          textOf(value, "Temporal.PlainTime", place, 'a LocalTime or text such as "04:05:06"'),
          place,
        );
  if (!Number.isInteger(time.nanosOfDay) || time.nanosOfDay < 0 || time.nanosOfDay >= 86_400_000_000_000) {
    throw place.outOfRange(value, "times from 00:00:00 to 23:59:59.999999999");
  }
  return time.nanosOfDay;
}

function parseTime(text: string, place: ValuePlace): LocalTime {
  return parsed(() => LocalTime.parse(text), text, place);
}

export function toMonths(value: unknown, place: ValuePlace): number {
  if (value instanceof YearMonthInterval) {
    return int32(value.months, value, place);
  }
  if (temporalKind(value) === "Temporal.Duration") {
    return int32(Number(yearMonthOf(value, place)), value, place);
  }
  if (typeof value === "string") {
    return int32(parsed(() => YearMonthInterval.parse(value), value, place).months, value, place);
  }
  throw place.wrongType(value, "a YearMonthInterval");
}

export function toDurationMicros(value: unknown, place: ValuePlace): bigint {
  if (value instanceof DayTimeInterval) {
    return int64(value.micros, value, place);
  }
  if (temporalKind(value) === "Temporal.Duration") {
    return int64(wholeMicros(dayTimeOf(value, place), value, place), value, place);
  }
  if (typeof value === "string") {
    return parsed(() => DayTimeInterval.parse(value), value, place).micros;
  }
  throw place.wrongType(value, "a DayTimeInterval");
}

/** Micros must stay within what 64 bits of nanoseconds hold, which is how Arrow carries them. */
export function toCalendarInterval(value: unknown, place: ValuePlace): CalendarInterval {
  const interval =
    typeof value === "string" ? parsed(() => CalendarInterval.parse(value), value, place) : value;
  if (!(interval instanceof CalendarInterval)) {
    throw place.wrongType(value, "a CalendarInterval");
  }
  int32(interval.months, value, place);
  int32(interval.days, value, place);
  int64(interval.micros * 1000n, value, place);
  return interval;
}

function textOf(value: unknown, kind: string, place: ValuePlace, accepted: string): string {
  const text =
    typeof value === "string" ? value : temporalKind(value) === kind ? temporalText(value) : undefined;
  if (text === undefined) {
    throw place.wrongType(value, accepted);
  }
  return text;
}

function parsed<T>(parse: () => T, value: unknown, place: ValuePlace): T {
  try {
    return parse();
  } catch (cause) {
    const hint = Reflect.get(Object(cause), "hint");
    throw place.invalid(
      value,
      "cannot be read",
      typeof hint === "string" ? hint : "Check how it was made.",
      cause,
    );
  }
}

function wholeMicros(nanos: bigint, value: unknown, place: ValuePlace): bigint {
  if (nanos % 1000n !== 0n) {
    throw place.inexact(value, "Spark keeps microseconds.");
  }
  return nanos / 1000n;
}

function int32(number: number, value: unknown, place: ValuePlace): number {
  if (!Number.isInteger(number) || number < -(2 ** 31) || number >= 2 ** 31) {
    throw place.outOfRange(value, "whole numbers of 32 bits");
  }
  return number;
}

function int64(number: bigint, value: unknown, place: ValuePlace): bigint {
  if (!isInt64(number)) {
    throw place.outOfRange(value, "64 bits");
  }
  return number;
}
