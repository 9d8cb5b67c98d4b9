import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";
import { columnOrSeconds } from "./seconds.ts";

/**
 * The time of day at which the query started, in the session's time zone; a TIME of so many digits of the
 * second (6). Spark: `current_time`.
 *
 * @since 4.1.0
 */
export function currentTime(precision?: Column | number): Column {
  return call("current_time", ...optional(precision, lit));
}

/**
 * The TIME of an hour, a minute and a second, which may have a fraction. Spark: `make_time`.
 *
 * @since 4.1.0
 */
export function makeTime(
  hour: ColumnOrName | number,
  minute: ColumnOrName | number,
  second: ColumnOrName | number,
): Column {
  return call("make_time", columnOrNumber(hour), columnOrNumber(minute), columnOrSeconds(second));
}

/**
 * The number of whole units from one TIME to another; the unit is a column such as `lit("MINUTE")`, from HOUR
 * to MICROSECOND. Spark: `time_diff`.
 *
 * @since 4.1.0
 */
export function timeDiff(unit: ColumnOrName, start: ColumnOrName, end: ColumnOrName): Column {
  return call("time_diff", columnOf(unit), columnOf(start), columnOf(end));
}

/**
 * The TIME of so many microseconds after midnight. Spark: `time_from_micros`.
 *
 * @since 4.2.0
 */
export function timeFromMicros(column: ColumnOrName): Column {
  return call("time_from_micros", columnOf(column));
}

/**
 * The TIME of so many milliseconds after midnight. Spark: `time_from_millis`.
 *
 * @since 4.2.0
 */
export function timeFromMillis(column: ColumnOrName): Column {
  return call("time_from_millis", columnOf(column));
}

/**
 * The TIME of so many seconds after midnight, with a fraction if the column has one. Spark:
 * `time_from_seconds`.
 *
 * @since 4.2.0
 */
export function timeFromSeconds(column: ColumnOrName): Column {
  return call("time_from_seconds", columnOf(column));
}

/**
 * The number of microseconds from midnight to the TIME. Spark: `time_to_micros`.
 *
 * @since 4.2.0
 */
export function timeToMicros(column: ColumnOrName): Column {
  return call("time_to_micros", columnOf(column));
}

/**
 * The number of milliseconds from midnight to the TIME. Spark: `time_to_millis`.
 *
 * @since 4.2.0
 */
export function timeToMillis(column: ColumnOrName): Column {
  return call("time_to_millis", columnOf(column));
}

/**
 * The number of seconds from midnight to the TIME, with a fraction. Spark: `time_to_seconds`.
 *
 * @since 4.2.0
 */
export function timeToSeconds(column: ColumnOrName): Column {
  return call("time_to_seconds", columnOf(column));
}

/**
 * The TIME cut to the start of its unit; the unit is a column such as `lit("MINUTE")`, from HOUR to
 * MICROSECOND. Spark: `time_trunc`.
 *
 * @since 4.1.0
 */
export function timeTrunc(unit: ColumnOrName, time: ColumnOrName): Column {
  return call("time_trunc", columnOf(unit), columnOf(time));
}

/**
 * Text as a TIME, by the pattern of a column if given. The query fails on text that is none. Spark:
 * `to_time`.
 *
 * @since 4.1.0
 */
export function toTime(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_time", columnOf(column), ...optional(format, columnOf));
}

/**
 * As `toTime`, with NULL instead of an error. Spark: `try_to_time`.
 *
 * @since 4.1.0
 */
export function tryToTime(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("try_to_time", columnOf(column), ...optional(format, columnOf));
}
