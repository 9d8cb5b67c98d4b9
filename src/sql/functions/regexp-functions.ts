import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * The same as `regexpLike`.
 *
 * @since 3.5.0
 */
export function regexp(text: ColumnOrName, pattern: ColumnOrName): Column {
  return call("regexp", columnOf(text), columnOf(pattern));
}

/**
 * Whether a part of the text matches the Java regular expression. The pattern is a column: wrap text in
 * `lit`. Spark: `regexp_like`.
 *
 * @since 3.5.0
 */
export function regexpLike(text: ColumnOrName, pattern: ColumnOrName): Column {
  return call("regexp_like", columnOf(text), columnOf(pattern));
}

/**
 * The same as `regexpLike`.
 *
 * @since 3.5.0
 */
export function rlike(text: ColumnOrName, pattern: ColumnOrName): Column {
  return call("rlike", columnOf(text), columnOf(pattern));
}

/**
 * How often the Java regular expression matches. The pattern is a column: wrap text in `lit`. Spark:
 * `regexp_count`.
 *
 * @since 3.5.0
 */
export function regexpCount(text: ColumnOrName, pattern: ColumnOrName): Column {
  return call("regexp_count", columnOf(text), columnOf(pattern));
}

/**
 * A group of the first match of the Java regular expression (0 is the whole match); empty when there is none.
 * Spark: `regexp_extract`.
 *
 * @since 1.5.0
 */
export function regexpExtract(text: ColumnOrName, pattern: Column | string, group: Column | number): Column {
  return call("regexp_extract", columnOf(text), lit(pattern), lit(group));
}

/**
 * A group (1) of every match of the Java regular expression, as an array. The pattern is a column: wrap text
 * in `lit`. Spark: `regexp_extract_all`.
 *
 * @since 3.5.0
 */
export function regexpExtractAll(text: ColumnOrName, pattern: ColumnOrName, group?: Column | number): Column {
  return call("regexp_extract_all", columnOf(text), columnOf(pattern), ...optional(group, lit));
}

/**
 * Where the Java regular expression first matches, from 1; 0 when it does not. The pattern is a column: wrap
 * text in `lit`. Spark: `regexp_instr`.
 *
 * @since 3.5.0
 */
export function regexpInstr(text: ColumnOrName, pattern: ColumnOrName, group?: Column | number): Column {
  return call("regexp_instr", columnOf(text), columnOf(pattern), ...optional(group, lit));
}

/**
 * With every match of the Java regular expression replaced; `$1` in the replacement is the first group.
 * Spark: `regexp_replace`.
 *
 * @since 1.5.0
 */
export function regexpReplace(
  text: ColumnOrName,
  pattern: Column | string,
  replacement: Column | string,
): Column {
  return call("regexp_replace", columnOf(text), lit(pattern), lit(replacement));
}

/**
 * The first match of the Java regular expression; NULL when there is none. The pattern is a column: wrap text
 * in `lit`. Spark: `regexp_substr`.
 *
 * @since 3.5.0
 */
export function regexpSubstr(text: ColumnOrName, pattern: ColumnOrName): Column {
  return call("regexp_substr", columnOf(text), columnOf(pattern));
}

/**
 * The parts between matches of the Java regular expression, as an array of at most `limit` parts when that is
 * positive.
 *
 * @since 1.5.0
 */
export function split(
  text: ColumnOrName,
  pattern: Column | string,
  limit: ColumnOrName | number = -1,
): Column {
  return call("split", columnOf(text), lit(pattern), columnOrNumber(limit));
}
