import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";
import { sketchOptions, type TupleSketchOptions, type TupleSummaryMode } from "./tuple-sketch-options.ts";

/**
 * The tuple sketch with DOUBLE summaries of the keys that the first has seen and the second has not. Spark:
 * `tuple_difference_double`.
 *
 * @since 4.2.0
 */
export function tupleDifferenceDouble(left: ColumnOrName, right: ColumnOrName): Column {
  return call("tuple_difference_double", columnOf(left), columnOf(right));
}

/**
 * The tuple sketch with LONG summaries of the keys that the first has seen and the second has not. Spark:
 * `tuple_difference_integer`.
 *
 * @since 4.2.0
 */
export function tupleDifferenceInteger(left: ColumnOrName, right: ColumnOrName): Column {
  return call("tuple_difference_integer", columnOf(left), columnOf(right));
}

/**
 * As `tupleDifferenceDouble`, with a theta sketch as the second. Spark: `tuple_difference_theta_double`.
 *
 * @since 4.2.0
 */
export function tupleDifferenceThetaDouble(left: ColumnOrName, theta: ColumnOrName): Column {
  return call("tuple_difference_theta_double", columnOf(left), columnOf(theta));
}

/**
 * As `tupleDifferenceInteger`, with a theta sketch as the second. Spark: `tuple_difference_theta_integer`.
 *
 * @since 4.2.0
 */
export function tupleDifferenceThetaInteger(left: ColumnOrName, theta: ColumnOrName): Column {
  return call("tuple_difference_theta_integer", columnOf(left), columnOf(theta));
}

/**
 * The tuple sketch with DOUBLE summaries of the keys that both have seen, summaries put together by `mode`
 * ("sum"). Spark: `tuple_intersection_double`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionDouble(
  left: ColumnOrName,
  right: ColumnOrName,
  mode?: Column | TupleSummaryMode,
): Column {
  return call("tuple_intersection_double", columnOf(left), columnOf(right), ...optional(mode, lit));
}

/**
 * The tuple sketch with LONG summaries of the keys that both have seen, summaries put together by `mode`
 * ("sum"). Spark: `tuple_intersection_integer`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionInteger(
  left: ColumnOrName,
  right: ColumnOrName,
  mode?: Column | TupleSummaryMode,
): Column {
  return call("tuple_intersection_integer", columnOf(left), columnOf(right), ...optional(mode, lit));
}

/**
 * As `tupleIntersectionDouble`, with a theta sketch as the second. Spark: `tuple_intersection_theta_double`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionThetaDouble(
  left: ColumnOrName,
  theta: ColumnOrName,
  mode?: Column | TupleSummaryMode,
): Column {
  return call("tuple_intersection_theta_double", columnOf(left), columnOf(theta), ...optional(mode, lit));
}

/**
 * As `tupleIntersectionInteger`, with a theta sketch as the second. Spark:
 * `tuple_intersection_theta_integer`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionThetaInteger(
  left: ColumnOrName,
  theta: ColumnOrName,
  mode?: Column | TupleSummaryMode,
): Column {
  return call("tuple_intersection_theta_integer", columnOf(left), columnOf(theta), ...optional(mode, lit));
}

/**
 * The tuple sketch with DOUBLE summaries of the keys that either has seen. Spark: `tuple_union_double`.
 *
 * @since 4.2.0
 */
export function tupleUnionDouble(
  left: ColumnOrName,
  right: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_union_double", columnOf(left), columnOf(right), ...sketchOptions(options));
}

/**
 * The tuple sketch with LONG summaries of the keys that either has seen. Spark: `tuple_union_integer`.
 *
 * @since 4.2.0
 */
export function tupleUnionInteger(
  left: ColumnOrName,
  right: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_union_integer", columnOf(left), columnOf(right), ...sketchOptions(options));
}

/**
 * As `tupleUnionDouble`, with a theta sketch as the second. Spark: `tuple_union_theta_double`.
 *
 * @since 4.2.0
 */
export function tupleUnionThetaDouble(
  left: ColumnOrName,
  theta: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_union_theta_double", columnOf(left), columnOf(theta), ...sketchOptions(options));
}

/**
 * As `tupleUnionInteger`, with a theta sketch as the second. Spark: `tuple_union_theta_integer`.
 *
 * @since 4.2.0
 */
export function tupleUnionThetaInteger(
  left: ColumnOrName,
  theta: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_union_theta_integer", columnOf(left), columnOf(theta), ...sketchOptions(options));
}
