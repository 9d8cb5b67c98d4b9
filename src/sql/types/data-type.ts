import { quoteName } from "../../sql-text/names.ts";
import { ddlOf, treeLines } from "./type-text.ts";

export { quoteName };

/**
 * A Spark SQL data type, discriminated on `kind`; the values of `kind` are the names of the Connect protocol.
 *
 * @see org.apache.spark.sql.types.DataType
 */
export type DataType =
  | AtomicType
  | StringType
  | LengthType
  | DecimalType
  | TimeType
  | YearMonthIntervalType
  | DayTimeIntervalType
  | SpatialType
  | ArrayType
  | MapType
  | StructType
  | UserDefinedType;

const atomicNames = {
  null: ["void", "void"],
  binary: ["binary", "binary"],
  boolean: ["boolean", "boolean"],
  byte: ["byte", "tinyint"],
  short: ["short", "smallint"],
  integer: ["integer", "int"],
  long: ["long", "bigint"],
  float: ["float", "float"],
  double: ["double", "double"],
  date: ["date", "date"],
  timestamp: ["timestamp", "timestamp"],
  timestampNtz: ["timestamp_ntz", "timestamp_ntz"],
  calendarInterval: ["interval", "interval"],
  variant: ["variant", "variant"],
} as const;

/** The `kind` of the types that have no parameters. */
export type AtomicKind = keyof typeof atomicNames;

abstract class TypeBase {
  /** The type as Spark's `DataType.simpleString` prints it, which is also its DDL form: `array<decimal(10,2)>`. */
  abstract simpleString(): string;
  /** The type as a value of Spark's schema JSON, its keys in order as PySpark writes them. */
  abstract jsonValue(): unknown;

  /** The type as Spark's schema JSON. */
  json(): string {
    return JSON.stringify(this.jsonValue());
  }

  /** Whether the other is the same type, nullability and metadata of nested fields included. */
  equals(other: DataType): boolean {
    return this.json() === other.json();
  }

  /** SQL text of the type: `array<int>`. */
  toString(): string {
    return this.simpleString();
  }
}

/** A type without parameters, such as BIGINT or DATE. */
export class AtomicType extends TypeBase {
  readonly kind: AtomicKind;

  constructor(kind: AtomicKind) {
    super();
    this.kind = kind;
  }

  simpleString(): string {
    return atomicNames[this.kind][1];
  }

  jsonValue(): string {
    return atomicNames[this.kind][0];
  }
}

/** VOID: the type of NULL alone. */
export const NullType: AtomicType = new AtomicType("null");
/** BINARY: a Uint8Array. */
export const BinaryType: AtomicType = new AtomicType("binary");
/** BOOLEAN. */
export const BooleanType: AtomicType = new AtomicType("boolean");
/** TINYINT: a number. */
export const ByteType: AtomicType = new AtomicType("byte");
/** SMALLINT: a number. */
export const ShortType: AtomicType = new AtomicType("short");
/** INT: a number. */
export const IntegerType: AtomicType = new AtomicType("integer");
/** BIGINT: a bigint. */
export const LongType: AtomicType = new AtomicType("long");
/** FLOAT: a number. */
export const FloatType: AtomicType = new AtomicType("float");
/** DOUBLE: a number. */
export const DoubleType: AtomicType = new AtomicType("double");
/** DATE: a LocalDate. */
export const DateType: AtomicType = new AtomicType("date");
/** TIMESTAMP, a moment in UTC with microseconds: a Timestamp. */
export const TimestampType: AtomicType = new AtomicType("timestamp");
/** TIMESTAMP_NTZ, without a time zone: a LocalDateTime. */
export const TimestampNTZType: AtomicType = new AtomicType("timestampNtz");
/** INTERVAL of months, days and microseconds: a CalendarInterval. */
export const CalendarIntervalType: AtomicType = new AtomicType("calendarInterval");
/** VARIANT: a Variant. */
export const VariantType: AtomicType = new AtomicType("variant");

/** STRING, with a collation when it is not the binary one. */
export class StringType extends TypeBase {
  readonly kind = "string";
  readonly collation: string;

  constructor(collation = "UTF8_BINARY") {
    super();
    this.collation = collation === "" ? "UTF8_BINARY" : collation;
  }

  simpleString(): string {
    return this.collation === "UTF8_BINARY" ? "string" : `string collate ${this.collation}`;
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** CHAR(length) or VARCHAR(length). */
export class LengthType extends TypeBase {
  readonly kind: "char" | "varChar";
  readonly length: number;

  constructor(kind: "char" | "varChar", length: number) {
    super();
    this.kind = kind;
    this.length = length;
  }

  simpleString(): string {
    return `${this.kind.toLowerCase()}(${this.length})`;
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** DECIMAL(precision, scale); precision at most 38. */
export class DecimalType extends TypeBase {
  readonly kind = "decimal";
  readonly precision: number;
  readonly scale: number;

  constructor(precision = 10, scale = 0) {
    super();
    this.precision = precision;
    this.scale = scale;
  }

  simpleString(): string {
    return `decimal(${this.precision},${this.scale})`;
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** TIME(precision): a time of day with 0 to 6 digits of the second's fraction. */
export class TimeType extends TypeBase {
  readonly kind = "time";
  readonly precision: number;

  constructor(precision = 6) {
    super();
    this.precision = precision;
  }

  simpleString(): string {
    return `time(${this.precision})`;
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

const yearMonthFields = ["year", "month"] as const;
const dayTimeFields = ["day", "hour", "minute", "second"] as const;

function intervalName(fields: readonly string[], start: number, end: number): string {
  return start === end ? `interval ${fields[start]}` : `interval ${fields[start]} to ${fields[end]}`;
}

/** INTERVAL YEAR TO MONTH or a part of it; 0 is the year, 1 the month. */
export class YearMonthIntervalType extends TypeBase {
  readonly kind = "yearMonthInterval";
  readonly startField: number;
  readonly endField: number;

  constructor(startField = 0, endField = 1) {
    super();
    this.startField = startField;
    this.endField = endField;
  }

  simpleString(): string {
    return intervalName(yearMonthFields, this.startField, this.endField);
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** INTERVAL DAY TO SECOND or a part of it; 0 is the day, 3 the second. */
export class DayTimeIntervalType extends TypeBase {
  readonly kind = "dayTimeInterval";
  readonly startField: number;
  readonly endField: number;

  constructor(startField = 0, endField = 3) {
    super();
    this.startField = startField;
    this.endField = endField;
  }

  simpleString(): string {
    return intervalName(dayTimeFields, this.startField, this.endField);
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** GEOMETRY(srid) or GEOGRAPHY(srid). */
export class SpatialType extends TypeBase {
  readonly kind: "geometry" | "geography";
  readonly srid: number;

  constructor(kind: "geometry" | "geography", srid: number) {
    super();
    this.kind = kind;
    this.srid = srid;
  }

  simpleString(): string {
    return `${this.kind}(${this.srid === -1 ? "any" : this.srid})`;
  }

  jsonValue(): string {
    return this.simpleString();
  }
}

/** ARRAY<elementType>. */
export class ArrayType extends TypeBase {
  readonly kind = "array";
  readonly elementType: DataType;
  readonly containsNull: boolean;

  constructor(elementType: DataType, containsNull = true) {
    super();
    this.elementType = elementType;
    this.containsNull = containsNull;
  }

  simpleString(): string {
    return `array<${this.elementType.simpleString()}>`;
  }

  jsonValue(): unknown {
    return { containsNull: this.containsNull, elementType: this.elementType.jsonValue(), type: "array" };
  }
}

/** MAP<keyType, valueType>; keys are never NULL. */
export class MapType extends TypeBase {
  readonly kind = "map";
  readonly keyType: DataType;
  readonly valueType: DataType;
  readonly valueContainsNull: boolean;

  constructor(keyType: DataType, valueType: DataType, valueContainsNull = true) {
    super();
    this.keyType = keyType;
    this.valueType = valueType;
    this.valueContainsNull = valueContainsNull;
  }

  simpleString(): string {
    return `map<${this.keyType.simpleString()},${this.valueType.simpleString()}>`;
  }

  jsonValue(): unknown {
    return {
      keyType: this.keyType.jsonValue(),
      type: "map",
      valueContainsNull: this.valueContainsNull,
      valueType: this.valueType.jsonValue(),
    };
  }
}

/** A type of a JVM or Python class, seen through the SQL type that stores it. */
export class UserDefinedType extends TypeBase {
  readonly kind = "udt";
  readonly sqlType: DataType | undefined;
  readonly jvmClass: string | undefined;

  constructor(sqlType: DataType | undefined, jvmClass: string | undefined) {
    super();
    this.sqlType = sqlType;
    this.jvmClass = jvmClass;
  }

  simpleString(): string {
    return "udt";
  }

  jsonValue(): unknown {
    return { class: this.jvmClass, sqlType: this.sqlType?.jsonValue(), type: "udt" };
  }
}

/** One field of a struct: name, type, whether it may be NULL, and metadata as JSON values. */
export class StructField {
  readonly name: string;
  readonly dataType: DataType;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;

  constructor(
    name: string,
    dataType: DataType,
    nullable = true,
    metadata: Readonly<Record<string, unknown>> = {},
  ) {
    this.name = name;
    this.dataType = dataType;
    this.nullable = nullable;
    this.metadata = metadata;
  }

  /** The field as a value of Spark's schema JSON. */
  jsonValue(): unknown {
    return {
      metadata: this.metadata,
      name: this.name,
      nullable: this.nullable,
      type: this.dataType.jsonValue(),
    };
  }
}

/**
 * A struct, and so the schema of a DataFrame.
 *
 * @example new StructType().add("id", LongType, false).add("name", new StringType())
 */
export class StructType extends TypeBase {
  readonly kind = "struct";
  readonly fields: readonly StructField[];

  constructor(fields: readonly StructField[] = []) {
    super();
    this.fields = fields;
  }

  /** The field names in order; they may repeat. */
  get names(): readonly string[] {
    return this.fields.map((field) => field.name);
  }

  /** The same as `names`, as PySpark calls it. */
  fieldNames(): readonly string[] {
    return this.names;
  }

  /** The field of this name or at this position from 0; undefined where there is none, the first where there are more. */
  get(field: string | number): StructField | undefined {
    return typeof field === "number" ? this.fields.at(field) : this.fields.find(({ name }) => name === field);
  }

  /** The same struct with everything in it nullable: fields, elements and values, at every level. */
  toNullable(): StructType {
    return nullable(this) as StructType;
  }

  /** A new struct with one more field at the end. */
  add(field: StructField): StructType;
  add(
    name: string,
    dataType: DataType,
    nullable?: boolean,
    metadata?: Readonly<Record<string, unknown>>,
  ): StructType;
  add(
    field: string | StructField,
    dataType: DataType = NullType,
    nullable = true,
    metadata: Readonly<Record<string, unknown>> = {},
  ): StructType {
    const added = field instanceof StructField ? field : new StructField(field, dataType, nullable, metadata);
    return new StructType([...this.fields, added]);
  }

  simpleString(): string {
    return `struct<${this.fields.map((field) => `${field.name}:${field.dataType.simpleString()}`).join(",")}>`;
  }

  jsonValue(): unknown {
    return { fields: this.fields.map((field) => field.jsonValue()), type: "struct" };
  }

  /** The schema as a list of columns that Spark's DDL parser takes: `` `id` bigint not null, `name` string ``. */
  toDDL(): string {
    return this.fields
      .map((field) => `${quoteName(field.name)} ${ddlOf(field.dataType)}${field.nullable ? "" : " not null"}`)
      .join(", ");
  }

  /** The schema as `printSchema` shows it, down to `levels` levels of nesting. */
  treeString(levels: number = Number.POSITIVE_INFINITY): string {
    return ["root", ...treeLines(this, " |", levels)].join("\n");
  }
}

function nullable(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return new ArrayType(nullable(type.elementType));
    case "map":
      return new MapType(nullable(type.keyType), nullable(type.valueType));
    case "struct":
      return new StructType(
        type.fields.map(
          (field) => new StructField(field.name, nullable(field.dataType), true, field.metadata),
        ),
      );
    default:
      return type;
  }
}
