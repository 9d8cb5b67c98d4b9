import type { BodyWriter } from "../ipc/record-batch-writer.ts";
import { BitSink } from "./bit-sink.ts";
import { ByteSink } from "./byte-sink.ts";
import { ColumnBuilder } from "./column-builder.ts";
import type { ValuePlace } from "./value-place.ts";

/** Checks a value, converts it and writes it with a fixed number of bytes. */
export type WriteFixed = (value: unknown, sink: ByteSink, place: ValuePlace) => void;

export class NullBuilder extends ColumnBuilder {
  protected override get hasValidity(): boolean {
    return false;
  }

  protected override writeValue(value: unknown): void {
    throw this.place.wrongType(value, "null, or name another type");
  }

  protected override writeEmpty(): void {}

  protected override writeBuffers(): void {}

  protected override clearBuffers(): void {}
}

export class BooleanBuilder extends ColumnBuilder {
  readonly #bits: BitSink = new BitSink(this.place.position);

  protected override writeValue(value: unknown): void {
    if (typeof value !== "boolean") {
      throw this.place.wrongType(value, "true or false");
    }
    this.#bits.push(value);
  }

  protected override writeEmpty(): void {
    this.#bits.push(false);
  }

  protected override writeBuffers(body: BodyWriter): void {
    body.buffer(this.#bits.finish());
  }

  protected override clearBuffers(): void {
    this.#bits.clear();
  }
}

export class FixedBuilder extends ColumnBuilder {
  readonly #sink: ByteSink = new ByteSink(this.place.position);
  readonly #width: number;
  readonly #write: WriteFixed;

  constructor(place: ValuePlace, nullable: boolean, width: number, write: WriteFixed) {
    super(place, nullable);
    this.#width = width;
    this.#write = write;
  }

  protected override writeValue(value: unknown): void {
    this.#write(value, this.#sink, this.place);
  }

  protected override writeEmpty(): void {
    this.#sink.zeros(this.#width);
  }

  protected override writeBuffers(body: BodyWriter): void {
    body.buffer(this.#sink.bytes());
  }

  protected override clearBuffers(): void {
    this.#sink.clear();
  }
}

/** Text or bytes of any length, found by offsets of 32 or 64 bits. */
export class VariableBuilder extends ColumnBuilder {
  readonly #offsets: OffsetSink;
  readonly #sink: ByteSink = new ByteSink(this.place.position);
  readonly #write: WriteFixed;

  constructor(place: ValuePlace, nullable: boolean, large: boolean, write: WriteFixed) {
    super(place, nullable);
    this.#offsets = new OffsetSink(place, large);
    this.#write = write;
  }

  protected override writeValue(value: unknown): void {
    this.#write(value, this.#sink, this.place);
    this.#offsets.push(this.#sink.length);
  }

  protected override writeEmpty(): void {
    this.#offsets.push(this.#sink.length);
  }

  protected override writeBuffers(body: BodyWriter): void {
    body.buffer(this.#offsets.bytes());
    body.buffer(this.#sink.bytes());
  }

  protected override clearBuffers(): void {
    this.#offsets.clear();
    this.#sink.clear();
  }
}

export class OffsetSink {
  readonly #sink: ByteSink;
  readonly #place: ValuePlace;
  readonly #large: boolean;

  constructor(place: ValuePlace, large: boolean) {
    this.#sink = new ByteSink(place.position);
    this.#place = place;
    this.#large = large;
    this.push(0);
  }

  push(end: number): void {
    if (this.#large) {
      this.#sink.int64(BigInt(end));
    } else if (end <= 0x7fffffff) {
      this.#sink.int32(end);
    } else {
      throw this.#place.outOfRange(`${end} bytes`, "2 GiB per batch; lower maxBytes");
    }
  }

  bytes(): Uint8Array {
    return this.#sink.bytes();
  }

  /** Begins again in the same memory. */
  clear(): void {
    this.#sink.clear();
    this.push(0);
  }
}
