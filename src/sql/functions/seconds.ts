import { Decimal } from "../../arrow/values/decimal.ts";
import type { Column, ColumnOrName } from "../column.ts";
import { columnOf, lit } from "./call.ts";

/** Seconds given as a number, exact with their fraction as a DECIMAL literal, or as a column. */
export function columnOrSeconds(value: ColumnOrName | number): Column {
  return typeof value === "number" ? lit(Decimal.fromNumber(value)) : columnOf(value);
}
