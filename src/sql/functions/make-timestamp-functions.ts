import { SparkwrightError } from "../../core/error.ts";
import { Column, type ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, optional } from "./call.ts";
import { columnOrSeconds } from "./seconds.ts";

/** A day and a time of day, each a column or the name of one. */
export interface DateAndTime {
  /** A DATE. */
  readonly date: ColumnOrName;
  /** A TIME. */
  readonly time: ColumnOrName;
}

/** A day, a time of day, and the zone of the clock that shows them. */
export interface ZonedDateAndTime extends DateAndTime {
  /** A column such as `lit("Europe/Berlin")`; the session's time zone without one. */
  readonly timezone?: ColumnOrName;
}

/** A number of the calendar or the clock: a literal, a column, or the name of one. */
export type TimestampPart = ColumnOrName | number;

/**
 * The timestamp of a date and a TIME, `makeTimestamp({ date: "d", time: "t" })`, or of six numbers from the year to
 * the second, which may have a fraction; the clock is that of a zone or of the session. Thrown when numbers are
 * missing (`USAGE_INVALID_ARGUMENT`). Spark: `make_timestamp`.
 *
 * @since 3.5.0
 */
export function makeTimestamp(parts: ZonedDateAndTime): Column;
export function makeTimestamp(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
  timezone?: ColumnOrName,
): Column;
export function makeTimestamp(
  first: ZonedDateAndTime | TimestampPart,
  ...rest: readonly (TimestampPart | undefined)[]
): Column {
  return call("make_timestamp", ...timestampParts(first, rest));
}

/**
 * The TIMESTAMP of six numbers from the year to the second, on the clock of a zone or of the session.
 * Spark: `make_timestamp_ltz`.
 *
 * @since 3.5.0
 */
export function makeTimestampLtz(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
  timezone?: ColumnOrName,
): Column {
  return call(
    "make_timestamp_ltz",
    ...sixParts([year, month, day, hour, minute, second]),
    ...optional(timezone, columnOf),
  );
}

/**
 * The TIMESTAMP_NTZ of a date and a TIME, or of six numbers from the year to the second.
 * Spark: `make_timestamp_ntz`.
 *
 * @since 3.5.0
 */
export function makeTimestampNtz(parts: DateAndTime): Column;
export function makeTimestampNtz(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
): Column;
export function makeTimestampNtz(
  first: DateAndTime | TimestampPart,
  ...rest: readonly (TimestampPart | undefined)[]
): Column {
  return call("make_timestamp_ntz", ...timestampParts(first, rest));
}

/**
 * As `makeTimestamp`, with NULL for numbers that are no timestamp. Spark: `try_make_timestamp`.
 *
 * @since 4.0.0
 */
export function tryMakeTimestamp(parts: ZonedDateAndTime): Column;
export function tryMakeTimestamp(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
  timezone?: ColumnOrName,
): Column;
export function tryMakeTimestamp(
  first: ZonedDateAndTime | TimestampPart,
  ...rest: readonly (TimestampPart | undefined)[]
): Column {
  return call("try_make_timestamp", ...timestampParts(first, rest));
}

/**
 * As `makeTimestampLtz`, with NULL for numbers that are no timestamp. Spark: `try_make_timestamp_ltz`.
 *
 * @since 4.0.0
 */
export function tryMakeTimestampLtz(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
  timezone?: ColumnOrName,
): Column {
  return call(
    "try_make_timestamp_ltz",
    ...sixParts([year, month, day, hour, minute, second]),
    ...optional(timezone, columnOf),
  );
}

/**
 * As `makeTimestampNtz`, with NULL for numbers that are no timestamp. Spark: `try_make_timestamp_ntz`.
 *
 * @since 4.0.0
 */
export function tryMakeTimestampNtz(parts: DateAndTime): Column;
export function tryMakeTimestampNtz(
  year: TimestampPart,
  month: TimestampPart,
  day: TimestampPart,
  hour: TimestampPart,
  minute: TimestampPart,
  second: TimestampPart,
): Column;
export function tryMakeTimestampNtz(
  first: DateAndTime | TimestampPart,
  ...rest: readonly (TimestampPart | undefined)[]
): Column {
  return call("try_make_timestamp_ntz", ...timestampParts(first, rest));
}

function timestampParts(
  first: ZonedDateAndTime | TimestampPart,
  rest: readonly (TimestampPart | undefined)[],
): readonly Column[] {
  if (typeof first === "object" && first !== null && !(first instanceof Column)) {
    return [columnOf(first.date), columnOf(first.time), ...optional(first.timezone, columnOf)];
  }
  return [...sixParts([first, ...rest.slice(0, 5)]), ...optional(rest[5], columnOrNumber)];
}

function sixParts(parts: readonly (TimestampPart | undefined)[]): readonly Column[] {
  return Array.from({ length: 6 }, (_, i) => {
    const part = parts[i];
    if (part === undefined) {
      throw new SparkwrightError("USAGE_INVALID_ARGUMENT", "a timestamp takes six numbers, year to second", {
        hint: "Pass all six, or an object with a date and a time.",
      });
    }
    return i === 5 ? columnOrSeconds(part) : columnOrNumber(part);
  });
}
