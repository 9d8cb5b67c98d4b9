import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type DataType as DataTypeProto, DataTypeSchema } from "../../../gen/spark/connect/types_pb.ts";
import { SparkwrightError } from "../../core/error.ts";
import {
  ArrayType,
  AtomicType,
  type DataType,
  DayTimeIntervalType,
  DecimalType,
  LengthType,
  MapType,
  NullType,
  SpatialType,
  StringType,
  StructField,
  StructType,
  TimeType,
  UserDefinedType,
  YearMonthIntervalType,
} from "./data-type.ts";

/** The protocol's message of a type. */
export function typeToProto(type: DataType): DataTypeProto {
  return create(DataTypeSchema, { kind: kindOf(type) });
}

function kindOf(type: DataType): NonNullable<MessageInitShape<typeof DataTypeSchema>["kind"]> {
  switch (type.kind) {
    case "string":
      return { case: "string", value: { collation: type.collation === "UTF8_BINARY" ? "" : type.collation } };
    case "char":
    case "varChar":
      return { case: type.kind, value: { length: type.length } };
    case "decimal":
      return { case: "decimal", value: { precision: type.precision, scale: type.scale } };
    case "time":
      return { case: "time", value: { precision: type.precision } };
    case "yearMonthInterval":
    case "dayTimeInterval":
      return { case: type.kind, value: { startField: type.startField, endField: type.endField } };
    case "geometry":
    case "geography":
      return { case: type.kind, value: { srid: type.srid } };
    case "array":
      return {
        case: "array",
        value: { elementType: typeToProto(type.elementType), containsNull: type.containsNull },
      };
    case "map":
      return {
        case: "map",
        value: {
          keyType: typeToProto(type.keyType),
          valueType: typeToProto(type.valueType),
          valueContainsNull: type.valueContainsNull,
        },
      };
    case "struct":
      return { case: "struct", value: { fields: type.fields.map(fieldToProto) } };
    case "udt":
      return {
        case: "udt",
        value: {
          type: "udt",
          ...(type.jvmClass === undefined ? {} : { jvmClass: type.jvmClass }),
          ...(type.sqlType === undefined ? {} : { sqlType: typeToProto(type.sqlType) }),
        },
      };
    default:
      return { case: type.kind, value: {} };
  }
}

function fieldToProto(field: StructField): {
  name: string;
  dataType: DataTypeProto;
  nullable: boolean;
  metadata?: string;
} {
  return {
    name: field.name,
    dataType: typeToProto(field.dataType),
    nullable: field.nullable,
    ...(Object.keys(field.metadata).length === 0 ? {} : { metadata: JSON.stringify(field.metadata) }),
  };
}

/** The type that a protocol message describes. Thrown when the message has no kind this client knows. */
export function typeFromProto(proto: DataTypeProto | undefined): DataType {
  const kind = proto?.kind;
  switch (kind?.case) {
    case "string":
      return new StringType(kind.value.collation);
    case "char":
    case "varChar":
      return new LengthType(kind.case, kind.value.length);
    case "decimal":
      return new DecimalType(kind.value.precision ?? 10, kind.value.scale ?? 0);
    case "time":
      return new TimeType(kind.value.precision ?? 6);
    case "yearMonthInterval":
      return new YearMonthIntervalType(...intervalFields(kind.value, 1));
    case "dayTimeInterval":
      return new DayTimeIntervalType(...intervalFields(kind.value, 3));
    case "geometry":
    case "geography":
      return new SpatialType(kind.case, kind.value.srid);
    case "array":
      return new ArrayType(typeFromProto(kind.value.elementType), kind.value.containsNull);
    case "map":
      return new MapType(
        typeFromProto(kind.value.keyType),
        typeFromProto(kind.value.valueType),
        kind.value.valueContainsNull,
      );
    case "struct":
      return new StructType(
        kind.value.fields.map(
          (field) =>
            new StructField(
              field.name,
              typeFromProto(field.dataType),
              field.nullable,
              field.metadata === undefined || field.metadata === ""
                ? {}
                : (JSON.parse(field.metadata) as Record<string, unknown>),
            ),
        ),
      );
    case "udt":
      return new UserDefinedType(
        kind.value.sqlType === undefined ? undefined : typeFromProto(kind.value.sqlType),
        kind.value.jvmClass,
      );
    case "unparsed":
    case undefined: {
      const name = kind?.case === "unparsed" ? `: ${kind.value.dataTypeString}` : "";
      throw new SparkwrightError(
        "SPARK_UNKNOWN_TYPE",
        `the server sent a data type this client does not know${name}`,
        { hint: "Cast the column to a type that is listed in the documentation of sparkwright/sql." },
      );
    }
    default:
      return kind === undefined ? NullType : new AtomicType(kind.case);
  }
}

function intervalFields(
  value: { readonly startField?: number | undefined; readonly endField?: number | undefined },
  last: number,
): [start: number, end: number] {
  const start = value.startField ?? 0;
  return [start, value.endField ?? (value.startField === undefined ? last : start)];
}

/** The schema that a protocol message describes; a type other than a struct becomes its one column `value`. */
export function schemaFromProto(proto: DataTypeProto | undefined): StructType {
  const type = typeFromProto(proto);
  return type.kind === "struct" ? type : new StructType([new StructField("value", type)]);
}
