import type { Column, ColumnOrName } from "../column.ts";
import { type ColumnList, call, columnList, columnOf, lit } from "./call.ts";
import { lambda } from "./lambda.ts";

/**
 * The columns, given one by one or as one list, as a map: key, value, key, value. The query fails on a NULL key and
 * on two alike. Spark: `create_map`.
 *
 * @since 2.0.0
 */
export function createMap(...columns: ColumnList): Column {
  return call("map", ...columnList(columns));
}

/**
 * Several maps, given one by one or as one list, as one. The query fails where a key is in two of them. Spark:
 * `map_concat`.
 *
 * @since 2.4.0
 */
export function mapConcat(...columns: ColumnList): Column {
  return call("map_concat", ...columnList(columns));
}

/**
 * Whether the map has the key. Spark: `map_contains_key`.
 *
 * @since 3.4.0
 */
export function mapContainsKey(column: ColumnOrName, key: unknown): Column {
  return call("map_contains_key", columnOf(column), lit(key));
}

/**
 * The entries of the map as an array of structs of `key` and `value`. Spark: `map_entries`.
 *
 * @since 3.0.0
 */
export function mapEntries(column: ColumnOrName): Column {
  return call("map_entries", columnOf(column));
}

/**
 * The entries of the map for which the predicate is true. Spark: `map_filter`.
 *
 * @since 3.1.0
 */
export function mapFilter(column: ColumnOrName, predicate: (key: Column, value: Column) => Column): Column {
  return call("map_filter", columnOf(column), lambda("mapFilter", predicate, 2));
}

/**
 * A map of an array of keys and one of values. Spark: `map_from_arrays`.
 *
 * @since 2.4.0
 */
export function mapFromArrays(keys: ColumnOrName, values: ColumnOrName): Column {
  return call("map_from_arrays", columnOf(keys), columnOf(values));
}

/**
 * A map of an array of structs. Spark: `map_from_entries`.
 *
 * @since 2.4.0
 */
export function mapFromEntries(column: ColumnOrName): Column {
  return call("map_from_entries", columnOf(column));
}

/**
 * The keys of the map, in no certain order. Spark: `map_keys`.
 *
 * @since 2.3.0
 */
export function mapKeys(column: ColumnOrName): Column {
  return call("map_keys", columnOf(column));
}

/**
 * The values of the map, in no certain order. Spark: `map_values`.
 *
 * @since 2.3.0
 */
export function mapValues(column: ColumnOrName): Column {
  return call("map_values", columnOf(column));
}

/**
 * A map of the keys of both, with what the function makes of a key and its two values; NULL where one has
 * none. Spark: `map_zip_with`.
 *
 * @since 3.1.0
 */
export function mapZipWith(
  left: ColumnOrName,
  right: ColumnOrName,
  body: (key: Column, left: Column, right: Column) => Column,
): Column {
  return call("map_zip_with", columnOf(left), columnOf(right), lambda("mapZipWith", body, 3));
}

/**
 * A map of a text such as `a:1,b:2`; the delimiters, regular expressions in columns, are `,` and `:`. Spark:
 * `str_to_map`.
 *
 * @since 3.5.0
 */
export function strToMap(
  text: ColumnOrName,
  pairDelimiter?: ColumnOrName,
  keyValueDelimiter?: ColumnOrName,
): Column {
  return call(
    "str_to_map",
    columnOf(text),
    pairDelimiter === undefined ? lit(",") : columnOf(pairDelimiter),
    keyValueDelimiter === undefined ? lit(":") : columnOf(keyValueDelimiter),
  );
}

/**
 * The map with what the function makes of a key and its value as the key; two alike are an error. Spark:
 * `transform_keys`.
 *
 * @since 3.1.0
 */
export function transformKeys(column: ColumnOrName, body: (key: Column, value: Column) => Column): Column {
  return call("transform_keys", columnOf(column), lambda("transformKeys", body, 2));
}

/**
 * The map with what the function makes of a key and its value as the value. Spark: `transform_values`.
 *
 * @since 3.1.0
 */
export function transformValues(column: ColumnOrName, body: (key: Column, value: Column) => Column): Column {
  return call("transform_values", columnOf(column), lambda("transformValues", body, 2));
}
