import { col, type DataFrame, LocalDate, sum } from "../../../../src/sql/index.ts";
import { revenue } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Shipping priority: the most valuable orders that were not shipped by a day. */
export const sql = `
  select l_orderkey, sum(l_extendedprice * (1 - l_discount)) as revenue, o_orderdate, o_shippriority
  from customer, orders, lineitem
  where c_mktsegment = 'BUILDING' and c_custkey = o_custkey and l_orderkey = o_orderkey
    and o_orderdate < date '1995-03-15' and l_shipdate > date '1995-03-15'
  group by l_orderkey, o_orderdate, o_shippriority
  order by revenue desc, o_orderdate
  limit 10`;

export function frame({ customer, orders, lineitem }: Tables): DataFrame {
  const day = LocalDate.parse("1995-03-15");
  return customer
    .filter(col("c_mktsegment").eq("BUILDING"))
    .join(orders.filter(col("o_orderdate").lt(day)), col("c_custkey").eq(col("o_custkey")))
    .join(lineitem.filter(col("l_shipdate").gt(day)), col("l_orderkey").eq(col("o_orderkey")))
    .groupBy("l_orderkey", "o_orderdate", "o_shippriority")
    .agg(sum(revenue).alias("revenue"))
    .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
    .orderBy(col("revenue").desc(), "o_orderdate")
    .limit(10);
}
