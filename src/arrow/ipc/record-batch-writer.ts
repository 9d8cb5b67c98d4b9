import type { Builder } from "flatbuffers";
import { messageHead, padded } from "./message-writer.ts";

/** Collects the nodes and buffers of a record batch in the order of its fields. */
export class BodyWriter {
  readonly #nodes: (readonly [length: number, nullCount: number])[] = [];
  readonly #regions: (readonly [offset: number, length: number])[] = [];
  readonly #buffers: Uint8Array[] = [];
  #length = 0;

  node(length: number, nullCount: number): void {
    this.#nodes.push([length, nullCount]);
  }

  buffer(bytes: Uint8Array): void {
    this.#regions.push([this.#length, bytes.length]);
    this.#buffers.push(bytes);
    this.#length += padded(bytes.length);
  }

  /** The RecordBatch message (Message.fbs), between what comes before and after it in the stream. */
  message(before: Uint8Array, numRows: number, after: Uint8Array): Uint8Array {
    const head = messageHead(3, this.#length, (builder) => {
      const nodes = pairVector(builder, this.#nodes);
      const regions = pairVector(builder, this.#regions);
      // 0 length, 1 nodes, 2 buffers, 3 compression, 4 variadicBufferCounts
      builder.startObject(5);
      builder.addFieldInt64(0, BigInt(numRows), 0n);
      builder.addFieldOffset(1, nodes, 0);
      builder.addFieldOffset(2, regions, 0);
      return builder.endObject();
    });
    const stream = new Uint8Array(before.length + head.length + this.#length + after.length);
    stream.set(before);
    stream.set(head, before.length);
    let at = before.length + head.length;
    for (const bytes of this.#buffers) {
      stream.set(bytes, at);
      at += padded(bytes.length);
    }
    stream.set(after, at);
    return stream;
  }
}

/** FieldNode and Buffer are structs of two 64-bit integers; flatbuffers are written from the end. */
function pairVector(builder: Builder, pairs: readonly (readonly [number, number])[]): number {
  builder.startVector(16, pairs.length, 8);
  for (const [first, second] of pairs.toReversed()) {
    builder.addInt64(BigInt(second));
    builder.addInt64(BigInt(first));
  }
  return builder.endVector();
}
