import type { BodyWriter } from "../ipc/record-batch-writer.ts";
import { BitSink } from "./bit-sink.ts";
import type { ValuePlace } from "./value-place.ts";

/** Takes the values of one column, one by one, and gives its buffers. */
export abstract class ColumnBuilder {
  protected readonly place: ValuePlace;
  readonly #nullable: boolean;
  readonly #validity: BitSink;
  #length = 0;
  #nullCount = 0;

  constructor(place: ValuePlace, nullable: boolean) {
    this.place = place;
    this.#nullable = nullable;
    this.#validity = new BitSink(place.position);
  }

  get length(): number {
    return this.#length;
  }

  append(value: unknown): void {
    if (value === null || value === undefined) {
      if (!this.#nullable) {
        throw this.place.notNullable();
      }
      this.appendEmpty();
      return;
    }
    this.writeValue(value);
    if (this.#nullCount > 0) {
      this.#validity.push(true);
    }
    this.#length += 1;
  }

  /** A null, whether or not the column may have any: below a null struct all its columns have one. */
  appendEmpty(): void {
    this.writeEmpty();
    if (this.#nullCount === 0) {
      this.#validity.ones(this.#length);
    }
    this.#validity.push(false);
    this.#length += 1;
    this.#nullCount += 1;
  }

  finish(body: BodyWriter): void {
    body.node(this.#length, this.#nullCount);
    if (this.hasValidity) {
      body.buffer(this.#nullCount === 0 ? new Uint8Array(0) : this.#validity.finish());
    }
    this.writeBuffers(body);
  }

  /** Begins again in the same memory, which what `finish` gave is a view of. */
  clear(): void {
    this.#length = 0;
    this.#nullCount = 0;
    this.#validity.clear();
    this.clearBuffers();
  }

  protected get hasValidity(): boolean {
    return true;
  }

  protected abstract writeValue(value: unknown): void;

  /** Fills the place of a null. */
  protected abstract writeEmpty(): void;

  protected abstract writeBuffers(body: BodyWriter): void;

  protected abstract clearBuffers(): void;
}
