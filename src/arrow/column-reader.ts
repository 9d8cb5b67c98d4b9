import type { ArrowField, ArrowType } from "./arrow-type.ts";
import { readBinary, readBinaryView, readFixedSizeBinary, readUtf8 } from "./bytes-reader.ts";
import { readDecimals } from "./decimal-reader.ts";
import type { BufferSource } from "./ipc/body-reader.ts";
import { malformed } from "./ipc/message-reader.ts";
import { readNumbers } from "./number-reader.ts";
import { type RowFactory, rowFactory } from "./row.ts";
import { readTemporal } from "./temporal-reader.ts";
import { view } from "./typed-view.ts";
import { Variant } from "./values/variant.ts";

/** The values of the dictionaries seen so far in a stream, by id. */
export type Dictionaries = ReadonlyMap<bigint, readonly unknown[]>;

/**
 * Reads the next column of a batch, children included, into one array: whole columns at a time, so that every
 * loop stays within one type.
 */
export function readColumn(field: ArrowField, body: BufferSource, dictionaries: Dictionaries): unknown[] {
  const { length, nullCount } = body.node();
  if (field.type.kind === "null" && field.dictionary === undefined) {
    return new Array<null>(length).fill(null);
  }
  const validity = body.bytes();
  const values =
    field.dictionary === undefined
      ? readValues(field, length, body, dictionaries)
      : lookUp(field.dictionary, length, body, dictionaries);
  if (values.length !== length) {
    throw malformed(`column ${JSON.stringify(field.name)} has ${values.length} values instead of ${length}`);
  }
  if (nullCount !== 0 && validity.length > 0) {
    clearNulls(values, validity);
  }
  return values;
}

function readValues(
  field: ArrowField,
  length: number,
  body: BufferSource,
  dictionaries: Dictionaries,
): unknown[] {
  const { type } = field;
  switch (type.kind) {
    case "boolean":
      return readBooleans(body.bytes(), length);
    case "int":
    case "float":
      return readNumbers(type, body.bytes(), length);
    case "decimal":
      return readDecimals(type, body.bytes(), length);
    case "utf8":
    case "largeUtf8":
      return readUtf8(field.name, readOffsets(type, body, length), body.bytes());
    case "binary":
    case "largeBinary":
      return readBinary(readOffsets(type, body, length), body.bytes());
    case "fixedSizeBinary":
      return readFixedSizeBinary(type.byteWidth, body.bytes(), length);
    case "utf8View":
    case "binaryView":
      return readBinaryView(field, length, body);
    case "date":
    case "time":
    case "timestamp":
    case "duration":
    case "interval":
      return readTemporal(field.name, type, body.bytes(), length);
    case "list":
    case "largeList": {
      const offsets = readOffsets(type, body, length);
      return sliceLists(offsets, readColumn(type.element, body, dictionaries));
    }
    case "fixedSizeList": {
      const items = readColumn(type.element, body, dictionaries);
      return Array.from({ length }, (_, index) =>
        items.slice(index * type.length, (index + 1) * type.length),
      );
    }
    case "map":
      return readMaps(type, length, body, dictionaries);
    case "struct":
      return structFactory(type)(
        type.fields.map((child) => readColumn(child, body, dictionaries)),
        length,
      );
    case "variant":
      return readVariants(length, body, dictionaries);
    case "null":
      return new Array<null>(length).fill(null);
  }
}

function readBooleans(bits: Uint8Array, length: number): boolean[] {
  requireBits(bits, length);
  const values = new Array<boolean>(length);
  for (let index = 0; index < length; index++) {
    values[index] = (((bits[index >> 3] as number) >> (index & 7)) & 1) === 1;
  }
  return values;
}

function clearNulls(values: unknown[], validity: Uint8Array): void {
  requireBits(validity, values.length);
  for (let index = 0; index < values.length; index++) {
    if ((((validity[index >> 3] as number) >> (index & 7)) & 1) === 0) {
      values[index] = null;
    }
  }
}

function requireBits(bits: Uint8Array, length: number): void {
  if (bits.length * 8 < length) {
    throw malformed("a bitmap is too short");
  }
}

/** `length + 1` offsets; an empty column may have none at all. */
function readOffsets(type: ArrowType, body: BufferSource, length: number): Int32Array | Float64Array {
  const bytes = body.bytes();
  if (length === 0) {
    return new Int32Array(1);
  }
  return type.kind.startsWith("large")
    ? Float64Array.from(view(BigInt64Array, bytes, length + 1), Number)
    : view(Int32Array, bytes, length + 1);
}

function sliceLists(offsets: Int32Array | Float64Array, items: readonly unknown[]): unknown[][] {
  const lists = new Array<unknown[]>(offsets.length - 1);
  for (let index = 0; index < lists.length; index++) {
    const end = offsets[index + 1] as number;
    if (end > items.length) {
      throw malformed("a list ends after its items");
    }
    lists[index] = items.slice(offsets[index], end);
  }
  return lists;
}

function readMaps(
  type: Extract<ArrowType, { kind: "map" }>,
  length: number,
  body: BufferSource,
  dictionaries: Dictionaries,
): Map<unknown, unknown>[] {
  const offsets = readOffsets(type, body, length);
  // The entries are a struct of their own, never null.
  body.node();
  body.bytes();
  const keys = readColumn(type.key, body, dictionaries);
  const values = readColumn(type.value, body, dictionaries);
  const maps = new Array<Map<unknown, unknown>>(length);
  for (let index = 0; index < length; index++) {
    const map = new Map<unknown, unknown>();
    const end = offsets[index + 1] as number;
    if (end > keys.length || end > values.length) {
      throw malformed("a map ends after its entries");
    }
    for (let entry = offsets[index] as number; entry < end; entry++) {
      map.set(keys[entry], values[entry]);
    }
    maps[index] = map;
  }
  return maps;
}

const binaryField: ArrowField = { name: "value", type: { kind: "binary" }, nullable: false };

function readVariants(length: number, body: BufferSource, dictionaries: Dictionaries): Variant[] {
  const values = readColumn(binaryField, body, dictionaries);
  const metadata = readColumn(binaryField, body, dictionaries);
  return Array.from(
    { length },
    (_, index) => new Variant(values[index] as Uint8Array, metadata[index] as Uint8Array),
  );
}

function lookUp(
  dictionary: NonNullable<ArrowField["dictionary"]>,
  length: number,
  body: BufferSource,
  dictionaries: Dictionaries,
): unknown[] {
  const indexes = readNumbers(dictionary.index, body.bytes(), length);
  const values = dictionaries.get(dictionary.id);
  if (values === undefined) {
    throw malformed(`dictionary ${dictionary.id} is missing`);
  }
  return indexes.map((index) => values[Number(index)]);
}

const structFactories: WeakMap<ArrowType, RowFactory> = new WeakMap();

function structFactory(type: Extract<ArrowType, { kind: "struct" }>): RowFactory {
  let factory = structFactories.get(type);
  if (factory === undefined) {
    factory = rowFactory(type.fields.map((field) => field.name));
    structFactories.set(type, factory);
  }
  return factory;
}
