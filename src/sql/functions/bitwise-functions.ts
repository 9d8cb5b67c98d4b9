import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/** The number of bits that are set. Spark: `bit_count`. */
export function bitCount(column: ColumnOrName): Column {
  return call("bit_count", columnOf(column));
}

/** With every bit the other way round. Spark: `~`. */
export function bitwiseNot(column: ColumnOrName): Column {
  return call("~", columnOf(column));
}

/** Shifted left by so many bits. Spark: `shiftleft`. */
export function shiftLeft(column: ColumnOrName, bits: unknown): Column {
  return call("shiftleft", columnOf(column), lit(bits));
}

/** Shifted right by so many bits, the sign kept. Spark: `shiftright`. */
export function shiftRight(column: ColumnOrName, bits: unknown): Column {
  return call("shiftright", columnOf(column), lit(bits));
}

/** Shifted right by so many bits, zeros coming in. Spark: `shiftrightunsigned`. */
export function shiftRightUnsigned(column: ColumnOrName, bits: unknown): Column {
  return call("shiftrightunsigned", columnOf(column), lit(bits));
}
