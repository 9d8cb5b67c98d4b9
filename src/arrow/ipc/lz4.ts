import { malformed } from "./message-reader.ts";

const frameMagic = 0x184d2204;

/**
 * Decompresses one LZ4 frame of known size (lz4_Frame_format.md 1.6). Checksums are skipped: gRPC runs over TCP
 * and TLS, which have their own.
 */
export function decompressLz4Frame(frame: Uint8Array, length: number): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 7 || view.getUint32(0, true) !== frameMagic) {
    throw malformed("a buffer is no LZ4 frame");
  }
  const flags = frame[4] ?? 0;
  const hasBlockChecksum = (flags & 0x10) !== 0;
  const hasContentSize = (flags & 0x08) !== 0;
  const hasDictionary = (flags & 0x01) !== 0;
  const output = new Uint8Array(length);
  let at = 6 + (hasContentSize ? 8 : 0) + (hasDictionary ? 4 : 0) + 1;
  let written = 0;
  for (;;) {
    if (at + 4 > frame.length) {
      throw malformed("an LZ4 frame is cut off");
    }
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) {
      return output.subarray(0, written);
    }
    const size = header & 0x7fffffff;
    const block = frame.subarray(at, at + size);
    if (block.length < size) {
      throw malformed("an LZ4 block is cut off");
    }
    // The high bit marks a block that is stored as it is.
    if (header >>> 31 === 1) {
      if (written + size > length) {
        throw malformed("an LZ4 block is too long");
      }
      output.set(block, written);
      written += size;
    } else {
      written = decompressBlock(block, output, written);
    }
    at += size + (hasBlockChecksum ? 4 : 0);
  }
}

/** Sequences of (token, literals, match) as in lz4_Block_format.md; returns the new end of the output. */
function decompressBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let from = 0;
  let to = start;
  const readLength = (low: number): number => {
    let total = low;
    if (low === 15) {
      let byte: number;
      do {
        byte = block[from++] ?? 0;
        total += byte;
      } while (byte === 255);
    }
    return total;
  };
  while (from < block.length) {
    const token = block[from++] ?? 0;
    const literals = readLength(token >> 4);
    if (from + literals > block.length || to + literals > output.length) {
      throw malformed("an LZ4 block is damaged");
    }
    output.set(block.subarray(from, from + literals), to);
    from += literals;
    to += literals;
    if (from >= block.length) {
      return to;
    }
    const distance = (block[from] ?? 0) | ((block[from + 1] ?? 0) << 8);
    from += 2;
    const length = readLength(token & 15) + 4;
    if (distance === 0 || distance > to || to + length > output.length) {
      throw malformed("an LZ4 block is damaged");
    }
    if (distance >= length) {
      output.copyWithin(to, to - distance, to - distance + length);
      to += length;
    } else {
      for (const end = to + length; to < end; to++) {
        output[to] = output[to - distance] ?? 0;
      }
    }
  }
  return to;
}
