import type { Builder } from "flatbuffers";
import { type ArrowField, type ArrowType, timeUnits } from "../arrow-type.ts";
import { messageHead, offsetVector } from "./message-writer.ts";

/** The Schema message of a stream (Schema.fbs). Dictionaries are not written: values stand for themselves. */
export function schemaMessage(fields: readonly ArrowField[]): Uint8Array {
  return messageHead(1, 0, (builder) => {
    const vector = offsetVector(
      builder,
      fields.map((field) => writeField(builder, field)),
    );
    // 0 endianness, 1 fields
    builder.startObject(4);
    builder.addFieldOffset(1, vector, 0);
    return builder.endObject();
  });
}

function writeField(builder: Builder, field: ArrowField): number {
  const name = builder.createString(field.name);
  const [typeId, writeSlots] = typeSlots(field.type, builder);
  builder.startObject(3);
  writeSlots();
  const type = builder.endObject();
  const children = offsetVector(
    builder,
    childrenOf(field.type).map((child) => writeField(builder, child)),
  );
  const metadata = writeMetadata(builder, field.metadata ?? {});
  // 0 name, 1 nullable, 2 type_type, 3 type, 4 dictionary, 5 children, 6 custom_metadata
  builder.startObject(7);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldInt8(1, field.nullable ? 1 : 0, 0);
  builder.addFieldInt8(2, typeId, 0);
  builder.addFieldOffset(3, type, 0);
  builder.addFieldOffset(5, children, 0);
  builder.addFieldOffset(6, metadata, 0);
  return builder.endObject();
}

function writeMetadata(builder: Builder, metadata: Readonly<Record<string, string>>): number {
  const pairs = Object.entries(metadata).map(([key, value]) => {
    const [keyAt, valueAt] = [builder.createString(key), builder.createString(value)];
    builder.startObject(2);
    builder.addFieldOffset(0, keyAt, 0);
    builder.addFieldOffset(1, valueAt, 0);
    return builder.endObject();
  });
  return pairs.length === 0 ? 0 : offsetVector(builder, pairs);
}

/**
 * Children of one name get their position appended, as Spark does (ArrowUtils.deduplicateFieldNames): Java's
 * struct vector keeps only one of them. A server reads them by position.
 */
function withDistinctNames(fields: readonly ArrowField[]): readonly ArrowField[] {
  if (new Set(fields.map((field) => field.name)).size === fields.length) return fields;
  return fields.map((field, index) => ({ ...field, name: `${field.name}_${index}` }));
}

function childrenOf(type: ArrowType): readonly ArrowField[] {
  switch (type.kind) {
    case "list":
    case "largeList":
    case "fixedSizeList":
      return [type.element];
    case "map":
      return [
        {
          name: "entries",
          type: { kind: "struct", fields: [{ ...type.key, nullable: false }, type.value] },
          nullable: false,
        },
      ];
    case "struct":
      return withDistinctNames(type.fields);
    case "variant":
      return [
        { name: "value", type: { kind: "binary" }, nullable: false },
        { name: "metadata", type: { kind: "binary" }, nullable: false, metadata: { variant: "true" } },
      ];
    default:
      return [];
  }
}

/** The number of a type in the union Type, and what writes the fields of its table; strings are written first. */
function typeSlots(type: ArrowType, builder: Builder): readonly [typeId: number, write: () => void] {
  const none = (): void => {};
  switch (type.kind) {
    case "null":
      return [1, none];
    case "int":
      return [
        2,
        () => {
          builder.addFieldInt32(0, type.bits, 0);
          builder.addFieldInt8(1, type.signed ? 1 : 0, 0);
        },
      ];
    case "float":
      return [3, () => builder.addFieldInt16(0, type.bits === 64 ? 2 : 1, 0)];
    case "binary":
      return [4, none];
    case "utf8":
      return [5, none];
    case "boolean":
      return [6, none];
    case "decimal":
      return [
        7,
        () => {
          builder.addFieldInt32(0, type.precision, 0);
          builder.addFieldInt32(1, type.scale, 0);
          builder.addFieldInt32(2, type.bits, 128);
        },
      ];
    case "date":
      return [8, () => builder.addFieldInt16(0, 0, 1)];
    case "time":
      return [
        9,
        () => {
          builder.addFieldInt16(0, timeUnits.indexOf(type.unit), 1);
          builder.addFieldInt32(1, type.unit === "second" || type.unit === "millisecond" ? 32 : 64, 32);
        },
      ];
    case "timestamp": {
      const timezone = type.timezone === undefined ? 0 : builder.createString(type.timezone);
      return [
        10,
        () => {
          builder.addFieldInt16(0, timeUnits.indexOf(type.unit), 0);
          builder.addFieldOffset(1, timezone, 0);
        },
      ];
    }
    case "interval":
      return [
        11,
        () => builder.addFieldInt16(0, ["yearMonth", "dayTime", "monthDayNano"].indexOf(type.unit), 0),
      ];
    case "list":
      return [12, none];
    case "struct":
    case "variant":
      return [13, none];
    case "fixedSizeBinary":
      return [15, () => builder.addFieldInt32(0, type.byteWidth, 0)];
    case "fixedSizeList":
      return [16, () => builder.addFieldInt32(0, type.length, 0)];
    case "map":
      return [17, () => builder.addFieldInt8(0, type.keysSorted ? 1 : 0, 0)];
    case "duration":
      return [18, () => builder.addFieldInt16(0, timeUnits.indexOf(type.unit), 1)];
    case "largeBinary":
      return [19, none];
    case "largeUtf8":
      return [20, none];
    case "largeList":
      return [21, none];
    case "binaryView":
      return [23, none];
    case "utf8View":
      return [24, none];
  }
}
