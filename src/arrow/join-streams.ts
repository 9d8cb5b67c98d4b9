import { isCompressed, uncompressed } from "./ipc/decompress.ts";
import { malformed, readMessages } from "./ipc/message-reader.ts";
import { endOfStream } from "./ipc/message-writer.ts";

/**
 * Makes one Arrow IPC stream of many with the same schema: the schema once, then the batches of all, in pieces that
 * are views of what was given. Batches that are compressed come out uncompressed, since not every reader can
 * decompress.
 */
export class StreamJoiner {
  readonly pieces: Uint8Array[] = [];
  byteLength = 0;
  #schema: Uint8Array | undefined;

  /** Adds the batches of a stream. Thrown when its schema is another: `ARROW_INVALID`. */
  add(stream: Uint8Array): void {
    const plain = new Uint8Array(stream.buffer, stream.byteOffset, stream.byteLength);
    for (const message of readMessages(plain)) {
      if (message.kind !== "schema") {
        this.#push(isCompressed(message) ? uncompressed(message) : message.bytes);
      } else if (this.#schema === undefined) {
        this.#schema = message.headerBytes;
        this.#push(message.bytes);
      } else if (Buffer.compare(this.#schema, message.headerBytes) !== 0) {
        throw malformed("its batches differ in their schema");
      }
    }
  }

  /** The whole stream, in a buffer of its own. */
  finish(): Uint8Array {
    this.#push(endOfStream);
    // Every byte is written below: there is no need to clear them before.
    const whole = new Uint8Array(Buffer.allocUnsafeSlow(this.byteLength).buffer);
    let at = 0;
    for (const piece of this.pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  #push(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.byteLength += piece.length;
  }
}

/** The streams as one. */
export function joinStreams(streams: readonly Uint8Array[]): Uint8Array {
  const [first] = streams;
  if (streams.length === 1 && first !== undefined) return first;
  const joiner = new StreamJoiner();
  for (const stream of streams) joiner.add(stream);
  return joiner.finish();
}
