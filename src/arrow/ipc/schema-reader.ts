import { SparkwrightError } from "../../core/error.ts";
import { type ArrowDictionary, type ArrowField, type ArrowType, timeUnits } from "../arrow-type.ts";
import { malformed } from "./message-reader.ts";
import type { FlatTable } from "./table.ts";

/** The fields of a Schema message (Schema.fbs; slots are named at each read). */
export function readSchema(schema: FlatTable): ArrowField[] {
  if (schema.int16(0, 0) !== 0) {
    throw unsupported("big-endian data");
  }
  return schema.tables(1).map(readField);
}

function readField(field: FlatTable): ArrowField {
  // 0 name, 1 nullable, 2 type_type, 3 type, 4 dictionary, 5 children, 6 custom_metadata
  const name = field.string(0) ?? "";
  const children = field.tables(5).map(readField);
  const metadata = Object.fromEntries(
    field.tables(6).map((pair) => [pair.string(0) ?? "", pair.string(1) ?? ""]),
  );
  const dictionary = field.table(4);
  return {
    name,
    type: readType(field.int8(2, 0), field.table(3), children),
    nullable: field.int8(1, 0) !== 0,
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(dictionary !== undefined && { dictionary: readDictionary(dictionary) }),
  };
}

function readDictionary(dictionary: FlatTable): ArrowDictionary {
  const index = dictionary.table(1);
  return { id: dictionary.int64(0), index: index === undefined ? int(32, true) : readInt(index) };
}

function readType(typeId: number, type: FlatTable | undefined, children: readonly ArrowField[]): ArrowType {
  if (type === undefined) {
    throw malformed("a field has no type");
  }
  switch (typeId) {
    case 1:
      return { kind: "null" };
    case 2:
      return readInt(type);
    case 3:
      return { kind: "float", bits: known([32, 64] as const, 16 << type.int16(0, 0)) };
    case 4:
      return { kind: "binary" };
    case 5:
      return { kind: "utf8" };
    case 6:
      return { kind: "boolean" };
    case 7:
      return {
        kind: "decimal",
        precision: type.int32(0, 0),
        scale: type.int32(1, 0),
        bits: known([32, 64, 128, 256] as const, type.int32(2, 128)),
      };
    case 8:
      return type.int16(0, 1) === 0 ? { kind: "date" } : { kind: "date", unit: "millisecond" };
    case 9:
      return { kind: "time", unit: pick(timeUnits, type.int16(0, 1)) };
    case 10:
      return { kind: "timestamp", unit: pick(timeUnits, type.int16(0, 0)), timezone: type.string(1) };
    case 11:
      return {
        kind: "interval",
        unit: pick(["yearMonth", "dayTime", "monthDayNano"] as const, type.int16(0, 0)),
      };
    case 12:
      return { kind: "list", element: child(children, 0) };
    case 13:
      return isVariant(children) ? { kind: "variant" } : { kind: "struct", fields: children };
    case 15:
      return { kind: "fixedSizeBinary", byteWidth: type.int32(0, 0) };
    case 16:
      return { kind: "fixedSizeList", length: type.int32(0, 0), element: child(children, 0) };
    case 17:
      return readMap(type, child(children, 0));
    case 18:
      return { kind: "duration", unit: pick(timeUnits, type.int16(0, 1)) };
    case 19:
      return { kind: "largeBinary" };
    case 20:
      return { kind: "largeUtf8" };
    case 21:
      return { kind: "largeList", element: child(children, 0) };
    case 23:
      return { kind: "binaryView" };
    case 24:
      return { kind: "utf8View" };
    default:
      throw unsupported(`type number ${typeId}`);
  }
}

function readInt(type: FlatTable): Extract<ArrowType, { kind: "int" }> {
  return int(known([8, 16, 32, 64] as const, type.int32(0, 0)), type.int8(1, 0) !== 0);
}

function int(bits: 8 | 16 | 32 | 64, signed: boolean): Extract<ArrowType, { kind: "int" }> {
  return { kind: "int", bits, signed };
}

function readMap(type: FlatTable, entries: ArrowField): ArrowType {
  if (entries.type.kind !== "struct") {
    throw malformed("the entries of a map are no struct");
  }
  const [key, value] = [child(entries.type.fields, 0), child(entries.type.fields, 1)];
  return { kind: "map", key, value, keysSorted: type.int8(0, 0) !== 0 };
}

function isVariant(children: readonly ArrowField[]): boolean {
  const [value, metadata] = children;
  return (
    children.length === 2 &&
    value?.type.kind === "binary" &&
    metadata?.type.kind === "binary" &&
    metadata.metadata?.["variant"] === "true"
  );
}

function child(children: readonly ArrowField[], index: number): ArrowField {
  const field = children[index];
  if (field === undefined) {
    throw malformed("a nested type lacks a child");
  }
  return field;
}

function pick<T>(choices: readonly T[], index: number): T {
  const choice = choices[index];
  if (choice === undefined) {
    throw malformed(`unit number ${index} does not exist`);
  }
  return choice;
}

function known<T extends number>(choices: readonly T[], value: number): T {
  const choice = choices.find((each) => each === value);
  if (choice === undefined) {
    throw unsupported(`a width of ${value} bits`);
  }
  return choice;
}

function unsupported(what: string): SparkwrightError {
  return new SparkwrightError("ARROW_UNSUPPORTED", `Arrow data with ${what} cannot be read`, {
    hint: "Cast the column to another type in the query.",
  });
}
