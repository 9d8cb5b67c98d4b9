import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf } from "./call.ts";

/**
 * The bitmap that has the bits of all bitmaps in common. Spark: `bitmap_and_agg`.
 *
 * @since 4.1.0
 */
export function bitmapAndAgg(column: ColumnOrName): Column {
  return call("bitmap_and_agg", columnOf(column));
}

/**
 * The bit, from 0 to 32,767, that stands for a LONG within its bucket. Spark: `bitmap_bit_position`.
 *
 * @since 3.5.0
 */
export function bitmapBitPosition(column: ColumnOrName): Column {
  return call("bitmap_bit_position", columnOf(column));
}

/**
 * The number of the bucket, of 32,768 values each, that a LONG belongs to. Spark: `bitmap_bucket_number`.
 *
 * @since 3.5.0
 */
export function bitmapBucketNumber(column: ColumnOrName): Column {
  return call("bitmap_bucket_number", columnOf(column));
}

/**
 * A bitmap (a BINARY of 4,096 bytes) with the bits of all positions set. Spark: `bitmap_construct_agg`.
 *
 * @since 3.5.0
 */
export function bitmapConstructAgg(column: ColumnOrName): Column {
  return call("bitmap_construct_agg", columnOf(column));
}

/**
 * The number of bits set in a bitmap. Spark: `bitmap_count`.
 *
 * @since 3.5.0
 */
export function bitmapCount(column: ColumnOrName): Column {
  return call("bitmap_count", columnOf(column));
}

/**
 * The bitmap that has the bits of any bitmap. Spark: `bitmap_or_agg`.
 *
 * @since 3.5.0
 */
export function bitmapOrAgg(column: ColumnOrName): Column {
  return call("bitmap_or_agg", columnOf(column));
}
