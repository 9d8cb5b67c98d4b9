import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, optional } from "./call.ts";

/**
 * A part of a URL, named by a column such as `lit("HOST")`, or one parameter of its query. The query fails on
 * text that is no URL. Spark: `parse_url`.
 *
 * @since 3.5.0
 */
export function parseUrl(url: ColumnOrName, part: ColumnOrName, key?: ColumnOrName): Column {
  return call("parse_url", columnOf(url), columnOf(part), ...optional(key, columnOf));
}

/**
 * As `parseUrl`, with NULL instead of an error. Spark: `try_parse_url`.
 *
 * @since 4.0.0
 */
export function tryParseUrl(url: ColumnOrName, part: ColumnOrName, key?: ColumnOrName): Column {
  return call("try_parse_url", columnOf(url), columnOf(part), ...optional(key, columnOf));
}

/**
 * As `urlDecode`, with NULL instead of an error. Spark: `try_url_decode`.
 *
 * @since 4.0.0
 */
export function tryUrlDecode(text: ColumnOrName): Column {
  return call("try_url_decode", columnOf(text));
}

/**
 * Text encoded for URLs (`application/x-www-form-urlencoded`) as it was. The query fails on text that is not.
 * Spark: `url_decode`.
 *
 * @since 3.5.0
 */
export function urlDecode(text: ColumnOrName): Column {
  return call("url_decode", columnOf(text));
}

/**
 * Text encoded for URLs (`application/x-www-form-urlencoded`). Spark: `url_encode`.
 *
 * @since 3.5.0
 */
export function urlEncode(text: ColumnOrName): Column {
  return call("url_encode", columnOf(text));
}
