import { decompress } from "./decompress.ts";
import { malformed } from "./message-reader.ts";
import type { FlatTable } from "./table.ts";

/** What columns are read from: nodes and buffers in the order in which the fields of a batch need them. */
export interface BufferSource {
  node(): { readonly length: number; readonly nullCount: number };
  variadicCount(): number;
  /** The next buffer; it begins at a multiple of 8 bytes of its ArrayBuffer. */
  bytes(): Uint8Array;
}

/** Hands out the nodes and buffers of one record batch. */
export class BodyReader implements BufferSource {
  readonly numRows: number;
  readonly #nodes: readonly (readonly [length: number, nullCount: number])[];
  readonly #buffers: readonly (readonly [offset: number, length: number])[];
  readonly #variadic: readonly number[];
  readonly #codec: number | undefined;
  readonly #body: Uint8Array;
  #nextNode = 0;
  #nextBuffer = 0;
  #nextVariadic = 0;

  /** `batch` is a RecordBatch table: 0 length, 1 nodes, 2 buffers, 3 compression, 4 variadicBufferCounts. */
  constructor(batch: FlatTable, body: Uint8Array) {
    this.numRows = Number(batch.int64(0));
    this.#nodes = batch.int64Pairs(1);
    this.#buffers = batch.int64Pairs(2);
    this.#variadic = batch.int64s(4);
    this.#codec = batch.table(3)?.int8(0, 0);
    this.#body = body;
  }

  node(): { readonly length: number; readonly nullCount: number } {
    const node = this.#nodes[this.#nextNode++];
    if (node === undefined) {
      throw malformed("a batch has fewer columns than its schema");
    }
    return { length: node[0], nullCount: node[1] };
  }

  variadicCount(): number {
    return this.#variadic[this.#nextVariadic++] ?? 0;
  }

  bytes(): Uint8Array {
    const region = this.#buffers[this.#nextBuffer++];
    if (region === undefined) {
      throw malformed("a batch has fewer buffers than its schema");
    }
    const [offset, length] = region;
    if (!(offset >= 0 && length >= 0 && offset + length <= this.#body.length)) {
      throw malformed("a buffer lies outside its batch");
    }
    const stored = this.#body.subarray(offset, offset + length);
    const bytes = this.#codec === undefined || length === 0 ? stored : decompress(stored, this.#codec);
    return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
  }
}
