import { col, type DataFrame, sum, when } from "../../../../src/sql/index.ts";
import { within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Shipping modes and order priority: late lines by two modes, urgent orders apart. */
export const sql = `
  select l_shipmode,
    sum(case when o_orderpriority = '1-URGENT' or o_orderpriority = '2-HIGH' then 1 else 0 end)
      as high_line_count,
    sum(case when o_orderpriority <> '1-URGENT' and o_orderpriority <> '2-HIGH' then 1 else 0 end)
      as low_line_count
  from orders, lineitem
  where o_orderkey = l_orderkey and l_shipmode in ('MAIL', 'SHIP')
    and l_commitdate < l_receiptdate and l_shipdate < l_commitdate
    and l_receiptdate >= date '1994-01-01' and l_receiptdate < date '1994-01-01' + interval '1' year
  group by l_shipmode
  order by l_shipmode`;

export function frame({ orders, lineitem }: Tables): DataFrame {
  const urgent = col("o_orderpriority").isin("1-URGENT", "2-HIGH");
  return lineitem
    .filter(col("l_shipmode").isin("MAIL", "SHIP"))
    .filter(
      col("l_commitdate")
        .lt(col("l_receiptdate"))
        .and(col("l_shipdate").lt(col("l_commitdate"))),
    )
    .filter(within("l_receiptdate", "1994-01-01", "1995-01-01"))
    .join(orders, col("o_orderkey").eq(col("l_orderkey")))
    .groupBy("l_shipmode")
    .agg(
      sum(when(urgent, 1).otherwise(0)).alias("high_line_count"),
      sum(when(urgent, 0).otherwise(1)).alias("low_line_count"),
    )
    .orderBy("l_shipmode");
}
