import { col, count, type DataFrame } from "../../../../src/sql/index.ts";
import { within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Order priority checking: orders of a quarter with a line that came late. */
export const sql = `
  select o_orderpriority, count(*) as order_count
  from orders
  where o_orderdate >= date '1993-07-01' and o_orderdate < date '1993-07-01' + interval '3' month
    and exists (
      select * from lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate
    )
  group by o_orderpriority
  order by o_orderpriority`;

export function frame({ orders, lineitem }: Tables): DataFrame {
  const late = lineitem.filter(col("l_commitdate").lt(col("l_receiptdate")));
  return orders
    .filter(within("o_orderdate", "1993-07-01", "1993-10-01"))
    .join(late, col("l_orderkey").eq(col("o_orderkey")), "semi")
    .groupBy("o_orderpriority")
    .agg(count("*").alias("order_count"))
    .orderBy("o_orderpriority");
}
