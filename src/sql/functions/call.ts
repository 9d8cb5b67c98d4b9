import { Column, type ColumnOrName, columnExpression, toExpression } from "../column.ts";
import { expressionString, functionCall } from "../plan/expression.ts";

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

/** A column by name; `"*"` is all of them. Spark: `col`. */
export function col(name: string): Column {
  return columnOf(name);
}

/**
 * A value as a column of its exact type: a number is an INTEGER in 32 bits, else a LONG when it is a safe
 * integer, else a DOUBLE; a bigint is a LONG; a Date a TIMESTAMP; a Uint8Array a BINARY; null is NULL; arrays,
 * Maps and plain objects are ARRAY, MAP and STRUCT. A column comes back as it is. Spark: `lit`.
 *
 * Thrown when a number is a whole one beyond 2^53 (`USAGE_UNSAFE_INTEGER`): use a bigint.
 */
export function lit(value: unknown): Column {
  return new Column(toExpression(value));
}

/** SQL text as a column. Spark: `expr`. */
export function expr(text: string): Column {
  return new Column(expressionString(text));
}

/** A number as a literal; anything else as a column. */
export function columnOrNumber(value: ColumnOrName | number): Column {
  return typeof value === "number" ? lit(value) : columnOf(value);
}

/** The argument if it was given, as the last arguments of a call. */
export function optional<T>(value: T | undefined, toColumn: (value: T) => Column): readonly Column[] {
  return value === undefined ? [] : [toColumn(value)];
}
