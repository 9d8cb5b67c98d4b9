import type { ArrowType } from "./arrow-type.ts";
import { type ColumnData, childFields } from "./column-data.ts";
import { malformed } from "./ipc/message-reader.ts";
import { view } from "./typed-view.ts";

/** Rows `from` up to `to` of a column; copies nothing but offsets, and bits that would not begin a byte. */
export function sliceColumn(type: ArrowType, column: ColumnData, from: number, to: number): ColumnData {
  const length = to - from;
  if (type.kind === "null") return { length, nullCount: length, buffers: [], children: [] };
  const [bits = none, ...buffers] = column.buffers;
  const validity = column.nullCount === 0 ? none : sliceBits(bits, from, length);
  const nullCount = validity.length === 0 ? 0 : length - countBits(validity, length);
  const children = (start: number, end: number): ColumnData[] =>
    childFields(type).map((field, index) => {
      const child = column.children[index];
      if (child === undefined || child.length < end) throw malformed("a nested column is too short");
      return sliceColumn(field.type, child, start, end);
    });
  const [first = none, second = none] = buffers;
  switch (type.kind) {
    case "struct":
    case "variant":
      return { length, nullCount, buffers: [validity], children: children(from, to) };
    case "boolean":
      return { length, nullCount, buffers: [validity, sliceBits(first, from, length)], children: [] };
    case "utf8":
    case "binary": {
      const { offsets, start, end } = sliceOffsets(first, from, length);
      if (end > second.length) throw malformed("a value lies outside its buffer");
      return { length, nullCount, buffers: [validity, offsets, second.subarray(start, end)], children: [] };
    }
    case "list":
    case "map": {
      const { offsets, start, end } = sliceOffsets(first, from, length);
      return { length, nullCount, buffers: [validity, offsets], children: children(start, end) };
    }
    default: {
      const width = byteWidth(type);
      if (first.length < to * width) throw malformed("a buffer is too short for its values");
      return {
        length,
        nullCount,
        buffers: [validity, first.subarray(from * width, to * width)],
        children: [],
      };
    }
  }
}

const none: Uint8Array = new Uint8Array(0);

/** Bytes of a value of a type of fixed width. */
function byteWidth(type: ArrowType): number {
  switch (type.kind) {
    case "int":
    case "float":
    case "decimal":
      return type.bits / 8;
    case "date":
      return 4;
    case "time":
    case "timestamp":
    case "duration":
      return 8;
    case "interval":
      return type.unit === "yearMonth" ? 4 : 16;
    default:
      throw malformed(`${type.kind} has no fixed width`);
  }
}

/** Offsets that begin at 0 again, and where they began and end in what they point into. */
function sliceOffsets(
  bytes: Uint8Array,
  from: number,
  length: number,
): { offsets: Uint8Array; start: number; end: number } {
  if (length === 0) return { offsets: new Uint8Array(4), start: 0, end: 0 };
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const all = view(Int32Array, aligned, from + length + 1);
  const start = all[from] as number;
  const end = all[from + length] as number;
  if (start < 0 || end < start) throw malformed("offsets do not rise");
  const offsets = all.slice(from, from + length + 1);
  if (start !== 0) {
    for (let index = 0; index < offsets.length; index++) offsets[index] = (offsets[index] as number) - start;
  }
  return { offsets: new Uint8Array(offsets.buffer), start, end };
}

/** Bits `from` up to `from + length`, from the first bit of a byte on. */
export function sliceBits(bits: Uint8Array, from: number, length: number): Uint8Array {
  if (bits.length === 0) return bits;
  const bytes = Math.ceil(length / 8);
  const first = from >> 3;
  if (bits.length * 8 < from + length) throw malformed("a bitmap is too short");
  const shift = from & 7;
  if (shift === 0) return bits.subarray(first, first + bytes);
  const sliced = new Uint8Array(bytes);
  for (let index = 0; index < bytes; index++) {
    const low = (bits[first + index] as number) >> shift;
    sliced[index] = low | ((bits[first + index + 1] ?? 0) << (8 - shift));
  }
  return sliced;
}

function countBits(bits: Uint8Array, length: number): number {
  let count = 0;
  for (let index = 0; index < length; index++) count += ((bits[index >> 3] as number) >> (index & 7)) & 1;
  return count;
}
