import { functions as F } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.current_catalog()", () => F.currentCatalog()),
  golden("F.current_database()", () => F.currentDatabase()),
  golden("F.current_path()", () => F.currentPath()),
  golden("F.current_schema()", () => F.currentSchema()),
  golden("F.current_user()", () => F.currentUser()),
  golden("F.session_user()", () => F.sessionUser()),
  golden("F.user()", () => F.user()),
  golden("F.version()", () => F.version()),
  golden('F.assert_true("name")', () => F.assertTrue("name")),
  golden('F.assert_true("name", "x")', () => F.assertTrue("name", "x")),
  golden("F.input_file_block_length()", () => F.inputFileBlockLength()),
  golden("F.input_file_block_start()", () => F.inputFileBlockStart()),
  golden("F.input_file_name()", () => F.inputFileName()),
  golden('F.java_method("name", "tags")', () => F.javaMethod("name", "tags")),
  golden("F.monotonically_increasing_id()", () => F.monotonicallyIncreasingId()),
  golden('F.raise_error("x")', () => F.raiseError("x")),
  golden('F.reflect("name", "tags")', () => F.reflect("name", "tags")),
  golden("F.spark_partition_id()", () => F.sparkPartitionId()),
  golden('F.try_reflect("name", "tags")', () => F.tryReflect("name", "tags")),
  golden('F.typeof("name")', () => F.typeOf("name")),
  golden('F.aes_encrypt("name", "address")', () => F.aesEncrypt("name", "address")),
  golden('F.aes_encrypt("name", "address", F.lit("CBC"), F.lit("PKCS"), "tags", "age")', () =>
    F.aesEncrypt("name", "address", { mode: F.lit("CBC"), padding: F.lit("PKCS"), iv: "tags", aad: "age" }),
  ),
  golden('F.aes_encrypt("name", "address", aad=F.lit("x"))', () =>
    F.aesEncrypt("name", "address", { aad: F.lit("x") }),
  ),
  golden('F.aes_decrypt("name", "address")', () => F.aesDecrypt("name", "address")),
  golden('F.aes_decrypt("name", "address", "tags", "id", "age")', () =>
    F.aesDecrypt("name", "address", { mode: "tags", padding: "id", aad: "age" }),
  ),
  golden('F.try_aes_decrypt("name", "address")', () => F.tryAesDecrypt("name", "address")),
  golden('F.try_aes_decrypt("name", "address", F.lit("ECB"))', () =>
    F.tryAesDecrypt("name", "address", { mode: F.lit("ECB") }),
  ),
  golden('F.assert_true("active", F.col("name"))', () => F.assertTrue("active", F.col("name"))),
  golden('F.raise_error(F.col("name"))', () => F.raiseError(F.col("name"))),
  golden('F.reflect(F.lit("java.util.UUID"), F.lit("fromString"), "name")', () =>
    F.reflect(F.lit("java.util.UUID"), F.lit("fromString"), "name"),
  ),
  golden('F.java_method(F.lit("java.util.UUID"), F.lit("fromString"), "name")', () =>
    F.javaMethod(F.lit("java.util.UUID"), F.lit("fromString"), "name"),
  ),
];
