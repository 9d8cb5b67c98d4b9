import { type ArrowField, type ArrowType, describeType } from "../../arrow/arrow-type.ts";
import { SparkwrightError } from "../../core/error.ts";
import {
  ArrayType,
  BinaryType,
  BooleanType,
  ByteType,
  CalendarIntervalType,
  type DataType,
  DateType,
  DayTimeIntervalType,
  DecimalType,
  DoubleType,
  FloatType,
  IntegerType,
  LongType,
  MapType,
  NullType,
  ShortType,
  StringType,
  StructField,
  StructType,
  TimestampNTZType,
  TimestampType,
  TimeType,
  VariantType,
  YearMonthIntervalType,
} from "./data-type.ts";

/**
 * The schema that holds Arrow data without loss: an unsigned integer takes the next wider type, a timestamp
 * without zone is a TIMESTAMP_NTZ. Thrown when Spark has no such type: `ARROW_UNSUPPORTED`.
 */
export function schemaFromArrow(fields: readonly ArrowField[]): StructType {
  return new StructType(
    fields.map((field) => new StructField(field.name, typeFromArrow(field.name, field.type), field.nullable)),
  );
}

function typeFromArrow(name: string, type: ArrowType): DataType {
  switch (type.kind) {
    case "null":
      return NullType;
    case "boolean":
      return BooleanType;
    case "int":
      return intType(type.bits, type.signed);
    case "float":
      return type.bits === 32 ? FloatType : DoubleType;
    case "decimal":
      if (type.precision <= 38 && type.scale >= 0) return new DecimalType(type.precision, type.scale);
      break;
    case "utf8":
    case "largeUtf8":
    case "utf8View":
      return new StringType();
    case "binary":
    case "largeBinary":
    case "binaryView":
    case "fixedSizeBinary":
      return BinaryType;
    case "date":
      return DateType;
    case "time":
      return new TimeType(6);
    case "timestamp":
      return type.timezone === undefined ? TimestampNTZType : TimestampType;
    case "duration":
      return new DayTimeIntervalType();
    case "interval":
      return type.unit === "yearMonth" ? new YearMonthIntervalType() : CalendarIntervalType;
    case "list":
    case "largeList":
    case "fixedSizeList":
      return new ArrayType(typeFromArrow(name, type.element.type), type.element.nullable);
    case "map":
      return new MapType(
        typeFromArrow(name, type.key.type),
        typeFromArrow(name, type.value.type),
        type.value.nullable,
      );
    case "struct":
      return schemaFromArrow(type.fields);
    case "variant":
      return VariantType;
  }
  throw new SparkwrightError(
    "ARROW_UNSUPPORTED",
    `column ${JSON.stringify(name)} is ${describeType(type)}, which Spark cannot hold`,
    { hint: "A DECIMAL has up to 38 digits and no negative scale; convert the column first." },
  );
}

function intType(bits: 8 | 16 | 32 | 64, signed: boolean): DataType {
  const signedTypes = { 8: ByteType, 16: ShortType, 32: IntegerType, 64: LongType } as const;
  const unsignedTypes = { 8: ShortType, 16: IntegerType, 32: LongType, 64: new DecimalType(20, 0) } as const;
  return (signed ? signedTypes : unsignedTypes)[bits];
}
