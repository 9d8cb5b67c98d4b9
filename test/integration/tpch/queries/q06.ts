import { col, type DataFrame, Decimal, sum } from "../../../../src/sql/index.ts";
import { within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Forecasting revenue change: what a year would have brought without small discounts. */
export const sql = `
  select sum(l_extendedprice * l_discount) as revenue
  from lineitem
  where l_shipdate >= date '1994-01-01' and l_shipdate < date '1994-01-01' + interval '1' year
    and l_discount between 0.06 - 0.01 and 0.06 + 0.01 and l_quantity < 24`;

export function frame({ lineitem }: Tables): DataFrame {
  return lineitem
    .filter(within("l_shipdate", "1994-01-01", "1995-01-01"))
    .filter(col("l_discount").between(Decimal.parse("0.05"), Decimal.parse("0.07")))
    .filter(col("l_quantity").lt(24))
    .agg(sum(col("l_extendedprice").multiply(col("l_discount"))).alias("revenue"));
}
