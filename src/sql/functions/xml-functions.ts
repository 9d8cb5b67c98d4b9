import type { Column, ColumnOrName } from "../column.ts";
import type { StructType } from "../types/data-type.ts";
import { call, columnOf, lit, optional } from "./call.ts";
import { type FormatOptions, optionMap, schemaColumn } from "./format-options.ts";

/**
 * XML text as a struct. The schema is a struct type, DDL text, or a column such as that of `schemaOfXml`.
 * Spark: `from_xml`.
 *
 * @since 4.0.0
 */
export function fromXml(
  column: ColumnOrName,
  schema: StructType | Column | string,
  options?: FormatOptions,
): Column {
  return call("from_xml", columnOf(column), schemaColumn(schema), ...optional(options, optionMap));
}

/**
 * The schema of XML text as DDL. The text must be a constant. Spark: `schema_of_xml`.
 *
 * @since 4.0.0
 */
export function schemaOfXml(xml: Column | string, options?: FormatOptions): Column {
  return call("schema_of_xml", lit(xml), ...optional(options, optionMap));
}

/**
 * A struct as XML text. Spark: `to_xml`.
 *
 * @since 4.0.0
 */
export function toXml(column: ColumnOrName, options?: FormatOptions): Column {
  return call("to_xml", columnOf(column), ...optional(options, optionMap));
}

/**
 * The texts at an XPath of XML text, as an array. The path is a constant column: wrap text in `lit`.
 *
 * @since 3.5.0
 */
export function xpath(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath", columnOf(xml), columnOf(path));
}

/**
 * Whether an XPath is true of XML text, or matches a node. Spark: `xpath_boolean`.
 *
 * @since 3.5.0
 */
export function xpathBoolean(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_boolean", columnOf(xml), columnOf(path));
}

/**
 * The number at an XPath of XML text as a DOUBLE; NaN when there is none or it is not a number. Spark:
 * `xpath_double`.
 *
 * @since 3.5.0
 */
export function xpathDouble(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_double", columnOf(xml), columnOf(path));
}

/**
 * The number at an XPath of XML text as a FLOAT; NaN when there is none or it is not a number. Spark:
 * `xpath_float`.
 *
 * @since 3.5.0
 */
export function xpathFloat(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_float", columnOf(xml), columnOf(path));
}

/**
 * The number at an XPath of XML text as an INTEGER, its fraction cut off; 0 when there is none or it is not a
 * number. Spark: `xpath_int`.
 *
 * @since 3.5.0
 */
export function xpathInt(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_int", columnOf(xml), columnOf(path));
}

/**
 * The number at an XPath of XML text as a LONG, its fraction cut off; 0 when there is none or it is not a
 * number. Spark: `xpath_long`.
 *
 * @since 3.5.0
 */
export function xpathLong(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_long", columnOf(xml), columnOf(path));
}

/**
 * The same as `xpathDouble`. Spark: `xpath_number`.
 *
 * @since 3.5.0
 */
export function xpathNumber(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_number", columnOf(xml), columnOf(path));
}

/**
 * The number at an XPath of XML text as a SHORT, its fraction cut off; 0 when there is none or it is not a
 * number. Spark: `xpath_short`.
 *
 * @since 3.5.0
 */
export function xpathShort(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_short", columnOf(xml), columnOf(path));
}

/**
 * The text of the first node at an XPath of XML text; empty when there is none. Spark: `xpath_string`.
 *
 * @since 3.5.0
 */
export function xpathString(xml: ColumnOrName, path: ColumnOrName): Column {
  return call("xpath_string", columnOf(xml), columnOf(path));
}
