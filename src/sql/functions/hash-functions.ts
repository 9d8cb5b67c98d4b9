import { SparkwrightError } from "../../core/error.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/**
 * The CRC-32 of a text or a binary, as a LONG.
 *
 * @since 1.5.0
 */
export function crc32(column: ColumnOrName): Column {
  return call("crc32", columnOf(column));
}

/**
 * A Murmur3 hash of the columns, as an INTEGER.
 *
 * @since 2.0.0
 */
export function hash(...columns: readonly ColumnOrName[]): Column {
  return call("hash", ...columns.map(columnOf));
}

/**
 * The MD5 digest of a text or a binary as hexadecimal text.
 *
 * @since 1.5.0
 */
export function md5(column: ColumnOrName): Column {
  return call("md5", columnOf(column));
}

/**
 * The same as `sha1`.
 *
 * @since 3.5.0
 */
export function sha(column: ColumnOrName): Column {
  return call("sha", columnOf(column));
}

/**
 * The SHA-1 digest of a text or a binary as hexadecimal text.
 *
 * @since 1.5.0
 */
export function sha1(column: ColumnOrName): Column {
  return call("sha1", columnOf(column));
}

/**
 * The SHA-2 digest of a text or a binary as hexadecimal text, of 224, 256, 384 or 512 bits; 0 is 256. Thrown
 * when `bits` is another number (`USAGE_INVALID_ARGUMENT`).
 *
 * @since 1.5.0
 */
export function sha2(column: ColumnOrName, bits: 0 | 224 | 256 | 384 | 512): Column {
  if (![0, 224, 256, 384, 512].includes(bits)) {
    throw new SparkwrightError("USAGE_INVALID_ARGUMENT", `SHA-2 has no digest of ${String(bits)} bits`, {
      hint: "Pass 224, 256, 384 or 512; 0 is 256.",
    });
  }
  return call("sha2", columnOf(column), lit(bits));
}

/**
 * A 64-bit xxHash of the columns, as a LONG.
 *
 * @since 3.0.0
 */
export function xxhash64(...columns: readonly ColumnOrName[]): Column {
  return call("xxhash64", ...columns.map(columnOf));
}
