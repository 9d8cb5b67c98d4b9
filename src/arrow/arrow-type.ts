/** What a column is on the wire, after the Arrow columnar format 1.5 (Schema.fbs). */
export type ArrowType =
  | { readonly kind: "null" }
  | { readonly kind: "boolean" }
  | { readonly kind: "int"; readonly bits: 8 | 16 | 32 | 64; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: 32 | 64 }
  | {
      readonly kind: "decimal";
      readonly precision: number;
      readonly scale: number;
      readonly bits: 32 | 64 | 128 | 256;
    }
  | { readonly kind: "utf8" | "largeUtf8" | "utf8View" }
  | { readonly kind: "binary" | "largeBinary" | "binaryView" }
  | { readonly kind: "fixedSizeBinary"; readonly byteWidth: number }
  /** In days, unless it says otherwise; Spark itself has only days. */
  | { readonly kind: "date"; readonly unit?: "millisecond" }
  | { readonly kind: "time"; readonly unit: TimeUnit }
  | { readonly kind: "timestamp"; readonly unit: TimeUnit; readonly timezone: string | undefined }
  | { readonly kind: "duration"; readonly unit: TimeUnit }
  | { readonly kind: "interval"; readonly unit: "yearMonth" | "dayTime" | "monthDayNano" }
  | { readonly kind: "list" | "largeList"; readonly element: ArrowField }
  | { readonly kind: "fixedSizeList"; readonly length: number; readonly element: ArrowField }
  | {
      readonly kind: "map";
      readonly key: ArrowField;
      readonly value: ArrowField;
      readonly keysSorted: boolean;
    }
  | { readonly kind: "struct"; readonly fields: readonly ArrowField[] }
  /** A struct of `value` and `metadata` whose `metadata` child says `variant: "true"` (Spark's ArrowUtils). */
  | { readonly kind: "variant" };

export type TimeUnit = "second" | "millisecond" | "microsecond" | "nanosecond";

/** The names of the units by their number in Schema.fbs. */
export const timeUnits: readonly TimeUnit[] = ["second", "millisecond", "microsecond", "nanosecond"];

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly nullable: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
  /** Set where values travel as indexes into a dictionary; `type` is then that of the values. */
  readonly dictionary?: ArrowDictionary;
}

export interface ArrowDictionary {
  readonly id: bigint;
  readonly index: Extract<ArrowType, { kind: "int" }>;
}

const intNames = { 8: "TINYINT", 16: "SMALLINT", 32: "INT", 64: "BIGINT" } as const;

/** A short name of a type for messages: Spark's, such as `ARRAY<BIGINT>`; Arrow's where Spark has no such type. */
export function describeType(type: ArrowType): string {
  switch (type.kind) {
    case "null":
      return "VOID";
    case "int":
      return type.signed ? intNames[type.bits] : `uint${type.bits}`;
    case "float":
      return type.bits === 32 ? "FLOAT" : "DOUBLE";
    case "decimal":
      return `DECIMAL(${type.precision},${type.scale})`;
    case "utf8":
    case "largeUtf8":
    case "utf8View":
      return "STRING";
    case "binary":
    case "largeBinary":
    case "binaryView":
      return "BINARY";
    case "timestamp":
      return type.timezone === undefined ? "TIMESTAMP_NTZ" : "TIMESTAMP";
    case "duration":
      return "INTERVAL DAY TO SECOND";
    case "interval":
      return intervalNames[type.unit];
    case "list":
    case "largeList":
    case "fixedSizeList":
      return `ARRAY<${describeType(type.element.type)}>`;
    case "map":
      return `MAP<${describeType(type.key.type)}, ${describeType(type.value.type)}>`;
    case "struct":
      return `STRUCT<${type.fields.map((field) => `${field.name}: ${describeType(field.type)}`).join(", ")}>`;
    case "boolean":
    case "date":
    case "time":
    case "variant":
      return type.kind.toUpperCase();
    default:
      return type.kind;
  }
}

const intervalNames = {
  yearMonth: "INTERVAL YEAR TO MONTH",
  dayTime: "interval dayTime",
  monthDayNano: "INTERVAL",
} as const;
