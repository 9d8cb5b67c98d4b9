import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type Expression,
  type Expression_Literal,
  Expression_LiteralSchema,
} from "../../../gen/spark/connect/expressions_pb.ts";
import type { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import type { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import { Decimal } from "../../arrow/values/decimal.ts";
import type { LocalDate } from "../../arrow/values/local-date.ts";
import type { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import type { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import type { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";
import { type DataType, NullType, type StructType } from "../types/data-type.ts";
import { typeToProto } from "../types/type-proto.ts";
import { expression, functionCall } from "./expression.ts";
import { literalType, plainValue, scalarLiteralType, structEntries } from "./literal-type.ts";

type LiteralKind = NonNullable<MessageInitShape<typeof Expression_LiteralSchema>["literalType"]>;

/**
 * The expression of a JavaScript value, exact: containers become the SQL constructors `array`, `map` and
 * `named_struct` over literals of one type, which every server and SQL arguments take.
 *
 * Thrown when elements have no type in common, which the message names: `USAGE_MIXED_TYPES`.
 */
export function literal(value: unknown): Expression {
  const plain = plainValue(value);
  return typedLiteral(plain, scalarLiteralType(plain) ?? literalType(plain, "value"), "value");
}

/** The literal message of a value that is not a container. Thrown when it is one. */
export function literalMessage(value: unknown): Expression_Literal {
  const plain = plainValue(value);
  const type = scalarLiteralType(plain);
  if (type === undefined) {
    throw new SparkwrightError(
      "USAGE_UNSUPPORTED_VALUE",
      "arrays, maps and structs cannot be used here, only single values",
      { hint: "Pass a string, number, bigint, boolean, date or decimal." },
    );
  }
  return create(Expression_LiteralSchema, { literalType: scalarKind(plain, type, "value") });
}

function typedLiteral(value: unknown, type: DataType, path: string): Expression {
  const plain = plainValue(value);
  if (plain === null || plain === undefined) return scalarExpression(null, NullType, path);
  switch (type.kind) {
    case "array": {
      const elements = [...(plain as Iterable<unknown>)];
      const { elementType } = type;
      return functionCall(
        "array",
        elements.map((element, i) => typedLiteral(element, elementType, `${path}[${i}]`)),
      );
    }
    case "map": {
      const { keyType, valueType } = type;
      const entries = [...(plain as Map<unknown, unknown>)].flatMap(([key, item], i) => [
        typedLiteral(key, keyType, `${path} (key ${i})`),
        typedLiteral(item, valueType, `${path} (value ${i})`),
      ]);
      return functionCall("map", entries);
    }
    case "struct":
      return structLiteral(plain as object, type, path);
    default:
      return scalarExpression(plain, type, path);
  }
}

/** All fields of the type: what one struct of an array lacks is NULL in it. */
function structLiteral(of: object, type: StructType, path: string): Expression {
  const entries = structEntries(of, path);
  const sameNames =
    entries.length === type.fields.length && entries.every(([name], i) => name === type.fields[i]?.name);
  const byName = new Map(entries);
  return functionCall(
    "named_struct",
    type.fields.flatMap(({ name, dataType }, i) => [
      literal(name),
      typedLiteral(sameNames ? entries[i]?.[1] : byName.get(name), dataType, `${path}.${name}`),
    ]),
  );
}

function scalarExpression(value: unknown, type: DataType, path: string): Expression {
  return expression({ case: "literal", value: { literalType: scalarKind(value, type, path) } });
}

function scalarKind(value: unknown, type: DataType, path: string): LiteralKind {
  switch (type.kind) {
    case "null":
      return { case: "null", value: typeToProto(type) };
    case "boolean":
      return { case: "boolean", value: value as boolean };
    case "string":
      return { case: "string", value: value as string };
    case "byte":
    case "short":
    case "integer":
    case "float":
      return { case: type.kind, value: value as number };
    case "double":
      return { case: "double", value: exactDouble(value as number | bigint, path) };
    case "long":
      return { case: "long", value: BigInt(value as number | bigint) };
    case "decimal": {
      const { precision, scale } = type;
      const decimal = value instanceof Decimal ? value : Decimal.parse(String(value));
      return { case: "decimal", value: { value: String(decimal.rescale(scale)), precision, scale } };
    }
    case "binary":
      return { case: "binary", value: value as Uint8Array<ArrayBuffer> };
    case "timestamp": {
      const instant = value instanceof Date ? Timestamp.fromDate(value) : (value as Timestamp);
      return { case: "timestamp", value: instant.epochMicros };
    }
    case "timestampNtz":
      return { case: "timestampNtz", value: (value as LocalDateTime).epochMicros };
    case "date":
      return { case: "date", value: (value as LocalDate).epochDays };
    case "time":
      return {
        case: "time",
        value: { nano: BigInt((value as LocalTime).nanosOfDay), precision: type.precision },
      };
    case "yearMonthInterval":
      return { case: "yearMonthInterval", value: (value as YearMonthInterval).months };
    case "dayTimeInterval":
      return { case: "dayTimeInterval", value: (value as DayTimeInterval).micros };
    case "calendarInterval": {
      const { months, days, micros } = value as CalendarInterval;
      return { case: "calendarInterval", value: { months, days, microseconds: micros } };
    }
    default:
      throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `${path}: no literal of type ${String(type)}`);
  }
}

/** A whole number among doubles. Thrown when the double next to it is another number. */
function exactDouble(value: number | bigint, path: string): number {
  if (typeof value === "number") return value;
  if (BigInt(Number(value)) === value) return Number(value);
  throw new SparkwrightError("USAGE_INEXACT_VALUE", `${path}: ${value} is no DOUBLE, as its neighbours are`, {
    hint: "Pass Decimals, or round it with Number().",
  });
}
