import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf } from "./call.ts";

/**
 * A field of a date, timestamp, time or interval, such as `lit("YEAR")`. Spark: `date_part`.
 *
 * @since 3.5.0
 */
export function datePart(field: Column, source: ColumnOrName): Column {
  return call("date_part", columnOf(field), columnOf(source));
}

/**
 * The same as `datePart`.
 *
 * @since 3.5.0
 */
export function datepart(field: Column, source: ColumnOrName): Column {
  return call("datepart", columnOf(field), columnOf(source));
}

/**
 * The same as `dayOfMonth`.
 *
 * @since 3.5.0
 */
export function day(column: ColumnOrName): Column {
  return call("day", columnOf(column));
}

/**
 * The English name of the day in three letters, such as `Mon`. Spark: `dayname`.
 *
 * @since 4.0.0
 */
export function dayName(column: ColumnOrName): Column {
  return call("dayname", columnOf(column));
}

/**
 * The day of the month. Spark: `dayofmonth`.
 *
 * @since 1.5.0
 */
export function dayOfMonth(column: ColumnOrName): Column {
  return call("dayofmonth", columnOf(column));
}

/**
 * The day of the week; 1 is Sunday. Spark: `dayofweek`.
 *
 * @since 2.3.0
 */
export function dayOfWeek(column: ColumnOrName): Column {
  return call("dayofweek", columnOf(column));
}

/**
 * The day of the year. Spark: `dayofyear`.
 *
 * @since 1.5.0
 */
export function dayOfYear(column: ColumnOrName): Column {
  return call("dayofyear", columnOf(column));
}

/**
 * The same as `datePart`.
 *
 * @since 3.5.0
 */
export function extract(field: Column, source: ColumnOrName): Column {
  return call("extract", columnOf(field), columnOf(source));
}

/**
 * The hour of the day.
 *
 * @since 1.5.0
 */
export function hour(column: ColumnOrName): Column {
  return call("hour", columnOf(column));
}

/**
 * The minute of the hour.
 *
 * @since 1.5.0
 */
export function minute(column: ColumnOrName): Column {
  return call("minute", columnOf(column));
}

/**
 * The month of the year.
 *
 * @since 1.5.0
 */
export function month(column: ColumnOrName): Column {
  return call("month", columnOf(column));
}

/**
 * The English name of the month in three letters, such as `Jan`. Spark: `monthname`.
 *
 * @since 4.0.0
 */
export function monthName(column: ColumnOrName): Column {
  return call("monthname", columnOf(column));
}

/**
 * The quarter of the year.
 *
 * @since 1.5.0
 */
export function quarter(column: ColumnOrName): Column {
  return call("quarter", columnOf(column));
}

/**
 * The second of the minute, without its fraction.
 *
 * @since 1.5.0
 */
export function second(column: ColumnOrName): Column {
  return call("second", columnOf(column));
}

/**
 * The ISO week of the year. Spark: `weekofyear`.
 *
 * @since 1.5.0
 */
export function weekOfYear(column: ColumnOrName): Column {
  return call("weekofyear", columnOf(column));
}

/**
 * The day of the week; 0 is Monday.
 *
 * @since 3.5.0
 */
export function weekday(column: ColumnOrName): Column {
  return call("weekday", columnOf(column));
}

/**
 * The year.
 *
 * @since 1.5.0
 */
export function year(column: ColumnOrName): Column {
  return call("year", columnOf(column));
}
