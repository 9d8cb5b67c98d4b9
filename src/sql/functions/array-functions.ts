import type { Column, ColumnOrName } from "../column.ts";
import {
  type ColumnList,
  call,
  columnList,
  columnOf,
  columnOrNumber,
  lit,
  optional,
  randomSeed,
} from "./call.ts";
import { lambda } from "./lambda.ts";

/**
 * The columns, given one by one or as one list, as one array.
 *
 * @since 1.4.0
 */
export function array(...columns: ColumnList): Column {
  return call("array", ...columnList(columns));
}

/**
 * The array with a value at its end. Spark: `array_append`.
 *
 * @since 3.4.0
 */
export function arrayAppend(column: ColumnOrName, value: unknown): Column {
  return call("array_append", columnOf(column), lit(value));
}

/**
 * The array without NULLs. Spark: `array_compact`.
 *
 * @since 3.4.0
 */
export function arrayCompact(column: ColumnOrName): Column {
  return call("array_compact", columnOf(column));
}

/**
 * Whether the array has the value. Spark: `array_contains`.
 *
 * @since 1.5.0
 */
export function arrayContains(column: ColumnOrName, value: unknown): Column {
  return call("array_contains", columnOf(column), lit(value));
}

/**
 * The array with every value once. Spark: `array_distinct`.
 *
 * @since 2.4.0
 */
export function arrayDistinct(column: ColumnOrName): Column {
  return call("array_distinct", columnOf(column));
}

/**
 * The different values that the other array does not have. Spark: `array_except`.
 *
 * @since 2.4.0
 */
export function arrayExcept(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_except", columnOf(left), columnOf(right));
}

/**
 * The array with a value put in at a position, from 1 or, from the end, from -1; NULLs fill a gap. Spark:
 * `array_insert`.
 *
 * @since 3.4.0
 */
export function arrayInsert(column: ColumnOrName, position: ColumnOrName | number, value: unknown): Column {
  return call("array_insert", columnOf(column), columnOrNumber(position), lit(value));
}

/**
 * The different values that both arrays have. Spark: `array_intersect`.
 *
 * @since 2.4.0
 */
export function arrayIntersect(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_intersect", columnOf(left), columnOf(right));
}

/**
 * The strings of the array with a delimiter between them; NULLs are left out where nothing replaces them.
 * Spark: `array_join`.
 *
 * @since 2.4.0
 */
export function arrayJoin(
  column: ColumnOrName,
  delimiter: Column | string,
  nullReplacement?: Column | string,
): Column {
  return call("array_join", columnOf(column), lit(delimiter), ...optional(nullReplacement, lit));
}

/**
 * The largest value of the array. Spark: `array_max`.
 *
 * @since 2.4.0
 */
export function arrayMax(column: ColumnOrName): Column {
  return call("array_max", columnOf(column));
}

/**
 * The smallest value of the array. Spark: `array_min`.
 *
 * @since 2.4.0
 */
export function arrayMin(column: ColumnOrName): Column {
  return call("array_min", columnOf(column));
}

/**
 * Where the value first is, from 1; 0 when it is not. Spark: `array_position`.
 *
 * @since 2.4.0
 */
export function arrayPosition(column: ColumnOrName, value: unknown): Column {
  return call("array_position", columnOf(column), lit(value));
}

/**
 * The array with a value at its beginning. Spark: `array_prepend`.
 *
 * @since 3.5.0
 */
export function arrayPrepend(column: ColumnOrName, value: unknown): Column {
  return call("array_prepend", columnOf(column), lit(value));
}

/**
 * The array without the value. Spark: `array_remove`.
 *
 * @since 2.4.0
 */
export function arrayRemove(column: ColumnOrName, value: unknown): Column {
  return call("array_remove", columnOf(column), lit(value));
}

/**
 * An array of the value so many times. Spark: `array_repeat`.
 *
 * @since 2.4.0
 */
export function arrayRepeat(column: ColumnOrName, count: ColumnOrName | number): Column {
  return call("array_repeat", columnOf(column), columnOrNumber(count));
}

/**
 * The number of elements of the array. Spark: `array_size`.
 *
 * @since 3.5.0
 */
export function arraySize(column: ColumnOrName): Column {
  return call("array_size", columnOf(column));
}

/**
 * The array in ascending order, NULLs last; or in the order of a comparator, which gives a negative INTEGER, 0 or
 * a positive one, never NULL, as its left element belongs before, with or after its right one. Spark: `array_sort`.
 *
 * @example arraySort("words", (left, right) => length(left).minus(length(right)))
 * @since 2.4.0
 */
export function arraySort(
  column: ColumnOrName,
  comparator?: (left: Column, right: Column) => Column,
): Column {
  const order = optional(comparator, (body) => lambda("arraySort", body, 2));
  return call("array_sort", columnOf(column), ...order);
}

/**
 * The different values of both arrays. Spark: `array_union`.
 *
 * @since 2.4.0
 */
export function arrayUnion(left: ColumnOrName, right: ColumnOrName): Column {
  return call("array_union", columnOf(left), columnOf(right));
}

/**
 * Whether both arrays have a value in common. Spark: `arrays_overlap`.
 *
 * @since 2.4.0
 */
export function arraysOverlap(left: ColumnOrName, right: ColumnOrName): Column {
  return call("arrays_overlap", columnOf(left), columnOf(right));
}

/**
 * Arrays as one array of structs, as long as the longest. Spark: `arrays_zip`.
 *
 * @since 2.4.0
 */
export function arraysZip(...columns: readonly ColumnOrName[]): Column {
  return call("arrays_zip", ...columns.map(columnOf));
}

/**
 * An array of arrays as one array.
 *
 * @since 2.4.0
 */
export function flatten(column: ColumnOrName): Column {
  return call("flatten", columnOf(column));
}

/**
 * The element of an array from 0; NULL outside of it.
 *
 * @since 3.4.0
 */
export function get(column: ColumnOrName, index: ColumnOrName | number): Column {
  return call("get", columnOf(column), columnOrNumber(index));
}

/**
 * An array from `start` to `stop`, both included, by `step` (1 or -1, or a day).
 *
 * @since 2.4.0
 */
export function sequence(
  start: ColumnOrName | number,
  stop: ColumnOrName | number,
  step?: ColumnOrName | number,
): Column {
  return call("sequence", columnOrNumber(start), columnOrNumber(stop), ...optional(step, columnOrNumber));
}

/**
 * The array in random order. Without a seed every call has its own.
 *
 * @since 2.4.0
 */
export function shuffle(column: ColumnOrName, seed: Column | number | bigint = randomSeed()): Column {
  return call("shuffle", columnOf(column), lit(seed));
}

/**
 * The part of the array that begins at `start` (from 1, or from the end when negative) and is `length` long.
 *
 * @since 2.4.0
 */
export function slice(
  column: ColumnOrName,
  start: ColumnOrName | number,
  length: ColumnOrName | number,
): Column {
  return call("slice", columnOf(column), columnOrNumber(start), columnOrNumber(length));
}

/**
 * The array in order; NULLs first when ascending, else last. Spark: `sort_array`.
 *
 * @since 1.5.0
 */
export function sortArray(column: ColumnOrName, ascending = true): Column {
  return call("sort_array", columnOf(column), lit(ascending));
}
