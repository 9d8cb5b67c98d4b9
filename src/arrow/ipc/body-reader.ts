import { zstdDecompressSync } from "node:zlib";
import { SparkwrightError } from "../../core/error.ts";
import { decompressLz4Frame } from "./lz4.ts";
import { malformed } from "./message-reader.ts";
import type { FlatTable } from "./table.ts";

/** Hands out the nodes and buffers of one record batch in the order in which its fields need them. */
export class BodyReader {
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

  /** The next buffer; it begins at a multiple of 8 bytes of its ArrayBuffer. */
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

/** CompressionType and BodyCompressionMethod.BUFFER of Message.fbs: an int64 length, then the compressed bytes. */
function decompress(stored: Uint8Array, codec: number): Uint8Array {
  if (stored.length < 8) {
    throw malformed("a compressed buffer has no length");
  }
  const length = Number(new DataView(stored.buffer, stored.byteOffset).getBigInt64(0, true));
  const data = stored.subarray(8);
  // -1 marks a buffer that was left as it is because compression did not make it smaller.
  if (length === -1) {
    return data;
  }
  const bytes = codec === 0 ? decompressLz4Frame(data, length) : decompressZstd(data, codec, length);
  if (bytes.length !== length) {
    throw malformed(`a buffer decompressed to ${bytes.length} bytes instead of ${length}`);
  }
  return bytes;
}

function decompressZstd(data: Uint8Array, codec: number, length: number): Uint8Array {
  if (codec !== 1) {
    throw new SparkwrightError("ARROW_UNSUPPORTED", `Arrow compression codec ${codec} is unknown`, {
      hint: 'Set spark.sql.execution.arrow.compression.codec to "none", "lz4" or "zstd".',
    });
  }
  try {
    return zstdDecompressSync(data, { maxOutputLength: Math.max(length, 1) });
  } catch (cause) {
    throw malformed("a buffer is not zstd", cause);
  }
}
