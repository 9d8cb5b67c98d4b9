import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";
import { sketchOptions, type TupleSketchOptions, type TupleSummaryMode } from "./tuple-sketch-options.ts";

/**
 * The tuple sketch with DOUBLE summaries of the keys that all of them have seen; `mode` ("sum") puts the
 * summaries of a key together. Spark: `tuple_intersection_agg_double`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionAggDouble(column: ColumnOrName, mode?: Column | TupleSummaryMode): Column {
  return call("tuple_intersection_agg_double", columnOf(column), ...optional(mode, lit));
}

/**
 * The tuple sketch with LONG summaries of the keys that all of them have seen; `mode` ("sum") puts the
 * summaries of a key together. Spark: `tuple_intersection_agg_integer`.
 *
 * @since 4.2.0
 */
export function tupleIntersectionAggInteger(column: ColumnOrName, mode?: Column | TupleSummaryMode): Column {
  return call("tuple_intersection_agg_integer", columnOf(column), ...optional(mode, lit));
}

/**
 * A tuple sketch, as a BINARY, of the different keys, each with a DOUBLE summary of its rows. Spark:
 * `tuple_sketch_agg_double`.
 *
 * @since 4.2.0
 */
export function tupleSketchAggDouble(
  key: ColumnOrName,
  summary: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_sketch_agg_double", columnOf(key), columnOf(summary), ...sketchOptions(options));
}

/**
 * A tuple sketch, as a BINARY, of the different keys, each with a LONG summary of its rows. Spark:
 * `tuple_sketch_agg_integer`.
 *
 * @since 4.2.0
 */
export function tupleSketchAggInteger(
  key: ColumnOrName,
  summary: ColumnOrName,
  options?: TupleSketchOptions,
): Column {
  return call("tuple_sketch_agg_integer", columnOf(key), columnOf(summary), ...sketchOptions(options));
}

/**
 * About how many different keys a tuple sketch with DOUBLE summaries has seen, as a DOUBLE. Spark:
 * `tuple_sketch_estimate_double`.
 *
 * @since 4.2.0
 */
export function tupleSketchEstimateDouble(column: ColumnOrName): Column {
  return call("tuple_sketch_estimate_double", columnOf(column));
}

/**
 * About how many different keys a tuple sketch with LONG summaries has seen, as a DOUBLE. Spark:
 * `tuple_sketch_estimate_integer`.
 *
 * @since 4.2.0
 */
export function tupleSketchEstimateInteger(column: ColumnOrName): Column {
  return call("tuple_sketch_estimate_integer", columnOf(column));
}

/**
 * The DOUBLE summaries of a tuple sketch as one, put together by `mode` ("sum"). Spark:
 * `tuple_sketch_summary_double`.
 *
 * @since 4.2.0
 */
export function tupleSketchSummaryDouble(column: ColumnOrName, mode?: Column | TupleSummaryMode): Column {
  return call("tuple_sketch_summary_double", columnOf(column), ...optional(mode, lit));
}

/**
 * The LONG summaries of a tuple sketch as one, put together by `mode` ("sum"). Spark:
 * `tuple_sketch_summary_integer`.
 *
 * @since 4.2.0
 */
export function tupleSketchSummaryInteger(column: ColumnOrName, mode?: Column | TupleSummaryMode): Column {
  return call("tuple_sketch_summary_integer", columnOf(column), ...optional(mode, lit));
}

/**
 * The share of keys, from 0 to 1, that a tuple sketch with DOUBLE summaries keeps: 1 while it has kept all.
 * Spark: `tuple_sketch_theta_double`.
 *
 * @since 4.2.0
 */
export function tupleSketchThetaDouble(column: ColumnOrName): Column {
  return call("tuple_sketch_theta_double", columnOf(column));
}

/**
 * The share of keys, from 0 to 1, that a tuple sketch with LONG summaries keeps: 1 while it has kept all.
 * Spark: `tuple_sketch_theta_integer`.
 *
 * @since 4.2.0
 */
export function tupleSketchThetaInteger(column: ColumnOrName): Column {
  return call("tuple_sketch_theta_integer", columnOf(column));
}

/**
 * The tuple sketch with DOUBLE summaries of the keys that any of them has seen. Spark:
 * `tuple_union_agg_double`.
 *
 * @since 4.2.0
 */
export function tupleUnionAggDouble(column: ColumnOrName, options?: TupleSketchOptions): Column {
  return call("tuple_union_agg_double", columnOf(column), ...sketchOptions(options));
}

/**
 * The tuple sketch with LONG summaries of the keys that any of them has seen. Spark:
 * `tuple_union_agg_integer`.
 *
 * @since 4.2.0
 */
export function tupleUnionAggInteger(column: ColumnOrName, options?: TupleSketchOptions): Column {
  return call("tuple_union_agg_integer", columnOf(column), ...sketchOptions(options));
}
