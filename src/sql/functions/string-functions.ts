import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * The Unicode number of the first character; 0 for an empty text.
 *
 * @since 1.5.0
 */
export function ascii(column: ColumnOrName): Column {
  return call("ascii", columnOf(column));
}

/**
 * The number of bits of a text in UTF-8, or of a binary. Spark: `bit_length`.
 *
 * @since 3.3.0
 */
export function bitLength(column: ColumnOrName): Column {
  return call("bit_length", columnOf(column));
}

/**
 * Without spaces, or the characters of another column, at both ends.
 *
 * @since 3.5.0
 */
export function btrim(text: ColumnOrName, trim?: ColumnOrName): Column {
  return call("btrim", columnOf(text), ...optional(trim, columnOf));
}

/**
 * The character of a number, taken modulo 256; empty for a negative one.
 *
 * @since 3.5.0
 */
export function char(column: ColumnOrName): Column {
  return call("char", columnOf(column));
}

/**
 * The number of characters of a text, or of bytes of a binary. Spark: `char_length`.
 *
 * @since 3.5.0
 */
export function charLength(text: ColumnOrName): Column {
  return call("char_length", columnOf(text));
}

/**
 * The same as `charLength`. Spark: `character_length`.
 *
 * @since 3.5.0
 */
export function characterLength(text: ColumnOrName): Column {
  return call("character_length", columnOf(text));
}

/**
 * The same as `char`.
 *
 * @since 4.1.0
 */
export function chr(column: ColumnOrName): Column {
  return call("chr", columnOf(column));
}

/**
 * The columns one after another: strings, binaries or arrays; NULL when one is.
 *
 * @since 1.5.0
 */
export function concat(...columns: readonly ColumnOrName[]): Column {
  return call("concat", ...columns.map(columnOf));
}

/**
 * The strings with a separator between them, NULLs passed over; arrays of strings count as many. Spark:
 * `concat_ws`.
 *
 * @since 1.5.0
 */
export function concatWs(separator: Column | string, ...columns: readonly ColumnOrName[]): Column {
  return call("concat_ws", lit(separator), ...columns.map(columnOf));
}

/**
 * With every word begun in upper case.
 *
 * @since 1.5.0
 */
export function initcap(column: ColumnOrName): Column {
  return call("initcap", columnOf(column));
}

/**
 * The same as `lower`.
 *
 * @since 3.5.0
 */
export function lcase(text: ColumnOrName): Column {
  return call("lcase", columnOf(text));
}

/**
 * The number of characters of a text, or of bytes of a binary; spaces at the end count.
 *
 * @since 1.5.0
 */
export function length(column: ColumnOrName): Column {
  return call("length", columnOf(column));
}

/**
 * How many edits make one text of the other; -1 when more than the threshold.
 *
 * @since 1.5.0
 */
export function levenshtein(left: ColumnOrName, right: ColumnOrName, threshold?: Column | number): Column {
  return call("levenshtein", columnOf(left), columnOf(right), ...optional(threshold, lit));
}

/**
 * In lower case.
 *
 * @since 1.5.0
 */
export function lower(column: ColumnOrName): Column {
  return call("lower", columnOf(column));
}

/**
 * Filled up on the left, or cut, to a length.
 *
 * @since 1.5.0
 */
export function lpad(column: ColumnOrName, length: Column | number, pad: Column | string): Column {
  return call("lpad", columnOf(column), lit(length), lit(pad));
}

/**
 * Without spaces, or the characters of another column, on the left.
 *
 * @since 1.5.0
 */
export function ltrim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("ltrim", ...optional(trim, columnOf), columnOf(column));
}

/**
 * Without spaces, or the characters of another column, on the right.
 *
 * @since 1.5.0
 */
export function rtrim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("rtrim", ...optional(trim, columnOf), columnOf(column));
}

/**
 * Without spaces, or the characters of another column, at both ends.
 *
 * @since 1.5.0
 */
export function trim(column: ColumnOrName, trim?: ColumnOrName): Column {
  return call("trim", ...optional(trim, columnOf), columnOf(column));
}

/**
 * The number of bytes of a text in UTF-8, or of a binary. Spark: `octet_length`.
 *
 * @since 3.3.0
 */
export function octetLength(column: ColumnOrName): Column {
  return call("octet_length", columnOf(column));
}

/**
 * The text so many times.
 *
 * @since 1.5.0
 */
export function repeat(column: ColumnOrName, times: ColumnOrName | number): Column {
  return call("repeat", columnOf(column), columnOrNumber(times));
}

/**
 * With every occurrence of the text of another column replaced by that of a third, or removed; wrap text in
 * `lit`.
 *
 * @since 3.5.0
 */
export function replace(text: ColumnOrName, search: ColumnOrName, replacement?: ColumnOrName): Column {
  return call("replace", columnOf(text), columnOf(search), ...optional(replacement, columnOf));
}

/**
 * The text or array back to front.
 *
 * @since 1.5.0
 */
export function reverse(column: ColumnOrName): Column {
  return call("reverse", columnOf(column));
}

/**
 * Filled up on the right, or cut, to a length.
 *
 * @since 1.5.0
 */
export function rpad(column: ColumnOrName, length: Column | number, pad: Column | string): Column {
  return call("rpad", columnOf(column), lit(length), lit(pad));
}

/**
 * The text as an array of sentences, each an array of words, by the rules of a language such as `en` and a
 * country such as `US`.
 *
 * @since 3.2.0
 */
export function sentences(
  text: ColumnOrName,
  language: ColumnOrName = lit(""),
  country: ColumnOrName = lit(""),
): Column {
  return call("sentences", columnOf(text), columnOf(language), columnOf(country));
}

/**
 * The Soundex code: English words that sound alike have the same.
 *
 * @since 1.5.0
 */
export function soundex(column: ColumnOrName): Column {
  return call("soundex", columnOf(column));
}

/**
 * With every character of `matching` replaced by that at its place in `replacement`, or removed when there is
 * none.
 *
 * @since 1.5.0
 */
export function translate(
  text: ColumnOrName,
  matching: Column | string,
  replacement: Column | string,
): Column {
  return call("translate", columnOf(text), lit(matching), lit(replacement));
}

/**
 * The same as `upper`.
 *
 * @since 3.5.0
 */
export function ucase(text: ColumnOrName): Column {
  return call("ucase", columnOf(text));
}

/**
 * In upper case.
 *
 * @since 1.5.0
 */
export function upper(column: ColumnOrName): Column {
  return call("upper", columnOf(column));
}
