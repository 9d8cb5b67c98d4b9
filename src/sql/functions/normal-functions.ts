import { Column, type ColumnOrName, columnExpression } from "../column.ts";
import { planOf } from "../data-frame/query.ts";
import type { DataFrame } from "../data-frame.ts";
import { expression } from "../plan/expression.ts";
import { call, columnOf } from "./call.ts";

export { col, expr, lit } from "./call.ts";

/**
 * The DataFrame with a hint to send it to every executor in a join.
 *
 * @since 1.6.0
 */
export function broadcast(df: DataFrame): DataFrame {
  planOf("broadcast()", df);
  return df.hint("broadcast");
}

/**
 * A call of any function that the server knows, built in or registered; the name may have parts, such as
 * `catalog.schema.function`. Spark: `call_function`.
 *
 * @since 3.5.0
 */
export function callFunction(name: string, ...columns: readonly ColumnOrName[]): Column {
  return new Column(
    expression({
      case: "callFunction",
      value: { functionName: name, arguments: columns.map(columnExpression) },
    }),
  );
}

/**
 * A call of a registered function by its plain name. Spark: `call_udf`.
 *
 * @since 3.4.0
 */
export function callUdf(name: string, ...columns: readonly ColumnOrName[]): Column {
  return call(name, ...columns.map(columnOf));
}

/**
 * The same as `col`.
 *
 * @since 1.3.0
 */
export function column(name: string): Column {
  return columnOf(name);
}

/**
 * The value of a user-defined type as the SQL type that stores it. Spark: `unwrap_udt`.
 *
 * @since 3.4.0
 */
export function unwrapUdt(column: ColumnOrName): Column {
  return call("unwrap_udt", columnOf(column));
}
