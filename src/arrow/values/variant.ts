/** A semi-structured value in the binary encoding of the Parquet variant specification (Spark's VARIANT). */
export class Variant {
  readonly value: Uint8Array;
  readonly metadata: Uint8Array;

  constructor(value: Uint8Array, metadata: Uint8Array) {
    this.value = value;
    this.metadata = metadata;
  }
}
