import type { DataType, StructType } from "../types/data-type.ts";
import type { SchemaFault } from "./schema-fault.ts";
import {
  type Expected,
  expected,
  numberFormat,
  type ObjectSchema,
  type SchemaNode,
  valuesAre,
} from "./zod-schema.ts";

/**
 * The columns of a DataFrame that are not as a zod object schema says. Values are what `collect` gives: a LONG is a
 * bigint, a DECIMAL a `Decimal`, an ARRAY an array, a MAP a `Map`, a STRUCT an object.
 */
export function schemaFaults(schema: ObjectSchema, actual: StructType): readonly SchemaFault[] {
  return structFaults(expected(schema as SchemaNode), actual, "");
}

function structFaults({ def }: Expected, actual: StructType, path: string): readonly SchemaFault[] {
  const { shape = {}, catchall } = def;
  const faults = Object.entries(shape).flatMap(([name, node]) => {
    const column = `${path}${name}`;
    const wanted = expected(node);
    const fields = actual.fields.filter((field) => field.name === name);
    const [field] = fields;
    if (field === undefined) {
      if (wanted.optional) return [];
      const similar = actual.names.find((one) => one.toLowerCase() === name.toLowerCase());
      return [fault("MISSING_COLUMN", column, wanted, similar === undefined ? "no such column" : similar)];
    }
    if (fields.length > 1) {
      return [fault("REPEATED_COLUMN", column, wanted, `${fields.length} columns of that name`)];
    }
    return valueFaults(wanted, field.dataType, field.nullable, column);
  });
  const isStrict = catchall?._zod.def.type === "never";
  const others = isStrict ? actual.fields.filter((field) => !Object.hasOwn(shape, field.name)) : [];
  return [
    ...faults,
    ...others.map(
      ({ name, dataType }): SchemaFault => ({
        code: "UNEXPECTED_COLUMN",
        column: `${path}${name}`,
        expected: "no such column",
        actual: dataType.simpleString(),
      }),
    ),
  ];
}

function valueFaults(
  wanted: Expected,
  type: DataType,
  nullable: boolean,
  column: string,
): readonly SchemaFault[] {
  const nulls = nullable && !wanted.nullable ? [fault("NULLABLE", column, wanted, "NULLs")] : [];
  return [...typeFaults(wanted, type, column), ...nulls];
}

function typeFaults(wanted: Expected, type: DataType, column: string): readonly SchemaFault[] {
  const { def } = wanted;
  if (def.coerce === true) return [];
  switch (def.type) {
    case "any":
    case "unknown":
    case "transform":
      return [];
    case "object":
      if (type.kind === "struct") return structFaults(wanted, type, `${column}.`);
      break;
    case "record":
      if (type.kind === "struct" && def.valueType !== undefined) {
        const value = expected(def.valueType);
        return type.fields.flatMap((one) =>
          valueFaults(value, one.dataType, one.nullable, `${column}.${one.name}`),
        );
      }
      break;
    case "array":
      if (type.kind === "array" && def.element !== undefined) {
        return valueFaults(expected(def.element), type.elementType, type.containsNull, `${column}[]`);
      }
      break;
    case "map":
      if (type.kind === "map" && def.keyType !== undefined && def.valueType !== undefined) {
        return [
          ...valueFaults(expected(def.keyType), type.keyType, false, `${column}[key]`),
          ...valueFaults(expected(def.valueType), type.valueType, type.valueContainsNull, `${column}[value]`),
        ];
      }
      break;
    case "union": {
      const each = (def.options ?? []).map((option) => typeFaults(expected(option), type, column));
      if (each.some((faults) => faults.length === 0)) return [];
      break;
    }
    case "intersection":
      return [def.left, def.right].flatMap((side) =>
        side === undefined ? [] : typeFaults(expected(side), type, column),
      );
    default:
      if (isScalar(wanted, type)) return [];
  }
  return [fault("OTHER_TYPE", column, wanted, type.simpleString())];
}

const whole: readonly DataType["kind"][] = ["byte", "short", "integer"];
const fractional: readonly DataType["kind"][] = ["float", "double"];
const text: readonly DataType["kind"][] = ["string", "char", "varChar"];

/** The classes of the values of types, by the names that they have in this package. */
const classes: Readonly<Partial<Record<DataType["kind"], string>>> = {
  decimal: "Decimal",
  date: "LocalDate",
  timestamp: "Timestamp",
  timestampNtz: "LocalDateTime",
  time: "LocalTime",
  binary: "Uint8Array",
  calendarInterval: "CalendarInterval",
  yearMonthInterval: "YearMonthInterval",
  dayTimeInterval: "DayTimeInterval",
  variant: "Variant",
  map: "Map",
  array: "Array",
};

function isScalar({ def, className }: Expected, { kind }: DataType): boolean {
  switch (def.type) {
    case "number": {
      const format = numberFormat(def);
      if (format?.startsWith("float")) return fractional.includes(kind);
      return whole.includes(kind) || (format === undefined && fractional.includes(kind));
    }
    case "bigint":
      return kind === "long";
    case "string":
    case "template_literal":
      return text.includes(kind);
    case "boolean":
      return kind === "boolean";
    case "null":
      return kind === "null";
    case "enum":
    case "literal":
      return (
        (text.includes(kind) && valuesAre(def, "string")) ||
        (kind === "long" && valuesAre(def, "bigint")) ||
        (kind === "boolean" && valuesAre(def, "boolean")) ||
        ([...whole, ...fractional].includes(kind) && valuesAre(def, "number"))
      );
    case "custom":
      return className === undefined || className === "Object" || classes[kind] === className;
    default:
      return false;
  }
}

function fault(code: SchemaFault["code"], column: string, wanted: Expected, actual: string): SchemaFault {
  const { def, className, nullable } = wanted;
  const name = className ?? numberFormat(def) ?? def.type;
  return { code, column, expected: `${name}${nullable ? " or NULL" : ""}`, actual };
}
