import { isCompressed, uncompressed } from "./ipc/decompress.ts";
import { malformed, readMessages } from "./ipc/message-reader.ts";
import { endOfStream } from "./ipc/message-writer.ts";

/**
 * Makes one Arrow IPC stream of many with the same schema: the schema once, then the batches of all, in pieces that
 * are views of what was given. Batches that are compressed come out uncompressed, since not every reader can
 * decompress.
 */
export class StreamJoiner {
  #schema: Uint8Array | undefined;

  /** The pieces of the next stream; `endOfStream` belongs after the last. Thrown when its schema is another: `ARROW_INVALID`. */
  *pieces(stream: Uint8Array): Generator<Uint8Array, void, undefined> {
    const plain = new Uint8Array(stream.buffer, stream.byteOffset, stream.byteLength);
    for (const message of readMessages(plain)) {
      if (message.kind !== "schema") {
        yield isCompressed(message) ? uncompressed(message) : message.bytes;
      } else if (this.#schema === undefined) {
        this.#schema = message.headerBytes;
        yield message.bytes;
      } else if (Buffer.compare(this.#schema, message.headerBytes) !== 0) {
        throw malformed("its batches differ in their schema");
      }
    }
  }
}

/** The streams as one. */
export function joinStreams(streams: readonly Uint8Array[]): Uint8Array {
  const [first] = streams;
  if (streams.length === 1 && first !== undefined) return first;
  const joiner = new StreamJoiner();
  return concatenated([...streams.flatMap((stream) => [...joiner.pieces(stream)]), endOfStream]);
}

/** The pieces in a buffer of their own. */
export function concatenated(pieces: readonly Uint8Array[]): Uint8Array {
  // Every byte is written below: there is no need to clear them before.
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const whole = new Uint8Array(Buffer.allocUnsafeSlow(length).buffer);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
