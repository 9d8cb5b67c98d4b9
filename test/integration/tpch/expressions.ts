import { type Column, col, LocalDate, lit } from "../../../src/sql/index.ts";

/** What a line was sold for: its price less the discount. */
export const revenue: Column = col("l_extendedprice").multiply(lit(1).minus(col("l_discount")));

/** Whether a date lies in [from, until). */
export function within(column: string, from: string, until: string): Column {
  return col(column)
    .geq(LocalDate.parse(from))
    .and(col(column).lt(LocalDate.parse(until)));
}
