import type { ByteBuffer } from "flatbuffers";

/** One flatbuffers table, read by slot number (the order of fields in Arrow's .fbs files). */
export class FlatTable {
  readonly #buffer: ByteBuffer;
  readonly #position: number;

  constructor(buffer: ByteBuffer, position: number) {
    this.#buffer = buffer;
    this.#position = position;
  }

  int8(slot: number, fallback: number): number {
    const at = this.#field(slot);
    return at === 0 ? fallback : this.#buffer.readInt8(at);
  }

  int16(slot: number, fallback: number): number {
    const at = this.#field(slot);
    return at === 0 ? fallback : this.#buffer.readInt16(at);
  }

  int32(slot: number, fallback: number): number {
    const at = this.#field(slot);
    return at === 0 ? fallback : this.#buffer.readInt32(at);
  }

  int64(slot: number): bigint {
    const at = this.#field(slot);
    return at === 0 ? 0n : this.#buffer.readInt64(at);
  }

  string(slot: number): string | undefined {
    const at = this.#field(slot);
    return at === 0 ? undefined : String(this.#buffer.__string(at));
  }

  table(slot: number): FlatTable | undefined {
    const at = this.#field(slot);
    return at === 0 ? undefined : new FlatTable(this.#buffer, this.#buffer.__indirect(at));
  }

  tables(slot: number): FlatTable[] {
    return this.#vector(slot, 4, (at) => new FlatTable(this.#buffer, this.#buffer.__indirect(at)));
  }

  /** A vector of structs that are two 64-bit integers each: FieldNode, Buffer. */
  int64Pairs(slot: number): (readonly [number, number])[] {
    return this.#vector(slot, 16, (at) => [
      Number(this.#buffer.readInt64(at)),
      Number(this.#buffer.readInt64(at + 8)),
    ]);
  }

  int64s(slot: number): number[] {
    return this.#vector(slot, 8, (at) => Number(this.#buffer.readInt64(at)));
  }

  #vector<T>(slot: number, size: number, read: (at: number) => T): T[] {
    const at = this.#field(slot);
    if (at === 0) {
      return [];
    }
    const start = this.#buffer.__vector(at);
    const length = this.#buffer.__vector_len(at);
    if (length < 0 || start + length * size > this.#buffer.capacity()) {
      throw new RangeError(`vector of ${length} is longer than its message`);
    }
    return Array.from({ length }, (_, index) => read(start + index * size));
  }

  /** Position of a field, 0 where it is absent. */
  #field(slot: number): number {
    const offset = this.#buffer.__offset(this.#position, 4 + slot * 2);
    return offset === 0 ? 0 : this.#position + offset;
  }
}
