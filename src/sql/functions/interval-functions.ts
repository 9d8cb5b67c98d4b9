import { namedValues } from "../../core/named-values.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOrNumber } from "./call.ts";
import { columnOrSeconds, noSeconds } from "./seconds.ts";

/** The parts of a day-time interval; one that is left out is 0. */
export interface DayTimeParts {
  /** Whole days. */
  readonly days?: ColumnOrName | number;
  /** Whole hours. */
  readonly hours?: ColumnOrName | number;
  /** Whole minutes. */
  readonly mins?: ColumnOrName | number;
  /** Seconds, with a fraction of up to six digits. */
  readonly secs?: ColumnOrName | number;
}

/** The parts of a year-month interval; one that is left out is 0. */
export interface YearMonthParts {
  /** Whole years. */
  readonly years?: ColumnOrName | number;
  /** Whole months. */
  readonly months?: ColumnOrName | number;
}

/** The parts of a calendar interval; one that is left out is 0. */
export interface CalendarParts extends YearMonthParts, DayTimeParts {
  /** Whole weeks, of seven days. */
  readonly weeks?: ColumnOrName | number;
}

/**
 * A day-time interval of its parts: `makeDtInterval({ days: 1, hours: "h" })`. Spark: `make_dt_interval`.
 *
 * @since 3.5.0
 */
export function makeDtInterval(parts: DayTimeParts = {}): Column {
  const { days = 0, hours = 0, mins = 0, secs = noSeconds } = namedValues("the parts of an interval", parts);
  return call("make_dt_interval", ...[days, hours, mins].map(columnOrNumber), columnOrSeconds(secs));
}

/**
 * A calendar interval of its parts: `makeInterval({ months: 1, days: 2 })`. Spark: `make_interval`.
 *
 * @since 3.5.0
 */
export function makeInterval(parts: CalendarParts = {}): Column {
  return call("make_interval", ...calendarParts(parts));
}

/**
 * A year-month interval of its parts: `makeYmInterval({ years: 1, months: "m" })`. Spark: `make_ym_interval`.
 *
 * @since 3.5.0
 */
export function makeYmInterval(parts: YearMonthParts = {}): Column {
  const { years = 0, months = 0 } = namedValues("the parts of an interval", parts);
  return call("make_ym_interval", columnOrNumber(years), columnOrNumber(months));
}

/**
 * As `makeInterval`, with NULL on overflow. Spark: `try_make_interval`.
 *
 * @since 4.0.0
 */
export function tryMakeInterval(parts: CalendarParts = {}): Column {
  return call("try_make_interval", ...calendarParts(parts));
}

function calendarParts(parts: CalendarParts): readonly Column[] {
  const {
    years = 0,
    months = 0,
    weeks = 0,
    days = 0,
    hours = 0,
    mins = 0,
    secs = noSeconds,
  } = namedValues("the parts of an interval", parts);
  return [...[years, months, weeks, days, hours, mins].map(columnOrNumber), columnOrSeconds(secs)];
}
