import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, optional } from "./call.ts";

/**
 * As `like`, without regard to case.
 *
 * @since 3.5.0
 */
export function ilike(text: ColumnOrName, pattern: ColumnOrName, escapeChar?: Column): Column {
  return call("ilike", columnOf(text), columnOf(pattern), ...optional(escapeChar, columnOf));
}

/**
 * Whether the text matches an SQL pattern: `%` for any characters, `_` for one, a backslash or `escapeChar`
 * before one that stands for itself. The pattern is a column: wrap text in `lit`.
 *
 * @since 3.5.0
 */
export function like(text: ColumnOrName, pattern: ColumnOrName, escapeChar?: Column): Column {
  return call("like", columnOf(text), columnOf(pattern), ...optional(escapeChar, columnOf));
}
