import type { ArrowField, ArrowType } from "../../arrow/arrow-type.ts";
import { SparkwrightError } from "../../core/error.ts";
import type { DataType, StructType } from "./data-type.ts";

/** The Arrow columns of a schema, as Spark's ArrowUtils.toArrowSchema has them. */
export function arrowFields(schema: StructType): ArrowField[] {
  return schema.fields.map((field) => arrowField(field.name, field.dataType, field.nullable));
}

function arrowField(name: string, type: DataType, nullable: boolean): ArrowField {
  return { name, type: arrowType(type), nullable };
}

function arrowType(type: DataType): ArrowType {
  switch (type.kind) {
    case "null":
    case "boolean":
    case "binary":
    case "variant":
      return { kind: type.kind };
    case "byte":
      return { kind: "int", bits: 8, signed: true };
    case "short":
      return { kind: "int", bits: 16, signed: true };
    case "integer":
      return { kind: "int", bits: 32, signed: true };
    case "long":
      return { kind: "int", bits: 64, signed: true };
    case "float":
      return { kind: "float", bits: 32 };
    case "double":
      return { kind: "float", bits: 64 };
    case "decimal":
      return { kind: "decimal", precision: type.precision, scale: type.scale, bits: 128 };
    case "string":
    case "char":
    case "varChar":
      return { kind: "utf8" };
    case "date":
      return { kind: "date" };
    case "timestamp":
      return { kind: "timestamp", unit: "microsecond", timezone: "UTC" };
    case "timestampNtz":
      return { kind: "timestamp", unit: "microsecond", timezone: undefined };
    case "time":
      return { kind: "time", unit: "nanosecond" };
    case "calendarInterval":
      return { kind: "interval", unit: "monthDayNano" };
    case "yearMonthInterval":
      return { kind: "interval", unit: "yearMonth" };
    case "dayTimeInterval":
      return { kind: "duration", unit: "microsecond" };
    case "array":
      return { kind: "list", element: arrowField("element", type.elementType, type.containsNull) };
    case "map":
      return {
        kind: "map",
        key: arrowField("key", type.keyType, false),
        value: arrowField("value", type.valueType, type.valueContainsNull),
        keysSorted: false,
      };
    case "struct":
      return { kind: "struct", fields: arrowFields(type) };
    case "udt":
      if (type.sqlType !== undefined) return arrowType(type.sqlType);
      break;
    default:
  }
  throw new SparkwrightError(
    "USAGE_UNSUPPORTED_TYPE",
    `${type.simpleString()} cannot be sent from the client`,
    {
      hint: "Send its text or binary form and convert it with a function of Spark.",
    },
  );
}

/** Whether a struct somewhere in the schema, the top level apart, has two fields of one name. */
export function hasNestedDuplicates(type: DataType, nested = false): boolean {
  switch (type.kind) {
    case "struct":
      return (
        (nested && new Set(type.names).size < type.names.length) ||
        type.fields.some((field) => hasNestedDuplicates(field.dataType, true))
      );
    case "array":
      return hasNestedDuplicates(type.elementType, true);
    case "map":
      return hasNestedDuplicates(type.keyType, true) || hasNestedDuplicates(type.valueType, true);
    default:
      return false;
  }
}
