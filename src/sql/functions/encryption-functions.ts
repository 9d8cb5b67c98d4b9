import { namedValues } from "../../core/named-values.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/** How `aesDecrypt` reads; each is a column or the name of one: wrap text in `lit`. */
export interface AesDecryptOptions {
  /** `ECB`, `CBC` or `GCM`. @default lit("GCM") */
  readonly mode?: ColumnOrName;
  /** `PKCS`, `NONE` or `DEFAULT`, which fits the mode. @default lit("DEFAULT") */
  readonly padding?: ColumnOrName;
  /** The same text that was authenticated at encryption, for GCM. @default lit("") */
  readonly aad?: ColumnOrName;
}

/** How `aesEncrypt` writes; each is a column or the name of one: wrap text in `lit`. */
export interface AesEncryptOptions extends AesDecryptOptions {
  /** The initialization vector: 16 bytes for CBC, 12 for GCM; random when empty. @default lit("") */
  readonly iv?: ColumnOrName;
}

/**
 * A BINARY of `aesEncrypt` decrypted, as a BINARY. The query fails when the key or an option does not fit.
 * Spark: `aes_decrypt`.
 *
 * @since 3.5.0
 */
export function aesDecrypt(input: ColumnOrName, key: ColumnOrName, options: AesDecryptOptions = {}): Column {
  return decryption("aes_decrypt", input, key, options);
}

/**
 * Text or a BINARY encrypted with AES, as a BINARY. The key is 16, 24 or 32 bytes. Spark: `aes_encrypt`.
 *
 * @since 3.5.0
 */
export function aesEncrypt(input: ColumnOrName, key: ColumnOrName, options: AesEncryptOptions = {}): Column {
  const {
    mode = lit("GCM"),
    padding = lit("DEFAULT"),
    iv = lit(""),
    aad = lit(""),
  } = namedValues("the options", options);
  return call("aes_encrypt", ...[input, key, mode, padding, iv, aad].map(columnOf));
}

/**
 * As `aesDecrypt`, with NULL instead of an error. Spark: `try_aes_decrypt`.
 *
 * @since 3.5.0
 */
export function tryAesDecrypt(
  input: ColumnOrName,
  key: ColumnOrName,
  options: AesDecryptOptions = {},
): Column {
  return decryption("try_aes_decrypt", input, key, options);
}

function decryption(
  name: string,
  input: ColumnOrName,
  key: ColumnOrName,
  options: AesDecryptOptions,
): Column {
  const { mode = lit("GCM"), padding = lit("DEFAULT"), aad = lit("") } = namedValues("the options", options);
  return call(name, ...[input, key, mode, padding, aad].map(columnOf));
}
