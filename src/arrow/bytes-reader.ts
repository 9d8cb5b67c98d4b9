import { constants, isAscii, isUtf8 } from "node:buffer";
import { SparkwrightError } from "../core/error.ts";
import type { ArrowField } from "./arrow-type.ts";
import type { BufferSource } from "./ipc/body-reader.ts";
import { malformed } from "./ipc/message-reader.ts";
import { view } from "./typed-view.ts";

type Offsets = Int32Array | Float64Array;

export function readUtf8(column: string, offsets: Offsets, bytes: Uint8Array): string[] {
  const length = offsets.length - 1;
  const start = offsets[0] as number;
  const end = checkedEnd(offsets, bytes);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  const values = new Array<string>(length);
  if (text.length <= constants.MAX_STRING_LENGTH && isAscii(text)) {
    // One character is one byte: decode once, then cut.
    const all = text.toString("latin1");
    for (let index = 0; index < length; index++) {
      values[index] = all.substring(
        (offsets[index] as number) - start,
        (offsets[index + 1] as number) - start,
      );
    }
    return values;
  }
  for (let index = 0; index < length; index++) {
    const [from, to] = [(offsets[index] as number) - start, (offsets[index + 1] as number) - start];
    try {
      values[index] = text.toString("utf8", from, to);
    } catch (cause) {
      throw textTooLong(column, index, to - from, cause);
    }
  }
  if (!isUtf8(text) || values.some((value) => value.includes("\ufffd"))) {
    checkUtf8(column, offsets, bytes);
  }
  return values;
}

export function readBinary(offsets: Offsets, bytes: Uint8Array): Uint8Array[] {
  checkedEnd(offsets, bytes);
  const values = new Array<Uint8Array>(offsets.length - 1);
  for (let index = 0; index < values.length; index++) {
    // Copied: a view would keep the whole message in memory.
    values[index] = bytes.slice(offsets[index], offsets[index + 1]);
  }
  return values;
}

export function readFixedSizeBinary(width: number, bytes: Uint8Array, length: number): Uint8Array[] {
  const all = view(Uint8Array, bytes, width * length);
  return Array.from({ length }, (_, index) => all.slice(index * width, (index + 1) * width));
}

/** Views of 16 bytes: the length, then up to 12 bytes, or a prefix, number of a buffer and offset in it. */
export function readBinaryView(field: ArrowField, length: number, body: BufferSource): unknown[] {
  const ints = view(Int32Array, body.bytes(), length * 4);
  const buffers = Array.from({ length: body.variadicCount() }, () => body.bytes());
  const bytesOf = (index: number): Uint8Array => {
    const size = ints[index * 4] as number;
    if (size <= 12) {
      const start = ints.byteOffset + index * 16 + 4;
      return new Uint8Array(ints.buffer.slice(start, start + size));
    }
    const start = ints[index * 4 + 3] as number;
    const buffer = buffers[ints[index * 4 + 2] as number];
    if (buffer === undefined || start < 0 || start + size > buffer.length) {
      throw malformed("a view points outside its buffers");
    }
    return buffer.slice(start, start + size);
  };
  return Array.from({ length }, (_, index) => {
    const bytes = bytesOf(index);
    return field.type.kind === "binaryView" ? bytes : decodeUtf8(field.name, bytes, index);
  });
}

/** The last offset, having made sure that all of them rise and lie inside the buffer. */
function checkedEnd(offsets: Offsets, bytes: Uint8Array): number {
  let last = offsets[0] as number;
  let rising = last >= 0;
  for (let index = 1; index < offsets.length; index++) {
    const offset = offsets[index] as number;
    rising &&= offset >= last;
    last = offset;
  }
  if (!rising || last > bytes.length) {
    throw malformed("a value lies outside its buffer");
  }
  return last;
}

function checkUtf8(column: string, offsets: Offsets, bytes: Uint8Array): void {
  for (let index = 0; index < offsets.length - 1; index++) {
    decodeUtf8(column, bytes.subarray(offsets[index], offsets[index + 1]), index);
  }
}

const decoder: InstanceType<typeof TextDecoder> = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeUtf8(column: string, bytes: Uint8Array, row: number): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    if (bytes.length > constants.MAX_STRING_LENGTH) throw textTooLong(column, row, bytes.length, cause);
    throw new SparkwrightError(
      "VALUE_INVALID_UTF8",
      `column ${JSON.stringify(column)} holds text that is not UTF-8 (value ${row} of its batch)`,
      { cause, hint: "Select it as BINARY, or repair it in the query with make_valid_utf8()." },
    );
  }
}

function textTooLong(column: string, row: number, bytes: number, cause: unknown): SparkwrightError {
  return new SparkwrightError(
    "VALUE_TEXT_TOO_LONG",
    `column ${JSON.stringify(column)} holds a text of ${bytes} bytes (value ${row} of its batch); a JavaScript string has at most ${constants.MAX_STRING_LENGTH} characters`,
    {
      cause,
      hint: `Select it in parts, with substring(), or as BINARY, with cast("binary").`,
      details: { column, row, bytes },
    },
  );
}
