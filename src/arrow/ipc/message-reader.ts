import { ByteBuffer } from "flatbuffers";
import { SparkwrightError } from "../../core/error.ts";
import { FlatTable } from "./table.ts";

/** One encapsulated message of an IPC stream. */
export interface IpcMessage {
  readonly kind: "schema" | "dictionaryBatch" | "recordBatch";
  readonly header: FlatTable;
  /** The whole message as it is in the stream, with the mark and the length before it. */
  readonly bytes: Uint8Array;
  /** The bytes of the header, of which equal ones mean an equal schema. */
  readonly headerBytes: Uint8Array;
  /** Begins at a multiple of 8 bytes of its ArrayBuffer; copied for that when it is asked for, if need be. */
  readonly body: Uint8Array;
}

// MessageHeader in Message.fbs.
const kinds: Readonly<Record<number, IpcMessage["kind"]>> = {
  1: "schema",
  2: "dictionaryBatch",
  3: "recordBatch",
};

/** The messages of a stream, to its end-of-stream mark or last byte. */
export function* readMessages(stream: Uint8Array): Generator<IpcMessage> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 0;
  while (at + 4 <= stream.length) {
    const start = at;
    let headerLength = view.getInt32(at, true);
    at += 4;
    // Arrow 0.15 put the continuation mark 0xFFFFFFFF before the length.
    if (headerLength === -1) {
      headerLength = readLength(view, at);
      at += 4;
    }
    if (headerLength === 0) {
      return;
    }
    const headerBytes = slice(stream, at, headerLength);
    at += headerLength;
    const buffer = new ByteBuffer(headerBytes);
    const message = new FlatTable(buffer, buffer.readInt32(0));
    const bodyLength = Number(message.int64(3));
    const kind = kinds[message.int8(1, 0)];
    const header = message.table(2);
    if (kind === undefined || header === undefined) {
      throw malformed(`message type ${message.int8(1, 0)} is not of a stream`);
    }
    const body = slice(stream, at, bodyLength);
    at += bodyLength;
    yield {
      kind,
      header,
      bytes: stream.subarray(start, at),
      headerBytes,
      get body() {
        return aligned(body);
      },
    };
  }
}

export function malformed(reason: string, cause?: unknown): SparkwrightError {
  return new SparkwrightError("ARROW_INVALID", `the data is not valid Arrow: ${reason}`, {
    cause,
    hint: "The bytes were cut off or altered on their way; if they are a result, run the query again.",
  });
}

/** Damaged bytes end in all kinds of RangeError; ours is the one that is thrown. */
export function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) {
      throw malformed(error.message, error);
    }
    throw error;
  }
}

function readLength(view: DataView, at: number): number {
  if (at + 4 > view.byteLength) {
    throw malformed("it ends inside a message");
  }
  return view.getInt32(at, true);
}

function slice(stream: Uint8Array, start: number, length: number): Uint8Array {
  if (!(length >= 0 && start + length <= stream.length)) {
    throw malformed(`a message needs ${length} bytes and ${stream.length - start} are left`);
  }
  return stream.subarray(start, start + length);
}

/** Protobuf hands out views at any offset; 64-bit views need multiples of 8. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}
