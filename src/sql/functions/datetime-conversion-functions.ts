import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * The date or timestamp as text by a pattern such as `yyyy-MM-dd`. Spark: `date_format`.
 *
 * @since 1.5.0
 */
export function dateFormat(date: ColumnOrName, format: Column | string): Column {
  return call("date_format", columnOf(date), lit(format));
}

/**
 * The date so many days after 1970-01-01. Spark: `date_from_unix_date`.
 *
 * @since 3.5.0
 */
export function dateFromUnixDate(days: ColumnOrName | number): Column {
  return call("date_from_unix_date", columnOrNumber(days));
}

/**
 * Seconds since 1970 as text in the session's time zone. Spark: `from_unixtime`.
 *
 * @since 1.5.0
 */
export function fromUnixtime(seconds: ColumnOrName, format: Column | string = "yyyy-MM-dd HH:mm:ss"): Column {
  return call("from_unixtime", columnOf(seconds), lit(format));
}

/**
 * The date of a year, a month and a day. The query fails when there is no such date. Spark: `make_date`.
 *
 * @since 3.3.0
 */
export function makeDate(
  year: ColumnOrName | number,
  month: ColumnOrName | number,
  day: ColumnOrName | number,
): Column {
  return call("make_date", columnOrNumber(year), columnOrNumber(month), columnOrNumber(day));
}

/**
 * The timestamp of microseconds since 1970. Spark: `timestamp_micros`.
 *
 * @since 3.5.0
 */
export function timestampMicros(column: ColumnOrName): Column {
  return call("timestamp_micros", columnOf(column));
}

/**
 * The timestamp of milliseconds since 1970. Spark: `timestamp_millis`.
 *
 * @since 3.5.0
 */
export function timestampMillis(column: ColumnOrName): Column {
  return call("timestamp_millis", columnOf(column));
}

/**
 * The timestamp of seconds since 1970, with a fraction if the column has one. Spark: `timestamp_seconds`.
 *
 * @since 3.1.0
 */
export function timestampSeconds(column: ColumnOrName): Column {
  return call("timestamp_seconds", columnOf(column));
}

/**
 * Text or a timestamp as a date, by a pattern if given. The query fails on text that is none; see
 * `tryToDate`. Spark: `to_date`.
 *
 * @since 2.2.0
 */
export function toDate(column: ColumnOrName, format?: Column | string): Column {
  return call("to_date", columnOf(column), ...optional(format, lit));
}

/**
 * Text as a timestamp, by a pattern if given. The query fails on text that is none; see `tryToTimestamp`.
 * Spark: `to_timestamp`.
 *
 * @since 2.2.0
 */
export function toTimestamp(column: ColumnOrName, format?: Column | string): Column {
  return call("to_timestamp", columnOf(column), ...optional(format, lit));
}

/**
 * Text or a date as a TIMESTAMP with the session's time zone, by the pattern of a column if given. Spark:
 * `to_timestamp_ltz`.
 *
 * @since 3.5.0
 */
export function toTimestampLtz(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_timestamp_ltz", columnOf(column), ...optional(format, columnOf));
}

/**
 * Text or a date as a timestamp without time zone, by the pattern of a column if given. Spark:
 * `to_timestamp_ntz`.
 *
 * @since 3.5.0
 */
export function toTimestampNtz(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_timestamp_ntz", columnOf(column), ...optional(format, columnOf));
}

/**
 * Seconds since 1970 of text or a timestamp, by the pattern of a column if given. Spark: `to_unix_timestamp`.
 *
 * @since 3.5.0
 */
export function toUnixTimestamp(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_unix_timestamp", columnOf(column), ...optional(format, columnOf));
}

/**
 * As `toDate`, with NULL instead of an error. Spark: `try_to_date`.
 *
 * @since 4.0.0
 */
export function tryToDate(column: ColumnOrName, format?: Column | string): Column {
  return call("try_to_date", columnOf(column), ...optional(format, lit));
}

/**
 * As `toTimestamp`, with the pattern in a column, and NULL instead of an error. Spark: `try_to_timestamp`.
 *
 * @since 3.5.0
 */
export function tryToTimestamp(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("try_to_timestamp", columnOf(column), ...optional(format, columnOf));
}

/**
 * The number of days from 1970-01-01 to the date. Spark: `unix_date`.
 *
 * @since 3.5.0
 */
export function unixDate(column: ColumnOrName): Column {
  return call("unix_date", columnOf(column));
}

/**
 * Microseconds since 1970 of a timestamp. Spark: `unix_micros`.
 *
 * @since 3.5.0
 */
export function unixMicros(column: ColumnOrName): Column {
  return call("unix_micros", columnOf(column));
}

/**
 * Milliseconds since 1970 of a timestamp, cut to a whole one. Spark: `unix_millis`.
 *
 * @since 3.5.0
 */
export function unixMillis(column: ColumnOrName): Column {
  return call("unix_millis", columnOf(column));
}

/**
 * Seconds since 1970 of a timestamp, cut to a whole one. Spark: `unix_seconds`.
 *
 * @since 3.5.0
 */
export function unixSeconds(column: ColumnOrName): Column {
  return call("unix_seconds", columnOf(column));
}

/**
 * Seconds since 1970 of text in a format, of a date or a timestamp; without a column, of the instant at which the
 * query started. Spark: `unix_timestamp`.
 *
 * @since 1.5.0
 */
export function unixTimestamp(
  timestamp?: ColumnOrName,
  format: Column | string = "yyyy-MM-dd HH:mm:ss",
): Column {
  if (timestamp === undefined) return call("unix_timestamp");
  return call("unix_timestamp", columnOf(timestamp), lit(format));
}
