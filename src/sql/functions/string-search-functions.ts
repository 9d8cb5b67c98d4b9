import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * Whether the text contains that of another column; a string is the name of one, so wrap text in `lit`.
 *
 * @since 3.5.0
 */
export function contains(text: ColumnOrName, part: ColumnOrName): Column {
  return call("contains", columnOf(text), columnOf(part));
}

/**
 * One of the columns: the first says which, counted from 1 for the second. The query fails when there is
 * none; with ANSI mode off that gives NULL.
 *
 * @since 3.5.0
 */
export function elt(...inputs: readonly ColumnOrName[]): Column {
  return call("elt", ...inputs.map(columnOf));
}

/**
 * Whether the text ends with that of another column. Spark: `endswith`.
 *
 * @since 3.5.0
 */
export function endsWith(text: ColumnOrName, suffix: ColumnOrName): Column {
  return call("endswith", columnOf(text), columnOf(suffix));
}

/**
 * Where a text is in a list of texts with commas between them, from 1; 0 when it is not. Spark:
 * `find_in_set`.
 *
 * @since 3.5.0
 */
export function findInSet(text: ColumnOrName, list: ColumnOrName): Column {
  return call("find_in_set", columnOf(text), columnOf(list));
}

/**
 * Where the part first occurs, from 1; 0 when it does not.
 *
 * @since 1.5.0
 */
export function instr(text: ColumnOrName, part: Column | string): Column {
  return call("instr", columnOf(text), lit(part));
}

/**
 * The first `length` characters.
 *
 * @since 3.5.0
 */
export function left(text: ColumnOrName, length: ColumnOrName | number): Column {
  return call("left", columnOf(text), columnOrNumber(length));
}

/**
 * Where the part occurs from `start` on, from 1; 0 when it does not.
 *
 * @since 1.5.0
 */
export function locate(part: Column | string, text: ColumnOrName, start: Column | number = 1): Column {
  return call("locate", lit(part), columnOf(text), lit(start));
}

/**
 * The text with a part replaced: that which begins at `start` (the first character is 1) and is `length`
 * long, or as long as the replacement.
 *
 * @since 3.0.0
 */
export function overlay(
  text: ColumnOrName,
  replacement: ColumnOrName,
  start: ColumnOrName | number,
  length: ColumnOrName | number = -1,
): Column {
  return call(
    "overlay",
    columnOf(text),
    columnOf(replacement),
    columnOrNumber(start),
    columnOrNumber(length),
  );
}

/**
 * Where the text of another column occurs from `start` on, from 1; 0 when it does not.
 *
 * @since 3.5.0
 */
export function position(part: ColumnOrName, text: ColumnOrName, start?: ColumnOrName | number): Column {
  return call("position", columnOf(part), columnOf(text), ...optional(start, columnOrNumber));
}

/**
 * The last `length` characters.
 *
 * @since 3.5.0
 */
export function right(text: ColumnOrName, length: ColumnOrName | number): Column {
  return call("right", columnOf(text), columnOrNumber(length));
}

/**
 * One part of the text between separators, from 1; from the end when negative; empty when there is none. The
 * separator is a column: wrap text in `lit`. Spark: `split_part`.
 *
 * @since 3.5.0
 */
export function splitPart(text: ColumnOrName, separator: ColumnOrName, part: ColumnOrName | number): Column {
  return call("split_part", columnOf(text), columnOf(separator), columnOrNumber(part));
}

/**
 * Whether the text starts with that of another column. Spark: `startswith`.
 *
 * @since 3.5.0
 */
export function startsWith(text: ColumnOrName, prefix: ColumnOrName): Column {
  return call("startswith", columnOf(text), columnOf(prefix));
}

/**
 * The part that begins at `start` (the first is 1, from the end when negative), to the end or `length` long.
 *
 * @since 3.5.0
 */
export function substr(
  text: ColumnOrName,
  start: ColumnOrName | number,
  length?: ColumnOrName | number,
): Column {
  return call("substr", columnOf(text), columnOrNumber(start), ...optional(length, columnOrNumber));
}

/**
 * The part that begins at `start` (the first is 1) and is `length` long.
 *
 * @since 1.5.0
 */
export function substring(
  text: ColumnOrName,
  start: ColumnOrName | number,
  length: ColumnOrName | number,
): Column {
  return call("substring", columnOf(text), columnOrNumber(start), columnOrNumber(length));
}

/**
 * What is before the separator occurs for the `count`-th time; from the end when negative. Spark:
 * `substring_index`.
 *
 * @since 1.5.0
 */
export function substringIndex(
  text: ColumnOrName,
  separator: Column | string,
  count: Column | number,
): Column {
  return call("substring_index", columnOf(text), lit(separator), lit(count));
}
