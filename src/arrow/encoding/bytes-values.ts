import type { WriteFixed } from "./scalar-builders.ts";
import type { ValuePlace } from "./value-place.ts";

export const writeText: WriteFixed = (value, sink, place) => {
  if (typeof value !== "string") {
    throw place.wrongType(value, "a string");
  }
  if (!value.isWellFormed()) {
    throw place.invalid(
      value,
      "has half a surrogate pair",
      "UTF-8 cannot hold it: repair it with toWellFormed().",
    );
  }
  sink.text(value);
};

export const writeBytes: WriteFixed = (value, sink, place) => {
  sink.raw(bytesOf(value, place));
};

export function fixedBytesWriter(width: number): WriteFixed {
  return (value, sink, place) => {
    const bytes = bytesOf(value, place);
    if (bytes.length !== width) {
      throw place.outOfRange(value, `exactly ${width} bytes`);
    }
    sink.raw(bytes);
  };
}

function bytesOf(value: unknown, place: ValuePlace): Uint8Array {
  if (value instanceof Uint8Array) {
    return value;
  }
  if (value instanceof ArrayBuffer) {
    return new Uint8Array(value);
  }
  throw place.wrongType(value, "a Uint8Array");
}
