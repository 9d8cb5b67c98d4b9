import { zstdDecompressSync } from "node:zlib";
import { SparkwrightError } from "../../core/error.ts";
import { decompressLz4Frame } from "./lz4.ts";
import { type IpcMessage, malformed } from "./message-reader.ts";
import { BodyWriter } from "./record-batch-writer.ts";

/** CompressionType and BodyCompressionMethod.BUFFER of Message.fbs: an int64 length, then the compressed bytes. */
export function decompress(stored: Uint8Array, codec: number): Uint8Array {
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

/** Whether the body of a message is a batch whose buffers are compressed. */
export function isCompressed({ kind, header }: IpcMessage): boolean {
  return kind === "recordBatch" && header.table(3) !== undefined;
}

/** The same record batch with its buffers decompressed. */
export function uncompressed({ header, body }: IpcMessage): Uint8Array {
  const codec = header.table(3)?.int8(0, 0);
  const writer = new BodyWriter();
  for (const [length, nullCount] of header.int64Pairs(1)) writer.node(length, nullCount);
  for (const [offset, length] of header.int64Pairs(2)) {
    const stored = body.subarray(offset, offset + length);
    writer.buffer(codec === undefined || length === 0 ? stored : decompress(stored, codec));
  }
  if (header.int64s(4).length > 0) throw malformed("a batch with views is compressed");
  return writer.message(nothing, Number(header.int64(0)), nothing);
}

const nothing: Uint8Array = new Uint8Array(0);
