import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";
import { lambda, lambdaWithIndex } from "./lambda.ts";

/**
 * One value of an array: `merge` takes what has come together so far, beginning with `initialValue`, and the next
 * element; `finish` turns the last of it into the result. A string is the name of a column, as everywhere: wrap
 * an initial value in `lit`, in the type that `merge` gives.
 *
 * @example aggregate("amounts", lit(0), (sum, amount) => sum.plus(amount), (sum) => sum.divide(size("amounts")))
 * @since 3.1.0
 */
export function aggregate(
  column: ColumnOrName,
  initialValue: ColumnOrName,
  merge: (accumulated: Column, element: Column) => Column,
  finish?: (accumulated: Column) => Column,
): Column {
  return fold("aggregate", column, initialValue, merge, finish);
}

/**
 * The number of elements of an array or map, as an INTEGER; NULL for NULL, which is -1 where ANSI mode is off.
 *
 * @since 3.5.0
 */
export function cardinality(column: ColumnOrName): Column {
  return call("cardinality", columnOf(column));
}

/**
 * The element of an array from 1 (from the end when negative), or the value of a map, NULL where it has no such
 * key. The query fails outside of an array; where ANSI mode is off that is NULL. Spark: `element_at`.
 *
 * @since 2.4.0
 */
export function elementAt(column: ColumnOrName, key: unknown): Column {
  return call("element_at", columnOf(column), lit(key));
}

/**
 * Whether the predicate is true for an element of the array.
 *
 * @since 3.1.0
 */
export function exists(column: ColumnOrName, predicate: (element: Column) => Column): Column {
  return call("exists", columnOf(column), lambda("exists", predicate, 1));
}

/**
 * The elements of the array for which the predicate is true. It gets the index, from 0, too when it declares a
 * second parameter.
 *
 * @example filter("dates", (date, i) => i.gt(0).and(year(date).eq(2026)))
 * @since 3.1.0
 */
export function filter(column: ColumnOrName, predicate: (element: Column, index: Column) => Column): Column {
  return call("filter", columnOf(column), lambdaWithIndex("filter", predicate));
}

/**
 * Whether the predicate is true for all elements of the array.
 *
 * @since 3.1.0
 */
export function forall(column: ColumnOrName, predicate: (element: Column) => Column): Column {
  return call("forall", columnOf(column), lambda("forall", predicate, 1));
}

/**
 * The same as `aggregate`.
 *
 * @since 3.5.0
 */
export function reduce(
  column: ColumnOrName,
  initialValue: ColumnOrName,
  merge: (accumulated: Column, element: Column) => Column,
  finish?: (accumulated: Column) => Column,
): Column {
  return fold("reduce", column, initialValue, merge, finish);
}

/**
 * The number of elements of an array or map, as an INTEGER; NULL for NULL, which is -1 where ANSI mode is off.
 *
 * @since 1.5.0
 */
export function size(column: ColumnOrName): Column {
  return call("size", columnOf(column));
}

/**
 * The array of what the function makes of every element. It gets the index, from 0, too when it declares a second
 * parameter.
 *
 * @example transform("prices", (price) => price.multiply(1.2))
 * @since 3.1.0
 */
export function transform(column: ColumnOrName, body: (element: Column, index: Column) => Column): Column {
  return call("transform", columnOf(column), lambdaWithIndex("transform", body));
}

/**
 * As `elementAt` with the index or key in a column; NULL where there is none. Spark: `try_element_at`.
 *
 * @since 3.5.0
 */
export function tryElementAt(column: ColumnOrName, key: ColumnOrName | number): Column {
  return call("try_element_at", columnOf(column), columnOrNumber(key));
}

/**
 * The array of what the function makes of each two elements; the shorter array goes on with NULLs. Spark:
 * `zip_with`.
 *
 * @since 3.1.0
 */
export function zipWith(
  left: ColumnOrName,
  right: ColumnOrName,
  body: (left: Column, right: Column) => Column,
): Column {
  return call("zip_with", columnOf(left), columnOf(right), lambda("zipWith", body, 2));
}

function fold(
  name: "aggregate" | "reduce",
  column: ColumnOrName,
  initialValue: ColumnOrName,
  merge: (accumulated: Column, element: Column) => Column,
  finish: ((accumulated: Column) => Column) | undefined,
): Column {
  const bodies = [lambda(name, merge, 2), ...optional(finish, (body) => lambda(name, body, 1))];
  return call(name, columnOf(column), columnOf(initialValue), ...bodies);
}
