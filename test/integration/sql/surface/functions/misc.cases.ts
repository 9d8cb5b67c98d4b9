import { createCipheriv, randomBytes, randomUUID } from "node:crypto";
import { expect } from "chai";
import { lit, type SparkSession } from "../../../../../src/sql/index.ts";
import { matching, refusal } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const key = lit("0000111122223333");

function encrypted(algorithm: string, iv: Uint8Array | null): Uint8Array {
  const cipher = createCipheriv(algorithm, "0000111122223333", iv);
  return new Uint8Array(
    Buffer.concat([...(iv === null ? [] : [iv]), cipher.update("Spark"), cipher.final()]),
  );
}

const iv = new Uint8Array(randomBytes(16));

const encryption: FunctionTable = {
  cases: {
    aesDecrypt: (f) => [
      [
        f.aesDecrypt(f.lit(encrypted("aes-128-ecb", null)), key, { mode: f.lit("ECB") }).cast("string"),
        "Spark",
      ],
      [
        f
          .aesDecrypt(f.lit(encrypted("aes-128-cbc", iv)), key, {
            mode: f.lit("CBC"),
            padding: f.lit("PKCS"),
          })
          .cast("string"),
        "Spark",
      ],
      [
        f
          .aesDecrypt(f.aesEncrypt(f.lit("Spark"), key, { aad: f.lit("x") }), key, { aad: f.lit("x") })
          .cast("string"),
        "Spark",
      ],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.aesDecrypt(f.aesEncrypt(f.lit("Spark"), key, { aad: f.lit("x") }), key))
              .collect(),
          ),
        matching(/AES_CRYPTO_ERROR/),
      ],
    ],
    aesEncrypt: (f) => [
      [
        f.aesEncrypt(f.lit("Spark"), key, { mode: f.lit("ECB"), padding: f.lit("PKCS") }),
        encrypted("aes-128-ecb", null),
      ],
      [
        f.aesEncrypt(f.lit("Spark"), key, { mode: f.lit("CBC"), iv: f.lit(iv) }),
        encrypted("aes-128-cbc", iv),
      ],
      [f.length(f.aesEncrypt(f.lit("Spark"), key)), 12 + 5 + 16],
    ],
    tryAesDecrypt: (f) => [
      [f.tryAesDecrypt(f.aesEncrypt(f.lit("Spark"), key), key).cast("string"), "Spark"],
      [f.tryAesDecrypt(f.aesEncrypt(f.lit("Spark"), key), f.lit("1111222233334444")), null],
    ],
  },
};

const session: FunctionTable = {
  cases: {
    currentCatalog: (f) => [[f.currentCatalog(), "spark_catalog"]],
    currentDatabase: (f) => [[f.currentDatabase(), "default"]],
    currentPath: (f) => [[f.currentPath(), matching(/spark_catalog\.default/)]],
    currentSchema: (f) => [[f.currentSchema(), "default"]],
    currentUser: (f) => [[f.currentUser(), matching(/./)]],
    sessionUser: (f) => [[f.sessionUser().eq(f.currentUser()), true]],
    user: (f) => [[f.user().eq(f.currentUser()), true]],
    version: (f) => [[f.version(), matching(/^\d+\.\d+\.\d+\S* [0-9a-f]{40}$/)]],
  },
};

const uuid = "a5cb9c8b-2a5e-4d3c-9f8e-1b2c3d4e5f60";

const misc: FunctionTable = {
  from: async (spark) => spark.range(0, 3, 1, 1),
  cases: {
    assertTrue: (f) => [
      [f.assertTrue(f.lit(true)), [null, null, null]],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.assertTrue(f.lit(false), "it is not so"))
              .collect(),
          ),
        matching(/it is not so/),
      ],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.assertTrue(f.lit(null)))
              .collect(),
          ),
        matching(/is not true/),
      ],
    ],
    javaMethod: (f) => [
      [f.javaMethod(f.lit("java.util.UUID"), f.lit("fromString"), f.lit(uuid)), [uuid, uuid, uuid]],
    ],
    monotonicallyIncreasingId: (f) => [[f.monotonicallyIncreasingId(), [0n, 1n, 2n]]],
    raiseError: (f) => [
      [
        (spark) => refusal(spark.range(1).select(f.raiseError("a message of ours")).collect()),
        matching(/\[USER_RAISED_EXCEPTION\] a message of ours/),
      ],
      [
        (spark) =>
          refusal(
            spark
              .range(1)
              .select(f.raiseError(f.concat(f.lit("no "), "id")))
              .collect(),
          ),
        matching(/no 0/),
      ],
    ],
    reflect: (f) => [
      [f.reflect(f.lit("java.lang.Integer"), f.lit("toHexString"), f.lit(255)), ["ff", "ff", "ff"]],
    ],
    sparkPartitionId: (f) => [[f.sparkPartitionId(), [0, 0, 0]]],
    tryReflect: (f) => [
      [f.tryReflect(f.lit("java.util.UUID"), f.lit("fromString"), f.lit("b")), [null, null, null]],
    ],
    typeOf: (f) => [[f.typeOf(f.lit([1n])), ["array<bigint>", "array<bigint>", "array<bigint>"]]],
  },
};

const rows = `input_file_rows_${randomUUID().slice(0, 8)}`;

const file = async (spark: SparkSession) => {
  await spark.sql(`CREATE TABLE IF NOT EXISTS ${rows} USING parquet AS SELECT 1 AS one`);
  return spark.table(rows);
};

const files: FunctionTable = {
  from: file,
  cases: {
    inputFileBlockLength: (f) => [
      [f.inputFileBlockLength(), (length: bigint) => expect(Number(length)).to.be.above(100)],
    ],
    inputFileBlockStart: (f) => [[f.inputFileBlockStart(), 0n]],
    inputFileName: (f) => [[f.inputFileName(), matching(/input_file_rows_\w+\/part-.*\.parquet$/)]],
  },
};

const noFile: FunctionTable = {
  from: async (spark) => {
    await spark.sql(`DROP TABLE IF EXISTS ${rows}`);
    return spark.range(1);
  },
  cases: {
    inputFileName: (f) => [
      [f.inputFileName(), ""],
      [f.inputFileBlockStart(), -1n],
    ],
  },
};

/** POINT (1 2) in WKB, little endian. */
const point = new Uint8Array(21);
new DataView(point.buffer).setUint8(0, 1);
new DataView(point.buffer).setUint32(1, 1, true);
new DataView(point.buffer).setFloat64(5, 1, true);
new DataView(point.buffer).setFloat64(13, 2, true);

const geospatial: FunctionTable = {
  cases: {
    stAsBinary: (f) => [
      [f.stAsBinary(f.stGeomFromWkb(f.lit(point))), point],
      [
        f.hex(f.stAsBinary(f.stGeomFromWkb(f.lit(point)), "XDR")),
        `0000000001${"3FF0000000000000"}${"4000000000000000"}`,
      ],
    ],
    stGeogFromWkb: (f) => [[f.stGeogFromWkb(f.lit(point)), { srid: 4326, wkb: point }]],
    stGeomFromWkb: (f) => [
      [f.stGeomFromWkb(f.lit(point)), { srid: 0, wkb: point }],
      [f.stGeomFromWkb(f.lit(point), 3857), { srid: 3857, wkb: point }],
    ],
    stSetSrid: (f) => [[f.stSrid(f.stSetSrid(f.stGeomFromWkb(f.lit(point)), 4326)), 4326]],
    stSrid: (f) => [[f.stSrid(f.stGeogFromWkb(f.lit(point))), 4326]],
  },
};

export const tables: readonly FunctionTable[] = [encryption, session, misc, files, noFile, geospatial];
