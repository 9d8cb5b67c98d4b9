import { namedValues } from "../../core/named-values.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * Binary as base64 text.
 *
 * @since 1.5.0
 */
export function base64(column: ColumnOrName): Column {
  return call("base64", columnOf(column));
}

/**
 * The text with a collation such as `UNICODE_CI`, which says how it compares and sorts.
 *
 * @since 4.0.0
 */
export function collate(column: ColumnOrName, collation: string): Column {
  return call("collate", columnOf(column), lit(collation));
}

/**
 * The name of the text's collation.
 *
 * @since 4.0.0
 */
export function collation(column: ColumnOrName): Column {
  return call("collation", columnOf(column));
}

/**
 * Binary as text of a charset such as `UTF-8`.
 *
 * @since 1.5.0
 */
export function decode(column: ColumnOrName, charset: Column | string): Column {
  return call("decode", columnOf(column), lit(charset));
}

/**
 * Text as binary in a charset such as `UTF-8`.
 *
 * @since 1.5.0
 */
export function encode(column: ColumnOrName, charset: Column | string): Column {
  return call("encode", columnOf(column), lit(charset));
}

/**
 * The number with commas between thousands and so many decimals. Spark: `format_number`.
 *
 * @since 1.5.0
 */
export function formatNumber(column: ColumnOrName, decimals: Column | number): Column {
  return call("format_number", columnOf(column), lit(decimals));
}

/**
 * The columns in a format of `printf`. Spark: `format_string`.
 *
 * @since 1.5.0
 */
export function formatString(format: Column | string, ...columns: readonly ColumnOrName[]): Column {
  return call("format_string", lit(format), ...columns.map(columnOf));
}

/**
 * Whether the bytes of the text are valid UTF-8. Spark: `is_valid_utf8`.
 *
 * @since 4.0.0
 */
export function isValidUtf8(text: ColumnOrName): Column {
  return call("is_valid_utf8", columnOf(text));
}

/**
 * The text with bytes that are not valid UTF-8 replaced by U+FFFD. Spark: `make_valid_utf8`.
 *
 * @since 4.0.0
 */
export function makeValidUtf8(text: ColumnOrName): Column {
  return call("make_valid_utf8", columnOf(text));
}

/** What `mask` writes for characters of each kind, each a column or the name of one: wrap text in `lit`. */
export interface MaskOptions {
  /** For upper-case letters. @default lit("X") */
  readonly upperChar?: ColumnOrName;
  /** For lower-case letters. @default lit("x") */
  readonly lowerChar?: ColumnOrName;
  /** For digits. @default lit("n") */
  readonly digitChar?: ColumnOrName;
  /** For all others; NULL leaves them. @default lit(null) */
  readonly otherChar?: ColumnOrName;
}

/**
 * The text with every character written over by one for its kind; a NULL leaves that kind as it is.
 *
 * @since 3.5.0
 */
export function mask(column: ColumnOrName, options: MaskOptions = {}): Column {
  const {
    upperChar = lit("X"),
    lowerChar = lit("x"),
    digitChar = lit("n"),
    otherChar = lit(null),
  } = namedValues("mask()", options);
  return call("mask", ...[column, upperChar, lowerChar, digitChar, otherChar].map(columnOf));
}

/**
 * As `formatString`, with the format in a column.
 *
 * @since 3.5.0
 */
export function printf(format: ColumnOrName, ...columns: readonly ColumnOrName[]): Column {
  return call("printf", columnOf(format), ...columns.map(columnOf));
}

/**
 * The text in single quotes, those inside escaped, as in SQL.
 *
 * @since 4.1.0
 */
export function quote(column: ColumnOrName): Column {
  return call("quote", columnOf(column));
}

/**
 * Text as binary; the format is a column with `hex`, `utf-8` or `base64`, hex without one. The query fails on
 * text that is not of the format. Spark: `to_binary`.
 *
 * @since 3.5.0
 */
export function toBinary(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("to_binary", columnOf(column), ...optional(format, columnOf));
}

/**
 * A number, date, timestamp or binary as text by the format of a column, such as `lit("$99.99")`. Spark:
 * `to_char`.
 *
 * @since 3.5.0
 */
export function toChar(column: ColumnOrName, format: ColumnOrName): Column {
  return call("to_char", columnOf(column), columnOf(format));
}

/**
 * Text as a DECIMAL by the format of a column, such as `lit("$99.99")`. The query fails on text that is not
 * of the format. Spark: `to_number`.
 *
 * @since 3.5.0
 */
export function toNumber(column: ColumnOrName, format: ColumnOrName): Column {
  return call("to_number", columnOf(column), columnOf(format));
}

/**
 * The same as `toChar`. Spark: `to_varchar`.
 *
 * @since 3.5.0
 */
export function toVarchar(column: ColumnOrName, format: ColumnOrName): Column {
  return call("to_varchar", columnOf(column), columnOf(format));
}

/**
 * As `toBinary`, with NULL instead of an error. Spark: `try_to_binary`.
 *
 * @since 3.5.0
 */
export function tryToBinary(column: ColumnOrName, format?: ColumnOrName): Column {
  return call("try_to_binary", columnOf(column), ...optional(format, columnOf));
}

/**
 * As `toNumber`, with NULL instead of an error. Spark: `try_to_number`.
 *
 * @since 3.5.0
 */
export function tryToNumber(column: ColumnOrName, format: ColumnOrName): Column {
  return call("try_to_number", columnOf(column), columnOf(format));
}

/**
 * The text, or NULL when its bytes are not valid UTF-8. Spark: `try_validate_utf8`.
 *
 * @since 4.0.0
 */
export function tryValidateUtf8(text: ColumnOrName): Column {
  return call("try_validate_utf8", columnOf(text));
}

/**
 * Base64 text as binary.
 *
 * @since 1.5.0
 */
export function unbase64(column: ColumnOrName): Column {
  return call("unbase64", columnOf(column));
}

/**
 * The text. The query fails when its bytes are not valid UTF-8. Spark: `validate_utf8`.
 *
 * @since 4.0.0
 */
export function validateUtf8(text: ColumnOrName): Column {
  return call("validate_utf8", columnOf(text));
}
