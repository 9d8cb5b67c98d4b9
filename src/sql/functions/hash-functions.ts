import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/** The CRC-32 of a binary, as a LONG. */
export function crc32(column: ColumnOrName): Column {
  return call("crc32", columnOf(column));
}

/** A Murmur3 hash of the columns, as an INTEGER. */
export function hash(...columns: readonly ColumnOrName[]): Column {
  return call("hash", ...columns.map(columnOf));
}

/** The MD5 digest in hexadecimal. */
export function md5(column: ColumnOrName): Column {
  return call("md5", columnOf(column));
}

/** The SHA-1 digest in hexadecimal. */
export function sha1(column: ColumnOrName): Column {
  return call("sha1", columnOf(column));
}

/** The SHA-2 digest of 224, 256, 384 or 512 bits in hexadecimal. */
export function sha2(column: ColumnOrName, bits: unknown): Column {
  return call("sha2", columnOf(column), lit(bits));
}

/** A 64-bit xxHash of the columns, as a LONG. */
export function xxhash64(...columns: readonly ColumnOrName[]): Column {
  return call("xxhash64", ...columns.map(columnOf));
}
