import { listOf } from "../arguments.ts";
import { Column, type ColumnOrName, columnExpression, toExpression } from "../column.ts";
import { expressionString, functionCall } from "../plan/expression.ts";
import { type NumberTypeName, numberLiteral } from "../plan/number-literal.ts";
import type { LiteralValue, Named, NameOf } from "../typed/column-type.ts";

/** A call of a function of Spark. */
export function call(name: string, ...args: readonly Column[]): Column {
  return new Column(
    functionCall(
      name,
      args.map((arg) => arg.toProto()),
    ),
  );
}

/** A call of an aggregate function over the different values only. */
export function callDistinct(name: string, ...args: readonly Column[]): Column {
  return new Column(
    functionCall(
      name,
      args.map((arg) => arg.toProto()),
      true,
    ),
  );
}

/** A column given by itself or by name. */
export function columnOf(column: ColumnOrName): Column {
  return new Column(columnExpression(column));
}

/**
 * A column by name; `"*"` is all of them. Spark: `col`.
 *
 * @since 1.3.0
 */
export function col<const N extends string>(name: N): Column<Named<N>, NameOf<N>> {
  return columnOf(name) as Column<Named<N>, NameOf<N>>;
}

/**
 * A value as a column of its exact type; a column comes back as it is. Spark: `lit`.
 *
 * | value | type |
 * | --- | --- |
 * | `null`, `undefined` | VOID |
 * | whole number in 32 bits, other safe integer, other number | INTEGER, LONG, DOUBLE |
 * | `bigint` | LONG |
 * | `Decimal` | the DECIMAL of its own digits |
 * | `string`, `boolean`, `Uint8Array` | STRING, BOOLEAN, BINARY |
 * | `Date`, `Timestamp`, `Temporal.Instant`, `Temporal.ZonedDateTime` | TIMESTAMP |
 * | `LocalDateTime`, `Temporal.PlainDateTime` | TIMESTAMP_NTZ |
 * | `LocalDate`, `LocalTime`, `Temporal.PlainDate`, `Temporal.PlainTime` | DATE, TIME(6) |
 * | `YearMonthInterval`, `DayTimeInterval`, `CalendarInterval`, `Temporal.Duration` | the INTERVAL of that kind |
 * | array, `Map`, plain object or `Row` | ARRAY, MAP, STRUCT |
 * | other typed array | ARRAY of its number type: `Float32Array` of FLOAT, `Int8Array` of BYTE |
 *
 * With a type, a number becomes a literal of it: `lit(0, "double")` is the DOUBLE 0.0, which JavaScript cannot write.
 *
 * The elements of a container get the one type that holds them all; structs in an array that lack a field have
 * NULL in it.
 *
 * Thrown when a number may already have lost digits (`USAGE_UNSAFE_INTEGER`), a value is beyond its type
 * (`USAGE_OUT_OF_RANGE`) or finer (`USAGE_INEXACT_VALUE`), elements have no type in common
 * (`USAGE_MIXED_TYPES`, with the place of the first that does not fit), or there is no type at all
 * (`USAGE_UNSUPPORTED_VALUE`).
 *
 * @since 1.3.0
 */
export function lit<C extends Column>(value: C): C;
export function lit(value: number | bigint, type: "long"): Column<bigint>;
export function lit(value: number | bigint, type: Exclude<NumberTypeName, "long">): Column<number>;
export function lit<const V>(value: V): Column<LiteralValue<V>>;
export function lit(value: unknown, type?: NumberTypeName): Column {
  // As the function of map(), it is given the index too.
  return new Column(typeof type === "string" ? numberLiteral(value, type) : toExpression(value));
}

/**
 * SQL text as a column. Spark: `expr`.
 *
 * @since 1.5.0
 */
export function expr(text: string): Column {
  return new Column(expressionString(text));
}

/** A number as a literal; anything else as a column. */
export function columnOrNumber(value: ColumnOrName | number): Column {
  return typeof value === "number" ? lit(value) : columnOf(value);
}

/** A number as a DOUBLE literal and an array of them as an ARRAY of DOUBLE, also where they are whole. */
export function columnOrDouble(value: Column | number | readonly number[]): Column {
  if (typeof value === "number") return lit(value, "double");
  return value instanceof Column
    ? value
    : call("array", ...listOf("a function of Spark", value).map(columnOrDouble));
}

/** The columns, given one by one or as one array. */
export function columnList(columns: ColumnList): readonly Column[] {
  const [first] = columns;
  const list = columns.length === 1 && Array.isArray(first) ? first : columns;
  return (list as readonly ColumnOrName[]).map(columnOf);
}

/** Columns one by one, or one array of them. */
export type ColumnList = readonly ColumnOrName[] | readonly [readonly ColumnOrName[]];

/** The seed of a random function that none was given to: a plan that is sent twice gives the same rows. */
export function randomSeed(): number {
  return Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
}

/** The argument if it was given, as the last arguments of a call. */
export function optional<T>(value: T | undefined, toColumn: (value: T) => Column): readonly Column[] {
  return value === undefined ? [] : [toColumn(value)];
}
