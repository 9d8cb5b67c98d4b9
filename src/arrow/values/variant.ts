import { toJsonValue } from "../json-value.ts";
import { decodeVariant } from "./variant-decoder.ts";

/**
 * A semi-structured value in the binary encoding of the Parquet variant specification (Spark's VARIANT).
 *
 * Source: https://github.com/apache/parquet-format/blob/master/VariantEncoding.md
 */
export class Variant {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array;

  constructor(value: Uint8Array, metadata: Uint8Array) {
    this.value = value;
    this.metadata = metadata;
  }

  /**
   * The value in JavaScript: objects as plain objects, arrays, strings, booleans, null; integers up to 2^53
   * and doubles as number, larger integers as bigint, decimals as Decimal, dates and times as LocalDate, Timestamp,
   * LocalDateTime and LocalTime, binary as Uint8Array, UUID as text. Thrown when the bytes are damaged.
   */
  toObject(): unknown {
    return decodeVariant(this.value, this.metadata);
  }

  /** True where both have the same bytes. */
  equals(other: unknown): boolean {
    return (
      other instanceof Variant &&
      Buffer.compare(this.value, other.value) === 0 &&
      Buffer.compare(this.metadata, other.metadata) === 0
    );
  }

  /** JSON without loss: integers beyond 2^53 and decimals are strings. */
  toJSON(): unknown {
    return toJsonValue(this.toObject());
  }

  /** JSON text of the value. */
  toString(): string {
    return JSON.stringify(this.toJSON());
  }
}
