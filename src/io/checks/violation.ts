import type { CheckRule } from "../../config/project.ts";
import type { Column } from "../../sql/column.ts";
import { call, col, expr, lit } from "../../sql/functions/call.ts";
import type { StructType } from "../../sql/types/data-type.ts";
import { quoteName } from "../../sql/types/data-type.ts";
import { writtenValue } from "./written-value.ts";

const longestExample = 100;

/** A condition that is true for the rows that violate a rule, and never NULL. */
export interface Violation {
  readonly condition: Column;
  /** The text of the value that is at fault. */
  readonly example: Column;
}

/** How rows violate a rule; `undefined` for rules that are about all rows together. */
export function violationOf(rule: CheckRule, schema: StructType): Violation | undefined {
  switch (rule.kind) {
    case "not_null": {
      const nulls = rule.columns.map((name) => columnOf(name).isNull());
      return { condition: any(nulls), example: exampleOf(rule.columns) };
    }
    case "accepted_values": {
      const column = columnOf(rule.column);
      const type = typeOf(schema, rule.column);
      const accepted = column.isin(...rule.values.map((value) => writtenValue(value, type)));
      return { condition: column.isNotNull().and(accepted.not()), example: exampleOf([rule.column]) };
    }
    case "range": {
      const column = columnOf(rule.column);
      const type = typeOf(schema, rule.column);
      const outside = [
        ...(rule.min === undefined ? [] : [column.lt(writtenValue(rule.min, type))]),
        ...(rule.max === undefined ? [] : [column.gt(writtenValue(rule.max, type))]),
        ...(type.kind === "float" || type.kind === "double" ? [column.isNaN()] : []),
      ];
      return { condition: orFalse(any(outside)), example: exampleOf([rule.column]) };
    }
    case "expression":
      return {
        condition: orFalse(expr(rule.sql)).not(),
        example: call("left", expr("cast(struct(*) AS STRING)"), lit(longestExample)),
      };
    case "unique":
    case "row_count":
      return undefined;
  }
}

/** The values of columns as one text; NULL as `NULL`. */
export function exampleOf(columns: readonly string[]): Column {
  const texts = columns.map((name) => call("coalesce", columnOf(name).cast("string"), lit("NULL")));
  return call("left", call("concat_ws", lit(", "), ...texts), lit(longestExample));
}

/** The key of a row as one value, in which NULL equals NULL. */
export function keyOf(columns: readonly string[]): Column {
  return call("struct", ...columns.map(columnOf));
}

export function typeOf(schema: StructType, name: string): StructType["fields"][number]["dataType"] {
  const field = schema.fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (field === undefined) throw new RangeError(`there is no column ${name}`);
  return field.dataType;
}

function columnOf(name: string): Column {
  return col(quoteName(name));
}

function any(conditions: readonly Column[]): Column {
  return conditions.reduce((one, other) => one.or(other), lit(false));
}

function orFalse(condition: Column): Column {
  return call("coalesce", condition, lit(false));
}
