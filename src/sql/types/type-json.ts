import { SparkwrightError } from "../../core/error.ts";
import {
  ArrayType,
  type AtomicKind,
  AtomicType,
  type DataType,
  DayTimeIntervalType,
  DecimalType,
  LengthType,
  MapType,
  SpatialType,
  StringType,
  StructField,
  StructType,
  TimeType,
  UserDefinedType,
  YearMonthIntervalType,
} from "./data-type.ts";

const atomicKinds: Readonly<Record<string, AtomicKind>> = {
  void: "null",
  null: "null",
  binary: "binary",
  boolean: "boolean",
  byte: "byte",
  tinyint: "byte",
  short: "short",
  smallint: "short",
  integer: "integer",
  int: "integer",
  long: "long",
  bigint: "long",
  float: "float",
  double: "double",
  date: "date",
  timestamp: "timestamp",
  timestamp_ltz: "timestamp",
  timestamp_ntz: "timestampNtz",
  interval: "calendarInterval",
  calendarinterval: "calendarInterval",
  variant: "variant",
};

const intervalFields: Readonly<Record<string, number>> = {
  year: 0,
  month: 1,
  day: 0,
  hour: 1,
  minute: 2,
  second: 3,
};

/** The type that Spark's schema JSON describes. Thrown when the text is not such a JSON. */
export function typeFromJson(json: string): DataType {
  return typeFromJsonValue(JSON.parse(json));
}

/** The type that a value of Spark's schema JSON describes. Thrown when it describes none. */
export function typeFromJsonValue(value: unknown): DataType {
  if (typeof value === "string") return namedType(value);
  const object = (value ?? {}) as Record<string, unknown>;
  switch (object["type"]) {
    case "struct":
      return new StructType((object["fields"] as readonly Record<string, unknown>[]).map(fieldFromJson));
    case "array":
      return new ArrayType(typeFromJsonValue(object["elementType"]), object["containsNull"] !== false);
    case "map":
      return new MapType(
        typeFromJsonValue(object["keyType"]),
        typeFromJsonValue(object["valueType"]),
        object["valueContainsNull"] !== false,
      );
    case "udt":
      return new UserDefinedType(
        object["sqlType"] === undefined ? undefined : typeFromJsonValue(object["sqlType"]),
        object["class"] as string | undefined,
      );
    default:
      return unknownType(JSON.stringify(value));
  }
}

function fieldFromJson(field: Record<string, unknown>): StructField {
  return new StructField(
    String(field["name"]),
    typeFromJsonValue(field["type"]),
    field["nullable"] !== false,
    (field["metadata"] as Record<string, unknown> | undefined) ?? {},
  );
}

function namedType(name: string): DataType {
  const atomic = atomicKinds[name];
  if (atomic !== undefined) return new AtomicType(atomic);
  if (name === "string") return new StringType();
  if (name === "decimal") return new DecimalType();
  const collated = /^string collate (\w+)$/i.exec(name);
  if (collated) return new StringType(collated[1]);
  const interval = /^interval (year|month|day|hour|minute|second)(?: to (month|hour|minute|second))?$/.exec(
    name,
  );
  if (interval) {
    const start = interval[1] as string;
    const end = interval[2] ?? start;
    const range = [intervalFields[start] ?? 0, intervalFields[end] ?? 0] as const;
    return end === "month" || start === "year"
      ? new YearMonthIntervalType(...range)
      : new DayTimeIntervalType(...range);
  }
  const [, base, first, second] = /^(\w+)\(\s*(-?\w+)\s*(?:,\s*(-?\d+)\s*)?\)$/.exec(name) ?? [];
  const parameter = Number(first);
  if (base === "decimal") return new DecimalType(parameter, Number(second ?? 0));
  if (base === "char") return new LengthType("char", parameter);
  if (base === "varchar") return new LengthType("varChar", parameter);
  if (base === "time") return new TimeType(parameter);
  if (base === "geometry" || base === "geography")
    return new SpatialType(base, Number.isNaN(parameter) ? -1 : parameter);
  return unknownType(name);
}

function unknownType(name: string): never {
  throw new SparkwrightError("SPARK_UNKNOWN_TYPE", `"${name}" is not a data type of Spark's schema JSON`, {
    hint: 'Types are named as in DataType.json, such as "long", "decimal(10,2)" or {"type":"array",...}.',
  });
}
