import { SparkwrightError } from "../../core/error.ts";
import { Decimal } from "./decimal.ts";
import { LocalDate } from "./local-date.ts";
import { LocalDateTime } from "./local-date-time.ts";
import { LocalTime } from "./local-time.ts";
import { Timestamp } from "./timestamp.ts";

/** Decodes a variant after VariantEncoding.md of the Parquet format, version 1. */
export function decodeVariant(value: Uint8Array, metadata: Uint8Array): unknown {
  try {
    return readValue(viewOf(value), 0, readDictionary(viewOf(metadata)), 0);
  } catch (cause) {
    throw cause instanceof RangeError ? damaged("it ends too early", cause) : cause;
  }
}

const maxDepth = 1000;

function readValue(view: DataView, at: number, names: readonly string[], depth: number): unknown {
  if (depth > maxDepth) {
    throw damaged(`it is nested deeper than ${maxDepth} levels`);
  }
  const header = view.getUint8(at);
  const info = header >> 2;
  // The low two bits are the basic type: 0 primitive, 1 short string, 2 object, 3 array.
  switch (header & 3) {
    case 0:
      return readPrimitive(info, view, at + 1);
    case 1:
      return text(view, at + 1, info);
    case 2:
      return readObject(info, view, at + 1, names, depth);
    default:
      return readArray(info, view, at + 1, names, depth);
  }
}

/** Header bits: 0-1 size of offsets - 1, 2-3 size of ids - 1, 4 whether the count takes 4 bytes. */
function readObject(
  info: number,
  view: DataView,
  at: number,
  names: readonly string[],
  depth: number,
): Record<string, unknown> {
  const offsetSize = (info & 3) + 1;
  const idSize = ((info >> 2) & 3) + 1;
  const countSize = (info & 16) === 0 ? 1 : 4;
  const count = unsigned(view, at, countSize);
  const ids = at + countSize;
  const offsets = ids + count * idSize;
  const data = offsets + (count + 1) * offsetSize;
  const entries = sequence(view, data, count, (index): [string, unknown] => {
    const name = names[unsigned(view, ids + index * idSize, idSize)];
    if (name === undefined) {
      throw damaged("a field has no name");
    }
    const start = data + unsigned(view, offsets + index * offsetSize, offsetSize);
    return [name, readValue(view, start, names, depth + 1)];
  });
  return Object.fromEntries(entries);
}

/** Header bits: 0-1 size of offsets - 1, 2 whether the count takes 4 bytes. */
function readArray(
  info: number,
  view: DataView,
  at: number,
  names: readonly string[],
  depth: number,
): unknown[] {
  const offsetSize = (info & 3) + 1;
  const countSize = (info & 4) === 0 ? 1 : 4;
  const count = unsigned(view, at, countSize);
  const offsets = at + countSize;
  const data = offsets + (count + 1) * offsetSize;
  return sequence(view, data, count, (index) =>
    readValue(view, data + unsigned(view, offsets + index * offsetSize, offsetSize), names, depth + 1),
  );
}

function sequence<T>(view: DataView, data: number, count: number, read: (index: number) => T): T[] {
  if (data > view.byteLength) {
    throw damaged(`it says it has ${count} items`);
  }
  return Array.from({ length: count }, (_, index) => read(index));
}

/** The ids of table "Variant primitive types" of the specification. */
function readPrimitive(id: number, view: DataView, at: number): unknown {
  switch (id) {
    case 0:
      return null;
    case 1:
      return true;
    case 2:
      return false;
    case 3:
      return view.getInt8(at);
    case 4:
      return view.getInt16(at, true);
    case 5:
      return view.getInt32(at, true);
    case 6:
      return exactInteger(view.getBigInt64(at, true));
    case 7:
      return view.getFloat64(at, true);
    case 8:
      return new Decimal(BigInt(view.getInt32(at + 1, true)), view.getUint8(at));
    case 9:
      return new Decimal(view.getBigInt64(at + 1, true), view.getUint8(at));
    case 10:
      return new Decimal(
        (view.getBigInt64(at + 9, true) << 64n) | view.getBigUint64(at + 1, true),
        view.getUint8(at),
      );
    case 11:
      return new LocalDate(view.getInt32(at, true));
    case 12:
      return new Timestamp(view.getBigInt64(at, true));
    case 13:
      return new LocalDateTime(view.getBigInt64(at, true));
    case 14:
      return view.getFloat32(at, true);
    case 15:
      return bytes(view, at + 4, view.getUint32(at, true)).slice();
    case 16:
      return text(view, at + 4, view.getUint32(at, true));
    case 17:
      return new LocalTime(Number(view.getBigInt64(at, true)) * 1000);
    case 20:
      return uuid(bytes(view, at, 16));
    default:
      throw damaged(`primitive type ${id} is unknown`);
  }
}

/** Header: version in bits 0-3, size of offsets - 1 in bits 6-7; then the count, offsets and names. */
function readDictionary(view: DataView): string[] {
  const header = view.getUint8(0);
  if ((header & 15) !== 1) {
    throw damaged(`version ${header & 15} is unknown`);
  }
  const size = (header >> 6) + 1;
  const count = unsigned(view, 1, size);
  const offsets = 1 + size;
  const data = offsets + (count + 1) * size;
  return sequence(view, data, count, (index) => {
    const start = unsigned(view, offsets + index * size, size);
    const end = unsigned(view, offsets + (index + 1) * size, size);
    return text(view, data + start, end - start);
  });
}

/** Writers pick the width by the value, so the width must not pick the type: numbers, as long as they are exact. */
function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function unsigned(view: DataView, at: number, size: number): number {
  let value = 0;
  for (let index = size - 1; index >= 0; index--) {
    value = value * 256 + view.getUint8(at + index);
  }
  return value;
}

function bytes(view: DataView, at: number, length: number): Uint8Array {
  if (length < 0 || at + length > view.byteLength) {
    throw damaged("it ends too early");
  }
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}

function text(view: DataView, at: number, length: number): string {
  return decoder.decode(bytes(view, at, length));
}

const decoder: InstanceType<typeof TextDecoder> = new TextDecoder("utf-8", { ignoreBOM: true });

/** The bytes of a UUID are big-endian, as it is written. */
function uuid(raw: Uint8Array): string {
  const hex = Buffer.from(raw).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function viewOf(raw: Uint8Array): DataView {
  return new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
}

function damaged(reason: string, cause?: unknown): SparkwrightError {
  return new SparkwrightError("VALUE_INVALID_VARIANT", `a VARIANT cannot be read: ${reason}`, {
    cause,
    hint: "Select to_json() of it in the query to see what Spark makes of it.",
  });
}
