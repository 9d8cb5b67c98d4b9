import { Decimal } from "../../arrow/values/decimal.ts";
import { Column, type ColumnOrName } from "../column.ts";
import { expression } from "../plan/expression.ts";
import { columnOf, lit } from "./call.ts";

/** Seconds given as a number, exact with their fraction as a DECIMAL literal, or as a column. */
export function columnOrSeconds(value: ColumnOrName | number): Column {
  return typeof value === "number" ? lit(Decimal.fromNumber(value)) : columnOf(value);
}

/** 0 seconds, as the DECIMAL(10, 0) that PySpark sends for seconds that are left out. */
export const noSeconds: Column = new Column(
  expression({
    case: "literal",
    value: { literalType: { case: "decimal", value: { value: "0", precision: 10, scale: 0 } } },
  }),
);
