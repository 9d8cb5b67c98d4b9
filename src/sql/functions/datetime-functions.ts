import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * The date so many months later; a day that the month does not have becomes its last. Spark: `add_months`.
 *
 * @since 1.5.0
 */
export function addMonths(start: ColumnOrName, months: ColumnOrName | number): Column {
  return call("add_months", columnOf(start), columnOrNumber(months));
}

/**
 * What clocks in a target zone show when those in a source zone show a TIMESTAMP_NTZ; without a source zone it is
 * that of the session. The zones are columns such as `lit("Europe/Berlin")`. Spark: `convert_timezone`.
 *
 * @since 3.5.0
 */
export function convertTimezone(
  sourceZone: Column | undefined,
  targetZone: Column,
  timestamp: ColumnOrName,
): Column {
  return call(
    "convert_timezone",
    ...optional(sourceZone, columnOf),
    columnOf(targetZone),
    columnOf(timestamp),
  );
}

/**
 * The same as `currentDate`.
 *
 * @since 3.5.0
 */
export function curdate(): Column {
  return call("curdate");
}

/**
 * The date at which the query started, in the session's time zone. Spark: `current_date`.
 *
 * @since 1.5.0
 */
export function currentDate(): Column {
  return call("current_date");
}

/**
 * The instant at which the query started. Spark: `current_timestamp`.
 *
 * @since 1.5.0
 */
export function currentTimestamp(): Column {
  return call("current_timestamp");
}

/**
 * The session's time zone as text. Spark: `current_timezone`.
 *
 * @since 3.5.0
 */
export function currentTimezone(): Column {
  return call("current_timezone");
}

/**
 * The date so many days later. Spark: `date_add`.
 *
 * @since 1.5.0
 */
export function dateAdd(start: ColumnOrName, days: ColumnOrName | number): Column {
  return call("date_add", columnOf(start), columnOrNumber(days));
}

/**
 * The number of days from `start` to `end`. Spark: `date_diff`.
 *
 * @since 3.5.0
 */
export function dateDiff(end: ColumnOrName, start: ColumnOrName): Column {
  return call("date_diff", columnOf(end), columnOf(start));
}

/**
 * The date so many days earlier. Spark: `date_sub`.
 *
 * @since 1.5.0
 */
export function dateSub(start: ColumnOrName, days: ColumnOrName | number): Column {
  return call("date_sub", columnOf(start), columnOrNumber(days));
}

/**
 * The timestamp cut to the start of its unit, such as `hour`. Spark: `date_trunc`.
 *
 * @since 2.3.0
 */
export function dateTrunc(unit: Column | string, timestamp: ColumnOrName): Column {
  return call("date_trunc", lit(unit), columnOf(timestamp));
}

/**
 * The same as `dateAdd`.
 *
 * @since 3.5.0
 */
export function dateadd(start: ColumnOrName, days: ColumnOrName | number): Column {
  return call("dateadd", columnOf(start), columnOrNumber(days));
}

/**
 * The same as `dateDiff`.
 *
 * @since 1.5.0
 */
export function datediff(end: ColumnOrName, start: ColumnOrName): Column {
  return call("datediff", columnOf(end), columnOf(start));
}

/**
 * A timestamp in UTC as clocks in a zone show it. Spark: `from_utc_timestamp`.
 *
 * @since 1.5.0
 */
export function fromUtcTimestamp(timestamp: ColumnOrName, zone: Column | string): Column {
  return call("from_utc_timestamp", columnOf(timestamp), lit(zone));
}

/**
 * The last day of the date's month. Spark: `last_day`.
 *
 * @since 1.5.0
 */
export function lastDay(column: ColumnOrName): Column {
  return call("last_day", columnOf(column));
}

/**
 * What clocks in the session's time zone showed when the query started; a TIMESTAMP_NTZ.
 *
 * @since 3.4.0
 */
export function localtimestamp(): Column {
  return call("localtimestamp");
}

/**
 * The number of months from `start` to `end`, with a fraction of 31 days, rounded to 8 digits unless
 * `roundOff` is false. Spark: `months_between`.
 *
 * @since 1.5.0
 */
export function monthsBetween(
  end: ColumnOrName,
  start: ColumnOrName,
  roundOff: Column | boolean = true,
): Column {
  return call("months_between", columnOf(end), columnOf(start), lit(roundOff));
}

/**
 * The first such day of the week after the date, named as in `Mon`. The query fails when no day has that
 * name. Spark: `next_day`.
 *
 * @since 1.5.0
 */
export function nextDay(date: ColumnOrName, dayOfWeek: Column | string): Column {
  return call("next_day", columnOf(date), lit(dayOfWeek));
}

/**
 * The same as `currentTimestamp`.
 *
 * @since 3.5.0
 */
export function now(): Column {
  return call("now");
}

/**
 * The timestamp so many units later, such as `HOUR`. Spark: `timestamp_add`.
 *
 * @since 4.0.0
 */
export function timestampAdd(unit: string, quantity: ColumnOrName | number, timestamp: ColumnOrName): Column {
  return call("timestampadd", lit(unit), columnOrNumber(quantity), columnOf(timestamp));
}

/**
 * The number of whole units, such as `HOUR`, from `start` to `end`. Spark: `timestamp_diff`.
 *
 * @since 4.0.0
 */
export function timestampDiff(unit: string, start: ColumnOrName, end: ColumnOrName): Column {
  return call("timestampdiff", lit(unit), columnOf(start), columnOf(end));
}

/**
 * What clocks in a zone show as a timestamp in UTC. Spark: `to_utc_timestamp`.
 *
 * @since 1.5.0
 */
export function toUtcTimestamp(timestamp: ColumnOrName, zone: Column | string): Column {
  return call("to_utc_timestamp", columnOf(timestamp), lit(zone));
}

/**
 * The date cut to the start of its unit, such as `month`.
 *
 * @since 1.5.0
 */
export function trunc(date: ColumnOrName, unit: Column | string): Column {
  return call("trunc", columnOf(date), lit(unit));
}
