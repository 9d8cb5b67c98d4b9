import { ByteSink, type ByteTally } from "./byte-sink.ts";

/** A bitmap that grows, least significant bit first. */
export class BitSink {
  readonly #bytes: ByteSink;
  #pending = 0;
  #length = 0;

  constructor(tally: ByteTally) {
    this.#bytes = new ByteSink(tally);
  }

  push(bit: boolean): void {
    if (bit) {
      this.#pending |= 1 << (this.#length & 7);
    }
    this.#length += 1;
    if ((this.#length & 7) === 0) {
      this.#bytes.int8(this.#pending);
      this.#pending = 0;
    }
  }

  ones(count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.push(true);
    }
  }

  /** Begins again in the same memory. */
  clear(): void {
    this.#bytes.clear();
    this.#pending = 0;
    this.#length = 0;
  }

  /** The whole bitmap; to be called once, after the last bit. */
  finish(): Uint8Array {
    if ((this.#length & 7) !== 0) {
      this.#bytes.int8(this.#pending);
    }
    return this.#bytes.bytes();
  }
}
