import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/** The columns as one array. */
export function array(...columns: readonly ColumnOrName[]): Column {
  return call("array", ...columns.map(columnOf));
}

/** The array with a value at its end. Spark: `array_append`. */
export function arrayAppend(column: ColumnOrName, value: unknown): Column {
  return call("array_append", columnOf(column), lit(value));
}

/** The array without NULLs. Spark: `array_compact`. */
export function arrayCompact(column: ColumnOrName): Column {
  return call("array_compact", columnOf(column));
}

/** Whether the array has the value. Spark: `array_contains`. */
export function arrayContains(column: ColumnOrName, value: unknown): Column {
  return call("array_contains", columnOf(column), lit(value));
}

/** The array with every value once. Spark: `array_distinct`. */
export function arrayDistinct(column: ColumnOrName): Column {
  return call("array_distinct", columnOf(column));
}

/** The different values that the other array does not have. Spark: `array_except`. */
export function arrayExcept(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_except", columnOf(left), columnOf(right));
}

/** The different values that both arrays have. Spark: `array_intersect`. */
export function arrayIntersect(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_intersect", columnOf(left), columnOf(right));
}

/** The strings of the array with a delimiter between them. Spark: `array_join`. */
export function arrayJoin(column: ColumnOrName, delimiter: unknown, nullReplacement?: unknown): Column {
  return call("array_join", columnOf(column), lit(delimiter), ...optional(nullReplacement, lit));
}

/** The largest value of the array. Spark: `array_max`. */
export function arrayMax(column: ColumnOrName): Column {
  return call("array_max", columnOf(column));
}

/** The smallest value of the array. Spark: `array_min`. */
export function arrayMin(column: ColumnOrName): Column {
  return call("array_min", columnOf(column));
}

/** Where the value first is, from 1; 0 when it is not. Spark: `array_position`. */
export function arrayPosition(column: ColumnOrName, value: unknown): Column {
  return call("array_position", columnOf(column), lit(value));
}

/** The array without the value. Spark: `array_remove`. */
export function arrayRemove(column: ColumnOrName, value: unknown): Column {
  return call("array_remove", columnOf(column), lit(value));
}

/** An array of the value so many times. Spark: `array_repeat`. */
export function arrayRepeat(column: ColumnOrName, count: ColumnOrName | number): Column {
  return call("array_repeat", columnOf(column), columnOrNumber(count));
}

/** The number of elements of the array. Spark: `array_size`. */
export function arraySize(column: ColumnOrName): Column {
  return call("array_size", columnOf(column));
}

/** The array in ascending order, NULLs last. Spark: `array_sort`. */
export function arraySort(column: ColumnOrName): Column {
  return call("array_sort", columnOf(column));
}

/** The different values of both arrays. Spark: `array_union`. */
export function arrayUnion(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_union", columnOf(left), columnOf(right));
}

/** Whether both arrays have a value in common. Spark: `arrays_overlap`. */
export function arraysOverlap(left: ColumnOrName, right: ColumnOrName): Column {
  return call("arrays_overlap", columnOf(left), columnOf(right));
}

/** Arrays as one array of structs. Spark: `arrays_zip`. */
export function arraysZip(...columns: readonly ColumnOrName[]): Column {
  return call("arrays_zip", ...columns.map(columnOf));
}

/** The columns as a map: key, value, key, value. Spark: `map`. */
export function createMap(...columns: readonly ColumnOrName[]): Column {
  return call("map", ...columns.map(columnOf));
}

/** The element of an array from 1 (from the end when negative), or the value of a map. Spark: `element_at`. */
export function elementAt(column: ColumnOrName, key: unknown): Column {
  return call("element_at", columnOf(column), lit(key));
}

/** A row for every element of an array, or entry of a map. */
export function explode(column: ColumnOrName): Column {
  return call("explode", columnOf(column));
}

/** As `explode`, with one row of NULL for an empty or NULL one. Spark: `explode_outer`. */
export function explodeOuter(column: ColumnOrName): Column {
  return call("explode_outer", columnOf(column));
}

/** An array of arrays as one array. */
export function flatten(column: ColumnOrName): Column {
  return call("flatten", columnOf(column));
}

/** The element of an array from 0; NULL outside of it. */
export function get(column: ColumnOrName, index: ColumnOrName | number): Column {
  return call("get", columnOf(column), columnOrNumber(index));
}

/** A row for every struct of an array, a column for every field. */
export function inline(column: ColumnOrName): Column {
  return call("inline", columnOf(column));
}

/** Several maps as one. Spark: `map_concat`. */
export function mapConcat(...columns: readonly ColumnOrName[]): Column {
  return call("map_concat", ...columns.map(columnOf));
}

/** Whether the map has the key. Spark: `map_contains_key`. */
export function mapContainsKey(column: ColumnOrName, key: unknown): Column {
  return call("map_contains_key", columnOf(column), lit(key));
}

/** The entries of the map as an array of structs. Spark: `map_entries`. */
export function mapEntries(column: ColumnOrName): Column {
  return call("map_entries", columnOf(column));
}

/** A map of an array of keys and one of values. Spark: `map_from_arrays`. */
export function mapFromArrays(keys: ColumnOrName, values: ColumnOrName): Column {
  return call("map_from_arrays", columnOf(keys), columnOf(values));
}

/** A map of an array of structs. Spark: `map_from_entries`. */
export function mapFromEntries(column: ColumnOrName): Column {
  return call("map_from_entries", columnOf(column));
}

/** The keys of the map, in no certain order. Spark: `map_keys`. */
export function mapKeys(column: ColumnOrName): Column {
  return call("map_keys", columnOf(column));
}

/** The values of the map, in no certain order. Spark: `map_values`. */
export function mapValues(column: ColumnOrName): Column {
  return call("map_values", columnOf(column));
}

/** As `explode`, with the position from 0. */
export function posexplode(column: ColumnOrName): Column {
  return call("posexplode", columnOf(column));
}

/** As `explodeOuter`, with the position from 0. Spark: `posexplode_outer`. */
export function posexplodeOuter(column: ColumnOrName): Column {
  return call("posexplode_outer", columnOf(column));
}

/** An array from `start` to `stop`, both included. */
export function sequence(start: ColumnOrName, stop: ColumnOrName, step?: ColumnOrName): Column {
  return call("sequence", columnOf(start), columnOf(stop), ...optional(step, columnOf));
}

/** The array in random order. */
export function shuffle(column: ColumnOrName): Column {
  return call("shuffle", columnOf(column));
}

/** The number of elements of an array or map. */
export function size(column: ColumnOrName): Column {
  return call("size", columnOf(column));
}

/** The part of the array that begins at `start` (from 1) and is `length` long. */
export function slice(
  column: ColumnOrName,
  start: ColumnOrName | number,
  length: ColumnOrName | number,
): Column {
  return call("slice", columnOf(column), columnOrNumber(start), columnOrNumber(length));
}

/** The array in order; NULLs first when ascending, else last. Spark: `sort_array`. */
export function sortArray(column: ColumnOrName, ascending?: unknown): Column {
  return call("sort_array", columnOf(column), ...optional(ascending, lit));
}

/** The columns as one struct, with their names. */
export function struct(...columns: readonly ColumnOrName[]): Column {
  return call("struct", ...columns.map(columnOf));
}
