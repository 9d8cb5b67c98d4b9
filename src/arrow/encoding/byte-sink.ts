/** How many bytes all sinks of a batch have taken. */
export interface ByteTally {
  bytes: number;
}

/** A buffer that grows; little-endian, as Arrow is. */
export class ByteSink {
  readonly #tally: ByteTally;
  #bytes: Uint8Array = new Uint8Array(256);
  #view: DataView = new DataView(this.#bytes.buffer);
  #length = 0;

  constructor(tally: ByteTally) {
    this.#tally = tally;
  }

  get length(): number {
    return this.#length;
  }

  /** What was written; valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Begins again in the same memory. */
  clear(): void {
    this.#length = 0;
  }

  int8(value: number): void {
    const at = this.#reserve(1);
    this.#view.setInt8(at, value);
  }

  int16(value: number): void {
    const at = this.#reserve(2);
    this.#view.setInt16(at, value, true);
  }

  int32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setInt32(at, value, true);
  }

  int64(value: bigint): void {
    const at = this.#reserve(8);
    this.#view.setBigInt64(at, value, true);
  }

  float32(value: number): void {
    const at = this.#reserve(4);
    this.#view.setFloat32(at, value, true);
  }

  float64(value: number): void {
    const at = this.#reserve(8);
    this.#view.setFloat64(at, value, true);
  }

  raw(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  zeros(count: number): void {
    const at = this.#reserve(count);
    this.#bytes.fill(0, at, at + count);
  }

  /** The text as UTF-8. */
  text(value: string): void {
    // A UTF-16 unit takes at most three bytes.
    const most = value.length * 3;
    const at = this.#reserve(most);
    const written = this.#shortAscii(value, at)
      ? value.length
      : encoder.encodeInto(value, this.#bytes.subarray(at)).written;
    this.#length = at + written;
    this.#tally.bytes -= most - written;
  }

  /** Writes text of a few ASCII characters, for which a call of the encoder costs more than the text. */
  #shortAscii(value: string, at: number): boolean {
    if (value.length > 40) return false;
    const bytes = this.#bytes;
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[at + index] = code;
    }
    return true;
  }

  #reserve(count: number): number {
    const at = this.#length;
    this.#length += count;
    this.#tally.bytes += count;
    if (this.#length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }
}

const encoder: InstanceType<typeof TextEncoder> = new TextEncoder();
