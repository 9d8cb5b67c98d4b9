import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit } from "./call.ts";

/**
 * The number of bits that are set, as an INTEGER. Spark: `bit_count`.
 *
 * @since 3.5.0
 */
export function bitCount(column: ColumnOrName): Column {
  return call("bit_count", columnOf(column));
}

/**
 * The bit at a position, 0 or 1; position 0 is the lowest. The query fails when the type has no such bit.
 * Spark: `bit_get`.
 *
 * @since 3.5.0
 */
export function bitGet(column: ColumnOrName, position: ColumnOrName | number): Column {
  return call("bit_get", columnOf(column), columnOrNumber(position));
}

/**
 * With every bit the other way round. Spark: `bitwise_not`.
 *
 * @since 3.2.0
 */
export function bitwiseNot(column: ColumnOrName): Column {
  return call("~", columnOf(column));
}

/**
 * The same as `bitGet`. Spark: `getbit`.
 *
 * @since 3.5.0
 */
export function getBit(column: ColumnOrName, position: ColumnOrName | number): Column {
  return call("getbit", columnOf(column), columnOrNumber(position));
}

/**
 * Shifted left by so many bits. Spark: `shiftleft`.
 *
 * @since 3.2.0
 */
export function shiftLeft(column: ColumnOrName, bits: Column | number): Column {
  return call("shiftleft", columnOf(column), lit(bits));
}

/**
 * Shifted right by so many bits, the sign kept. Spark: `shiftright`.
 *
 * @since 3.2.0
 */
export function shiftRight(column: ColumnOrName, bits: Column | number): Column {
  return call("shiftright", columnOf(column), lit(bits));
}

/**
 * Shifted right by so many bits, zeros coming in. Spark: `shiftrightunsigned`.
 *
 * @since 3.2.0
 */
export function shiftRightUnsigned(column: ColumnOrName, bits: Column | number): Column {
  return call("shiftrightunsigned", columnOf(column), lit(bits));
}
