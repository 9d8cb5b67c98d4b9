import { SparkwrightError } from "../core/error.ts";
import { type ArrowField, type ArrowType, timeUnits } from "./arrow-type.ts";

/**
 * A field of a table of apache-arrow or flechette. Both number types as Schema.fbs does; where the names of a
 * property differ, both are here.
 */
export interface ForeignField {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: ForeignType;
  readonly metadata?: ReadonlyMap<string, string> | null;
}

export interface ForeignType {
  readonly typeId: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly signed?: boolean;
  readonly precision?: number;
  readonly scale?: number;
  readonly unit?: number;
  readonly timezone?: string | null;
  readonly byteWidth?: number;
  readonly stride?: number;
  readonly listSize?: number;
  readonly keysSorted?: boolean;
  readonly children?: readonly ForeignField[] | null;
  readonly id?: number;
  readonly indices?: ForeignType;
  readonly dictionary?: ForeignType;
}

const dictionaryTypeId = -1;

export function isDictionary(type: ForeignType): type is ForeignType & {
  readonly id: number;
  readonly indices: ForeignType;
  readonly dictionary: ForeignType;
} {
  return type.typeId === dictionaryTypeId;
}

/** The field in our words. Thrown when its type is one that Spark has nothing for: `ARROW_UNSUPPORTED`. */
export function foreignField(field: ForeignField): ArrowField {
  const { name, nullable, type } = field;
  const metadata = Object.fromEntries(field.metadata ?? []);
  const more = Object.keys(metadata).length > 0 ? { metadata } : {};
  if (!isDictionary(type)) return { name, nullable, type: foreignType(name, type), ...more };
  const index = foreignType(name, type.indices);
  if (index.kind !== "int") throw unsupported(name, "a dictionary whose indexes are not integers");
  const dictionary = { id: BigInt(type.id), index };
  return { name, nullable, type: foreignType(name, type.dictionary), dictionary, ...more };
}

function foreignType(name: string, type: ForeignType): ArrowType {
  const unit = timeUnits[type.unit ?? 0] ?? "second";
  const children = (type.children ?? []).map(foreignField);
  const child = (of: readonly ArrowField[], index: number): ArrowField => {
    const found = of[index];
    if (found === undefined) throw unsupported(name, "a nested type that lacks a child");
    return found;
  };
  switch (type.typeId) {
    case 1:
      return { kind: "null" };
    case 2:
      return {
        kind: "int",
        bits: (type.bitWidth ?? 32) as 8 | 16 | 32 | 64,
        signed: type.isSigned ?? type.signed ?? true,
      };
    case 3:
      if (type.precision === 0) throw unsupported(name, "floats of 16 bits");
      return { kind: "float", bits: type.precision === 1 ? 32 : 64 };
    case 4:
      return { kind: "binary" };
    case 5:
      return { kind: "utf8" };
    case 6:
      return { kind: "boolean" };
    case 7:
      return {
        kind: "decimal",
        precision: type.precision ?? 38,
        scale: type.scale ?? 0,
        bits: (type.bitWidth ?? 128) as 32 | 64 | 128 | 256,
      };
    case 8:
      return type.unit === 1 ? { kind: "date", unit: "millisecond" } : { kind: "date" };
    case 9:
      return { kind: "time", unit };
    case 10:
      return { kind: "timestamp", unit, timezone: type.timezone ?? undefined };
    case 11:
      return {
        kind: "interval",
        unit: (["yearMonth", "dayTime", "monthDayNano"] as const)[type.unit ?? 0] ?? "yearMonth",
      };
    case 12:
      return { kind: "list", element: child(children, 0) };
    case 13:
      return { kind: "struct", fields: children };
    case 15:
      return { kind: "fixedSizeBinary", byteWidth: type.byteWidth ?? type.stride ?? 0 };
    case 16:
      return {
        kind: "fixedSizeList",
        length: type.listSize ?? type.stride ?? 0,
        element: child(children, 0),
      };
    case 17: {
      const { type: entries } = child(children, 0);
      if (entries.kind !== "struct") throw unsupported(name, "a map whose entries are no struct");
      const [key, value] = [child(entries.fields, 0), child(entries.fields, 1)];
      return { kind: "map", key, value, keysSorted: type.keysSorted ?? false };
    }
    case 18:
      return { kind: "duration", unit };
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
      throw unsupported(name, `Arrow's type number ${type.typeId}`);
  }
}

function unsupported(name: string, what: string): SparkwrightError {
  return new SparkwrightError(
    "ARROW_UNSUPPORTED",
    `column ${JSON.stringify(name)} has ${what}, for which Spark has no type`,
    {
      hint: "Convert the column first, or leave it out.",
    },
  );
}
