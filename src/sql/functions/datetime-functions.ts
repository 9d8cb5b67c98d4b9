import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/** The date so many months later. Spark: `add_months`. */
export function addMonths(start: ColumnOrName, months: ColumnOrName | number): Column {
  return call("add_months", columnOf(start), columnOrNumber(months));
}

/** The date at which the query started. Spark: `current_date`. */
export function currentDate(): Column {
  return call("current_date");
}

/** The instant at which the query started. Spark: `current_timestamp`. */
export function currentTimestamp(): Column {
  return call("current_timestamp");
}

/** The date so many days later. Spark: `date_add`. */
export function dateAdd(start: ColumnOrName, days: ColumnOrName | number): Column {
  return call("date_add", columnOf(start), columnOrNumber(days));
}

/** The number of days from `start` to `end`. Spark: `datediff`. */
export function dateDiff(end: ColumnOrName, start: ColumnOrName): Column {
  return call("datediff", columnOf(end), columnOf(start));
}

/** The date or timestamp as text by a pattern such as `yyyy-MM-dd`. Spark: `date_format`. */
export function dateFormat(date: ColumnOrName, format: Column | string): Column {
  return call("date_format", columnOf(date), lit(format));
}

/** The date so many days earlier. Spark: `date_sub`. */
export function dateSub(start: ColumnOrName, days: ColumnOrName | number): Column {
  return call("date_sub", columnOf(start), columnOrNumber(days));
}

/** The timestamp cut to the start of its unit, such as `hour`. Spark: `date_trunc`. */
export function dateTrunc(unit: Column | string, timestamp: ColumnOrName): Column {
  return call("date_trunc", lit(unit), columnOf(timestamp));
}

/** The day of the month. Spark: `dayofmonth`. */
export function dayOfMonth(column: ColumnOrName): Column {
  return call("dayofmonth", columnOf(column));
}

/** The day of the week; 1 is Sunday. Spark: `dayofweek`. */
export function dayOfWeek(column: ColumnOrName): Column {
  return call("dayofweek", columnOf(column));
}

/** The day of the year. Spark: `dayofyear`. */
export function dayOfYear(column: ColumnOrName): Column {
  return call("dayofyear", columnOf(column));
}

/** Seconds since 1970 as text in the session's time zone. Spark: `from_unixtime`. */
export function fromUnixtime(seconds: ColumnOrName, format?: Column | string): Column {
  return call("from_unixtime", columnOf(seconds), ...optional(format, lit));
}

/** A timestamp in UTC as clocks in a zone show it. Spark: `from_utc_timestamp`. */
export function fromUtcTimestamp(timestamp: ColumnOrName, zone: Column | string): Column {
  return call("from_utc_timestamp", columnOf(timestamp), lit(zone));
}

/** The hour of the day. */
export function hour(column: ColumnOrName): Column {
  return call("hour", columnOf(column));
}

/** The last day of the month. Spark: `last_day`. */
export function lastDay(column: ColumnOrName): Column {
  return call("last_day", columnOf(column));
}

/** What clocks in the session's time zone showed when the query started; a TIMESTAMP_NTZ. */
export function localtimestamp(): Column {
  return call("localtimestamp");
}

/** The date of a year, a month and a day. Spark: `make_date`. */
export function makeDate(year: ColumnOrName, month: ColumnOrName, day: ColumnOrName): Column {
  return call("make_date", columnOf(year), columnOf(month), columnOf(day));
}

/** The minute of the hour. */
export function minute(column: ColumnOrName): Column {
  return call("minute", columnOf(column));
}

/** The month of the year. */
export function month(column: ColumnOrName): Column {
  return call("month", columnOf(column));
}

/** The number of months from `start` to `end`, with a fraction. Spark: `months_between`. */
export function monthsBetween(end: ColumnOrName, start: ColumnOrName, roundOff?: unknown): Column {
  return call("months_between", columnOf(end), columnOf(start), ...optional(roundOff, lit));
}

/** The first such day of the week after the date, named as in `Mon`. Spark: `next_day`. */
export function nextDay(date: ColumnOrName, dayOfWeek: Column | string): Column {
  return call("next_day", columnOf(date), lit(dayOfWeek));
}

/** The instant at which the query started. */
export function now(): Column {
  return call("now");
}

/** The quarter of the year. */
export function quarter(column: ColumnOrName): Column {
  return call("quarter", columnOf(column));
}

/** The second of the minute. */
export function second(column: ColumnOrName): Column {
  return call("second", columnOf(column));
}

/** The timestamp of microseconds since 1970. Spark: `timestamp_micros`. */
export function timestampMicros(column: ColumnOrName): Column {
  return call("timestamp_micros", columnOf(column));
}

/** The timestamp of milliseconds since 1970. Spark: `timestamp_millis`. */
export function timestampMillis(column: ColumnOrName): Column {
  return call("timestamp_millis", columnOf(column));
}

/** The timestamp of seconds since 1970. Spark: `timestamp_seconds`. */
export function timestampSeconds(column: ColumnOrName): Column {
  return call("timestamp_seconds", columnOf(column));
}

/** Text or a timestamp as a date, by a pattern if given. Spark: `to_date`. */
export function toDate(column: ColumnOrName, format?: Column | string): Column {
  return call("to_date", columnOf(column), ...optional(format, lit));
}

/** Text as a timestamp, by a pattern if given. Spark: `to_timestamp`. */
export function toTimestamp(column: ColumnOrName, format?: Column | string): Column {
  return call("to_timestamp", columnOf(column), ...optional(format, lit));
}

/** Text as a timestamp without time zone. Spark: `to_timestamp_ntz`. */
export function toTimestampNtz(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_timestamp_ntz", columnOf(column), ...optional(format, columnOf));
}

/** What clocks in a zone show as a timestamp in UTC. Spark: `to_utc_timestamp`. */
export function toUtcTimestamp(timestamp: ColumnOrName, zone: Column | string): Column {
  return call("to_utc_timestamp", columnOf(timestamp), lit(zone));
}

/** The date cut to the start of its unit, such as `month`. */
export function trunc(date: ColumnOrName, unit: Column | string): Column {
  return call("trunc", columnOf(date), lit(unit));
}

/** Microseconds since 1970 of a timestamp. Spark: `unix_micros`. */
export function unixMicros(column: ColumnOrName): Column {
  return call("unix_micros", columnOf(column));
}

/** Milliseconds since 1970 of a timestamp. Spark: `unix_millis`. */
export function unixMillis(column: ColumnOrName): Column {
  return call("unix_millis", columnOf(column));
}

/** Seconds since 1970 of a timestamp. Spark: `unix_seconds`. */
export function unixSeconds(column: ColumnOrName): Column {
  return call("unix_seconds", columnOf(column));
}

/** Seconds since 1970 of text or a timestamp. Spark: `unix_timestamp`. */
export function unixTimestamp(column: ColumnOrName, format?: Column | string): Column {
  return call("unix_timestamp", columnOf(column), ...optional(format, lit));
}

/** The day of the week; 0 is Monday. */
export function weekday(column: ColumnOrName): Column {
  return call("weekday", columnOf(column));
}

/** The ISO week of the year. Spark: `weekofyear`. */
export function weekOfYear(column: ColumnOrName): Column {
  return call("weekofyear", columnOf(column));
}

/** The year. */
export function year(column: ColumnOrName): Column {
  return call("year", columnOf(column));
}
