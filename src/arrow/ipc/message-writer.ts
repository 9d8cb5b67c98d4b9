import { Builder } from "flatbuffers";

const metadataV5 = 4;

/** The end of a stream: the continuation mark and a length of 0. */
export const endOfStream: Uint8Array = new Uint8Array([255, 255, 255, 255, 0, 0, 0, 0]);

/** The head of an encapsulated message: mark, length, Message table (Message.fbs), padded to 8 bytes. */
export function messageHead(
  headerType: 1 | 3,
  bodyLength: number,
  writeHeader: (builder: Builder) => number,
): Uint8Array {
  const builder = new Builder(1024);
  const header = writeHeader(builder);
  // 0 version, 1 header_type, 2 header, 3 bodyLength
  builder.startObject(5);
  builder.addFieldInt16(0, metadataV5, 0);
  builder.addFieldInt8(1, headerType, 0);
  builder.addFieldOffset(2, header, 0);
  builder.addFieldInt64(3, BigInt(bodyLength), 0n);
  builder.finish(builder.endObject());
  const table = builder.asUint8Array();
  const head = new Uint8Array(8 + padded(table.length));
  const view = new DataView(head.buffer);
  view.setInt32(0, -1, true);
  view.setInt32(4, padded(table.length), true);
  head.set(table, 8);
  return head;
}

export function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}

/** A vector of offsets to tables that are already written. */
export function offsetVector(builder: Builder, offsets: readonly number[]): number {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) {
    builder.addOffset(offset);
  }
  return builder.endVector();
}
