import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { FunctionTable } from "../function-cases.ts";

const digest = (algorithm: string) => createHash(algorithm).update("Spark").digest("hex");

const bitwise: FunctionTable = {
  cases: {
    bitCount: (f) => [
      [f.bitCount(f.lit(7)), 3],
      [f.bitCount(f.lit(-1)), 64],
    ],
    bitGet: (f) => [
      [f.bitGet(f.lit(10), 0), 0],
      [f.bitGet(f.lit(10), 1), 1],
    ],
    bitwiseNot: (f) => [[f.bitwiseNot(f.lit(5)), -6]],
    getBit: (f) => [[f.getBit(f.lit(10), f.lit(3)), 1]],
    shiftLeft: (f) => [[f.shiftLeft(f.lit(21), 1), 42]],
    shiftRight: (f) => [[f.shiftRight(f.lit(-42), 1), -21]],
    shiftRightUnsigned: (f) => [[f.shiftRightUnsigned(f.lit(-42), 1), 2_147_483_627]],
  },
};

const hash: FunctionTable = {
  cases: {
    crc32: (f) => [[f.crc32(f.lit("Spark")), BigInt(crc32("Spark"))]],
    hash: (f) => [[f.hash(f.lit("Spark"), f.array(f.lit(123)), f.lit(2)), -1_321_691_492]],
    md5: (f) => [[f.md5(f.lit("Spark")), digest("md5")]],
    sha: (f) => [[f.sha(f.lit("Spark")), digest("sha1")]],
    sha1: (f) => [[f.sha1(f.lit("Spark")), digest("sha1")]],
    sha2: (f) => [
      [f.sha2(f.lit("Spark"), 0), digest("sha256")],
      [f.sha2(f.lit("Spark"), 224), digest("sha224")],
      [f.sha2(f.lit("Spark"), 256), digest("sha256")],
      [f.sha2(f.lit("Spark"), 384), digest("sha384")],
      [f.sha2(f.lit("Spark"), 512), digest("sha512")],
    ],
    xxhash64: (f) => [
      [f.xxhash64(f.lit("Spark"), f.array(f.lit(123)), f.lit(2)), 5_602_566_077_635_097_486n],
    ],
  },
};

export const tables: readonly FunctionTable[] = [bitwise, hash];
