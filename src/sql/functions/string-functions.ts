import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/** The number of the first character. */
export function ascii(column: ColumnOrName): Column {
  return call("ascii", columnOf(column));
}

/** Binary as base64 text. */
export function base64(column: ColumnOrName): Column {
  return call("base64", columnOf(column));
}

/** Without spaces, or the characters of another column, at both ends. */
export function btrim(text: ColumnOrName, trim?: ColumnOrName): Column {
  return call("btrim", columnOf(text), ...optional(trim, columnOf));
}

/** The number of characters. Spark: `char_length`. */
export function charLength(text: ColumnOrName): Column {
  return call("char_length", columnOf(text));
}

/** The columns one after another: strings, binaries or arrays; NULL when one is. */
export function concat(...columns: readonly ColumnOrName[]): Column {
  return call("concat", ...columns.map(columnOf));
}

/** The strings with a separator between them, NULLs passed over. Spark: `concat_ws`. */
export function concatWs(separator: Column | string, ...columns: readonly ColumnOrName[]): Column {
  return call("concat_ws", lit(separator), ...columns.map(columnOf));
}

/** Binary as text. */
export function decode(column: ColumnOrName, charset: Column | string): Column {
  return call("decode", columnOf(column), lit(charset));
}

/** Text as binary. */
export function encode(column: ColumnOrName, charset: Column | string): Column {
  return call("encode", columnOf(column), lit(charset));
}

/** Whether the text ends with that of another column. Spark: `endswith`. */
export function endsWith(text: ColumnOrName, suffix: ColumnOrName): Column {
  return call("endswith", columnOf(text), columnOf(suffix));
}

/** The number with commas between thousands and so many decimals. Spark: `format_number`. */
export function formatNumber(column: ColumnOrName, decimals: ColumnOrName | number): Column {
  return call("format_number", columnOf(column), columnOrNumber(decimals));
}

/** The columns in a format of `printf`. Spark: `format_string`. */
export function formatString(format: Column | string, ...columns: readonly ColumnOrName[]): Column {
  return call("format_string", lit(format), ...columns.map(columnOf));
}

/** With every word begun in upper case. */
export function initcap(column: ColumnOrName): Column {
  return call("initcap", columnOf(column));
}

/** Where the part first occurs, from 1; 0 when it does not. */
export function instr(text: ColumnOrName, part: Column | string): Column {
  return call("instr", columnOf(text), lit(part));
}

/** The first characters. */
export function left(text: ColumnOrName, length: ColumnOrName | number): Column {
  return call("left", columnOf(text), columnOrNumber(length));
}

/** The number of characters, or of bytes. */
export function length(column: ColumnOrName): Column {
  return call("length", columnOf(column));
}

/** How many edits make one text of the other. */
export function levenshtein(left: ColumnOrName, right: ColumnOrName, threshold?: unknown): Column {
  return call("levenshtein", columnOf(left), columnOf(right), ...optional(threshold, lit));
}

/** Where the part occurs from `start` on, from 1; 0 when it does not. */
export function locate(part: Column | string, text: ColumnOrName, start?: unknown): Column {
  return call("locate", lit(part), columnOf(text), ...optional(start, lit));
}

/** In lower case. */
export function lower(column: ColumnOrName): Column {
  return call("lower", columnOf(column));
}

/** Filled up on the left, or cut, to a length. */
export function lpad(column: ColumnOrName, length: ColumnOrName | number, pad: Column | string): Column {
  return call("lpad", columnOf(column), columnOrNumber(length), lit(pad));
}

/** Without spaces, or the characters of another column, on the left. */
export function ltrim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("ltrim", columnOf(column), ...optional(trim, columnOf));
}

/** How often the Java regular expression matches. Spark: `regexp_count`. */
export function regexpCount(text: ColumnOrName, pattern: Column | string): Column {
  return call("regexp_count", columnOf(text), lit(pattern));
}

/** A group of the first match of the Java regular expression; empty when there is none. Spark: `regexp_extract`. */
export function regexpExtract(text: ColumnOrName, pattern: Column | string, group: unknown): Column {
  return call("regexp_extract", columnOf(text), lit(pattern), lit(group));
}

/** A group of every match of the Java regular expression, as an array. Spark: `regexp_extract_all`. */
export function regexpExtractAll(text: ColumnOrName, pattern: Column | string, group?: unknown): Column {
  return call("regexp_extract_all", columnOf(text), lit(pattern), ...optional(group, lit));
}

/** With every match of the Java regular expression replaced. Spark: `regexp_replace`. */
export function regexpReplace(
  text: ColumnOrName,
  pattern: Column | string,
  replacement: Column | string,
): Column {
  return call("regexp_replace", columnOf(text), lit(pattern), lit(replacement));
}

/** The text so many times. */
export function repeat(column: ColumnOrName, times: ColumnOrName | number): Column {
  return call("repeat", columnOf(column), columnOrNumber(times));
}

/** With every occurrence of a text replaced, or removed. */
export function replace(text: ColumnOrName, search: Column | string, replacement?: Column | string): Column {
  return call("replace", columnOf(text), lit(search), ...optional(replacement, lit));
}

/** The text or array back to front. */
export function reverse(column: ColumnOrName): Column {
  return call("reverse", columnOf(column));
}

/** The last characters. */
export function right(text: ColumnOrName, length: ColumnOrName | number): Column {
  return call("right", columnOf(text), columnOrNumber(length));
}

/** Filled up on the right, or cut, to a length. */
export function rpad(column: ColumnOrName, length: ColumnOrName | number, pad: Column | string): Column {
  return call("rpad", columnOf(column), columnOrNumber(length), lit(pad));
}

/** Without spaces, or the characters of another column, on the right. */
export function rtrim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("rtrim", columnOf(column), ...optional(trim, columnOf));
}

/** The Soundex code. */
export function soundex(column: ColumnOrName): Column {
  return call("soundex", columnOf(column));
}

/** The parts between matches of the Java regular expression, as an array. */
export function split(text: ColumnOrName, pattern: Column | string, limit?: unknown): Column {
  return call("split", columnOf(text), lit(pattern), ...optional(limit, lit));
}

/** One part of the text between separators, from 1; from the end when negative. Spark: `split_part`. */
export function splitPart(
  text: ColumnOrName,
  separator: Column | string,
  part: ColumnOrName | number,
): Column {
  return call("split_part", columnOf(text), lit(separator), columnOrNumber(part));
}

/** Whether the text starts with that of another column. Spark: `startswith`. */
export function startsWith(text: ColumnOrName, prefix: ColumnOrName): Column {
  return call("startswith", columnOf(text), columnOf(prefix));
}

/** The part that begins at `start` (the first is 1) and is `length` long. */
export function substring(
  text: ColumnOrName,
  start: ColumnOrName | number,
  length: ColumnOrName | number,
): Column {
  return call("substring", columnOf(text), columnOrNumber(start), columnOrNumber(length));
}

/** What is before the separator occurs for the `count`-th time; from the end when negative. Spark: `substring_index`. */
export function substringIndex(
  text: ColumnOrName,
  separator: Column | string,
  count: ColumnOrName | number,
): Column {
  return call("substring_index", columnOf(text), lit(separator), columnOrNumber(count));
}

/** With every character of `matching` replaced by that at its place in `replacement`. */
export function translate(
  text: ColumnOrName,
  matching: Column | string,
  replacement: Column | string,
): Column {
  return call("translate", columnOf(text), lit(matching), lit(replacement));
}

/** Without spaces, or the characters of another column, at both ends. */
export function trim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("trim", columnOf(column), ...optional(trim, columnOf));
}

/** Base64 text as binary. */
export function unbase64(column: ColumnOrName): Column {
  return call("unbase64", columnOf(column));
}

/** In upper case. */
export function upper(column: ColumnOrName): Column {
  return call("upper", columnOf(column));
}
