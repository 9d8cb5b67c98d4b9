import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * The session that a row falls in: rows that follow each other by less than the gap, such as `5 minutes`,
 * share one; a struct of `start` and `end`, to group by. Spark: `session_window`.
 *
 * @since 3.2.0
 */
export function sessionWindow(time: ColumnOrName, gap: Column | string): Column {
  return call("session_window", columnOf(time), lit(gap));
}

/**
 * The start of the bucket that a timestamp falls in, of the same type. The size is a constant interval such
 * as `expr("INTERVAL '15' MINUTE")`; buckets are counted from `origin`, a constant of the same type as the
 * timestamp, 1970-01-01 00:00:00 without one. Buckets of days or months of a TIMESTAMP follow the session's
 * time zone. Spark: `time_bucket`.
 *
 * @since 4.2.0
 */
export function timeBucket(bucketSize: Column, timestamp: ColumnOrName, origin?: Column): Column {
  return call("time_bucket", columnOf(bucketSize), columnOf(timestamp), ...optional(origin, columnOf));
}

/**
 * The window of time that a row falls in, a struct of `start` and `end`, to group by. Durations are text such as
 * `10 minutes`. With a `slide` windows begin that often and overlap, so a row falls in several; `start` shifts where
 * they begin from 1970-01-01 00:00 UTC.
 *
 * @example df.groupBy(window("time", "10 minutes")).count()
 * @since 2.0.0
 */
export function window(time: ColumnOrName, duration: string, slide?: string, start?: string): Column {
  const step = slide ?? (start === undefined ? undefined : duration);
  return call("window", columnOf(time), lit(duration), ...optional(step, lit), ...optional(start, lit));
}

/**
 * The last instant of a window: its end less a microsecond; the time that rows of a windowed aggregation
 * have. Spark: `window_time`.
 *
 * @since 3.4.0
 */
export function windowTime(window: ColumnOrName): Column {
  return call("window_time", columnOf(window));
}
