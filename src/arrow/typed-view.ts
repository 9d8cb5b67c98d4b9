import { malformed } from "./ipc/message-reader.ts";

interface ViewConstructor<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

/** The first `length` elements of a buffer, which begins at a multiple of 8 bytes. */
export function view<T>(arrayClass: ViewConstructor<T>, bytes: Uint8Array, length: number): T {
  if (bytes.length < length * arrayClass.BYTES_PER_ELEMENT) {
    throw malformed(`a buffer of ${bytes.length} bytes is too short for ${length} values`);
  }
  return new arrayClass(bytes.buffer, bytes.byteOffset, length);
}
