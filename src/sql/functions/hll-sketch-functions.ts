import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * An HLL sketch of the different values, as a BINARY, of 2 to the power of `lgConfigK` (12) buckets. Spark:
 * `hll_sketch_agg`.
 *
 * @since 3.5.0
 */
export function hllSketchAgg(column: ColumnOrName, lgConfigK?: Column | number): Column {
  return call("hll_sketch_agg", columnOf(column), ...optional(lgConfigK, lit));
}

/**
 * About how many different values an HLL sketch has seen, as a LONG. Spark: `hll_sketch_estimate`.
 *
 * @since 3.5.0
 */
export function hllSketchEstimate(column: ColumnOrName): Column {
  return call("hll_sketch_estimate", columnOf(column));
}

/**
 * The HLL sketch of what either has seen; an error where their sizes differ, unless allowed. Spark:
 * `hll_union`.
 *
 * @since 3.5.0
 */
export function hllUnion(
  left: ColumnOrName,
  right: ColumnOrName,
  allowDifferentLgConfigK?: Column | boolean,
): Column {
  return call("hll_union", columnOf(left), columnOf(right), ...optional(allowDifferentLgConfigK, lit));
}

/**
 * The HLL sketch of what any of them has seen; an error where their sizes differ, unless allowed. Spark:
 * `hll_union_agg`.
 *
 * @since 3.5.0
 */
export function hllUnionAgg(column: ColumnOrName, allowDifferentLgConfigK?: Column | boolean): Column {
  return call("hll_union_agg", columnOf(column), ...optional(allowDifferentLgConfigK, lit));
}
