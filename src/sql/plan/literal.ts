import { create } from "@bufbuild/protobuf";
import {
  type Expression,
  type Expression_Literal,
  Expression_LiteralSchema,
} from "../../../gen/spark/connect/expressions_pb.ts";
import { Row, rowFields, rowValues } from "../../arrow/row.ts";
import type { CalendarInterval } from "../../arrow/values/calendar-interval.ts";
import type { DayTimeInterval } from "../../arrow/values/day-time-interval.ts";
import type { LocalDate } from "../../arrow/values/local-date.ts";
import type { LocalDateTime } from "../../arrow/values/local-date-time.ts";
import type { LocalTime } from "../../arrow/values/local-time.ts";
import { Timestamp } from "../../arrow/values/timestamp.ts";
import type { YearMonthInterval } from "../../arrow/values/year-month-interval.ts";
import { SparkwrightError } from "../../core/error.ts";
import { scalarTypeOf } from "../types/scalar-type.ts";
import { fromTemporal } from "../types/temporal.ts";
import { typeToProto } from "../types/type-proto.ts";
import { expression, functionCall } from "./expression.ts";

type LiteralKind = NonNullable<Parameters<typeof create<typeof Expression_LiteralSchema>>[1]>["literalType"];

/**
 * The expression of a JavaScript value, exact: containers become the SQL constructors `array`, `map` and
 * `named_struct` over literals, which every server and SQL arguments take.
 */
export function literal(value: unknown): Expression {
  const plain = typeof value === "object" && value !== null ? fromTemporal(value) : value;
  const kind = scalarKind(plain);
  if (kind !== undefined) {
    return expression({ case: "literal", value: create(Expression_LiteralSchema, { literalType: kind }) });
  }
  return containerExpression(plain as object);
}

/** The literal message of a value that is not a container. Thrown when it is one. */
export function literalMessage(value: unknown): Expression_Literal {
  const plain = typeof value === "object" && value !== null ? fromTemporal(value) : value;
  const literalType = scalarKind(plain);
  if (literalType === undefined) {
    throw new SparkwrightError(
      "USAGE_UNSUPPORTED_VALUE",
      "arrays, maps and structs cannot be used here, only single values",
      { hint: "Pass a string, number, bigint, boolean, date or decimal." },
    );
  }
  return create(Expression_LiteralSchema, { literalType });
}

function containerExpression(value: object): Expression {
  if (Array.isArray(value)) return functionCall("array", value.map(literal));
  if (value instanceof Map) {
    return functionCall(
      "map",
      [...value].flatMap(([key, item]) => [literal(key), literal(item)]),
    );
  }
  if (value instanceof Row) {
    const values = rowValues(value);
    return struct(rowFields(value).map((name, i) => [name, values[i]]));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return struct(Object.entries(value));
  if (ArrayBuffer.isView(value) && Symbol.iterator in value) {
    return functionCall("array", [...(value as Iterable<unknown> & ArrayBufferView)].map(literal));
  }
  throw new SparkwrightError(
    "USAGE_UNSUPPORTED_VALUE",
    `a value of class ${(value.constructor as { name?: string } | undefined)?.name ?? "unknown"} has no Spark type`,
    { hint: "Pass a plain object, an array, a Map or one of the value classes of sparkwright/sql." },
  );
}

function struct(entries: readonly (readonly [string, unknown])[]): Expression {
  return functionCall(
    "named_struct",
    entries.flatMap(([name, item]) => [literal(name), literal(item)]),
  );
}

function scalarKind(value: unknown): LiteralKind | undefined {
  const type = scalarTypeOf(value);
  switch (type?.kind) {
    case undefined:
      return undefined;
    case "null":
      return { case: "null", value: typeToProto(type) };
    case "boolean":
      return { case: "boolean", value: value as boolean };
    case "string":
      return { case: "string", value: value as string };
    case "integer":
      return { case: "integer", value: value as number };
    case "double":
      return { case: "double", value: value as number };
    case "long":
      return { case: "long", value: BigInt(value as number | bigint) };
    case "decimal":
      return {
        case: "decimal",
        value: { value: String(value), precision: type.precision, scale: type.scale },
      };
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
      throw new SparkwrightError("USAGE_UNSUPPORTED_VALUE", `no literal of type ${String(type)}`);
  }
}
