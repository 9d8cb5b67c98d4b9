import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * As a BINARY, a KLL sketch that merges those of whole numbers; without `k` (8 to 65,535) that of the first
 * one holds. Spark: `kll_merge_agg_bigint`.
 *
 * @since 4.1.2
 */
export function kllMergeAggBigint(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_merge_agg_bigint", columnOf(column), ...optional(k, lit));
}

/**
 * As a BINARY, a KLL sketch that merges those of FLOATs; without `k` (8 to 65,535) that of the first one
 * holds. Spark: `kll_merge_agg_float`.
 *
 * @since 4.1.2
 */
export function kllMergeAggFloat(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_merge_agg_float", columnOf(column), ...optional(k, lit));
}

/**
 * As a BINARY, a KLL sketch that merges those of DOUBLEs; without `k` (8 to 65,535) that of the first one
 * holds. Spark: `kll_merge_agg_double`.
 *
 * @since 4.1.2
 */
export function kllMergeAggDouble(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_merge_agg_double", columnOf(column), ...optional(k, lit));
}

/**
 * A KLL sketch of how whole numbers are distributed, as a BINARY; a larger `k` (8 to 65,535; 200) is more
 * accurate. Spark: `kll_sketch_agg_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchAggBigint(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_sketch_agg_bigint", columnOf(column), ...optional(k, lit));
}

/**
 * A KLL sketch of how FLOATs are distributed, as a BINARY; a larger `k` (8 to 65,535; 200) is more accurate.
 * Spark: `kll_sketch_agg_float`.
 *
 * @since 4.1.0
 */
export function kllSketchAggFloat(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_sketch_agg_float", columnOf(column), ...optional(k, lit));
}

/**
 * A KLL sketch of how DOUBLEs are distributed, as a BINARY; a larger `k` (8 to 65,535; 200) is more accurate.
 * Spark: `kll_sketch_agg_double`.
 *
 * @since 4.1.0
 */
export function kllSketchAggDouble(column: ColumnOrName, k?: Column | number): Column {
  return call("kll_sketch_agg_double", columnOf(column), ...optional(k, lit));
}

/**
 * The number of values that a KLL sketch of whole numbers has seen, as a LONG. Spark:
 * `kll_sketch_get_n_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchGetNBigint(column: ColumnOrName): Column {
  return call("kll_sketch_get_n_bigint", columnOf(column));
}

/**
 * The number of values that a KLL sketch of FLOATs has seen, as a LONG. Spark: `kll_sketch_get_n_float`.
 *
 * @since 4.1.0
 */
export function kllSketchGetNFloat(column: ColumnOrName): Column {
  return call("kll_sketch_get_n_float", columnOf(column));
}

/**
 * The number of values that a KLL sketch of DOUBLEs has seen, as a LONG. Spark: `kll_sketch_get_n_double`.
 *
 * @since 4.1.0
 */
export function kllSketchGetNDouble(column: ColumnOrName): Column {
  return call("kll_sketch_get_n_double", columnOf(column));
}

/**
 * The value at a rank from 0 to 1 of a KLL sketch of whole numbers, or an array of them at several. Spark:
 * `kll_sketch_get_quantile_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchGetQuantileBigint(sketch: ColumnOrName, rank: ColumnOrName): Column {
  return call("kll_sketch_get_quantile_bigint", columnOf(sketch), columnOf(rank));
}

/**
 * The value at a rank from 0 to 1 of a KLL sketch of FLOATs, or an array of them at several. Spark:
 * `kll_sketch_get_quantile_float`.
 *
 * @since 4.1.0
 */
export function kllSketchGetQuantileFloat(sketch: ColumnOrName, rank: ColumnOrName): Column {
  return call("kll_sketch_get_quantile_float", columnOf(sketch), columnOf(rank));
}

/**
 * The value at a rank from 0 to 1 of a KLL sketch of DOUBLEs, or an array of them at several. Spark:
 * `kll_sketch_get_quantile_double`.
 *
 * @since 4.1.0
 */
export function kllSketchGetQuantileDouble(sketch: ColumnOrName, rank: ColumnOrName): Column {
  return call("kll_sketch_get_quantile_double", columnOf(sketch), columnOf(rank));
}

/**
 * The rank from 0 to 1 of a value in a KLL sketch of whole numbers, or an array of them of several. Spark:
 * `kll_sketch_get_rank_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchGetRankBigint(sketch: ColumnOrName, quantile: ColumnOrName): Column {
  return call("kll_sketch_get_rank_bigint", columnOf(sketch), columnOf(quantile));
}

/**
 * The rank from 0 to 1 of a value in a KLL sketch of FLOATs, or an array of them of several. Spark:
 * `kll_sketch_get_rank_float`.
 *
 * @since 4.1.0
 */
export function kllSketchGetRankFloat(sketch: ColumnOrName, quantile: ColumnOrName): Column {
  return call("kll_sketch_get_rank_float", columnOf(sketch), columnOf(quantile));
}

/**
 * The rank from 0 to 1 of a value in a KLL sketch of DOUBLEs, or an array of them of several. Spark:
 * `kll_sketch_get_rank_double`.
 *
 * @since 4.1.0
 */
export function kllSketchGetRankDouble(sketch: ColumnOrName, quantile: ColumnOrName): Column {
  return call("kll_sketch_get_rank_double", columnOf(sketch), columnOf(quantile));
}

/**
 * The KLL sketch of what two sketches of whole numbers have seen. Spark: `kll_sketch_merge_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchMergeBigint(left: ColumnOrName, right: ColumnOrName): Column {
  return call("kll_sketch_merge_bigint", columnOf(left), columnOf(right));
}

/**
 * The KLL sketch of what two sketches of FLOATs have seen. Spark: `kll_sketch_merge_float`.
 *
 * @since 4.1.0
 */
export function kllSketchMergeFloat(left: ColumnOrName, right: ColumnOrName): Column {
  return call("kll_sketch_merge_float", columnOf(left), columnOf(right));
}

/**
 * The KLL sketch of what two sketches of DOUBLEs have seen. Spark: `kll_sketch_merge_double`.
 *
 * @since 4.1.0
 */
export function kllSketchMergeDouble(left: ColumnOrName, right: ColumnOrName): Column {
  return call("kll_sketch_merge_double", columnOf(left), columnOf(right));
}

/**
 * A text for people about a KLL sketch of whole numbers. Spark: `kll_sketch_to_string_bigint`.
 *
 * @since 4.1.0
 */
export function kllSketchToStringBigint(column: ColumnOrName): Column {
  return call("kll_sketch_to_string_bigint", columnOf(column));
}

/**
 * A text for people about a KLL sketch of FLOATs. Spark: `kll_sketch_to_string_float`.
 *
 * @since 4.1.0
 */
export function kllSketchToStringFloat(column: ColumnOrName): Column {
  return call("kll_sketch_to_string_float", columnOf(column));
}

/**
 * A text for people about a KLL sketch of DOUBLEs. Spark: `kll_sketch_to_string_double`.
 *
 * @since 4.1.0
 */
export function kllSketchToStringDouble(column: ColumnOrName): Column {
  return call("kll_sketch_to_string_double", columnOf(column));
}
