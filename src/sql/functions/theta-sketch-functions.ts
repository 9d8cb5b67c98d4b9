import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * The theta sketch of what the first has seen and the second has not. Spark: `theta_difference`.
 *
 * @since 4.1.0
 */
export function thetaDifference(left: ColumnOrName, right: ColumnOrName): Column {
  return call("theta_difference", columnOf(left), columnOf(right));
}

/**
 * The theta sketch of what both have seen. Spark: `theta_intersection`.
 *
 * @since 4.1.0
 */
export function thetaIntersection(left: ColumnOrName, right: ColumnOrName): Column {
  return call("theta_intersection", columnOf(left), columnOf(right));
}

/**
 * The theta sketch of what all of them have seen. Spark: `theta_intersection_agg`.
 *
 * @since 4.1.0
 */
export function thetaIntersectionAgg(column: ColumnOrName): Column {
  return call("theta_intersection_agg", columnOf(column));
}

/**
 * A theta sketch of the different values, as a BINARY, of 2 to the power of `lgNomEntries` (4 to 26; 12)
 * entries. Spark: `theta_sketch_agg`.
 *
 * @since 4.1.0
 */
export function thetaSketchAgg(column: ColumnOrName, lgNomEntries?: Column | number): Column {
  return call("theta_sketch_agg", columnOf(column), ...optional(lgNomEntries, lit));
}

/**
 * About how many different values a theta sketch has seen, as a LONG. Spark: `theta_sketch_estimate`.
 *
 * @since 4.1.0
 */
export function thetaSketchEstimate(column: ColumnOrName): Column {
  return call("theta_sketch_estimate", columnOf(column));
}

/**
 * The theta sketch of what either has seen, of 2 to the power of `lgNomEntries` (12) entries. Spark:
 * `theta_union`.
 *
 * @since 4.1.0
 */
export function thetaUnion(left: ColumnOrName, right: ColumnOrName, lgNomEntries?: Column | number): Column {
  return call("theta_union", columnOf(left), columnOf(right), ...optional(lgNomEntries, lit));
}

/**
 * The theta sketch of what any of them has seen, of 2 to the power of `lgNomEntries` (12) entries. Spark:
 * `theta_union_agg`.
 *
 * @since 4.1.0
 */
export function thetaUnionAgg(column: ColumnOrName, lgNomEntries?: Column | number): Column {
  return call("theta_union_agg", columnOf(column), ...optional(lgNomEntries, lit));
}
