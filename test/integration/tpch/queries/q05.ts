import { col, type DataFrame, sum } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Local supplier volume: revenue where customer and supplier are of one nation. */
export const sql = `
  select n_name, sum(l_extendedprice * (1 - l_discount)) as revenue
  from customer, orders, lineitem, supplier, nation, region
  where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey
    and c_nationkey = s_nationkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey
    and r_name = 'ASIA'
    and o_orderdate >= date '1994-01-01' and o_orderdate < date '1994-01-01' + interval '1' year
  group by n_name
  order by revenue desc`;

export function frame({ customer, orders, lineitem, supplier, nation, region }: Tables): DataFrame {
  return region
    .filter(col("r_name").eq("ASIA"))
    .join(nation, col("n_regionkey").eq(col("r_regionkey")))
    .join(supplier, col("s_nationkey").eq(col("n_nationkey")))
    .join(lineitem, col("l_suppkey").eq(col("s_suppkey")))
    .join(
      orders.filter(within("o_orderdate", "1994-01-01", "1995-01-01")),
      col("o_orderkey").eq(col("l_orderkey")),
    )
    .join(customer, [col("c_custkey").eq(col("o_custkey")), col("c_nationkey").eq(col("s_nationkey"))])
    .groupBy("n_name")
    .agg(sum(revenue).alias("revenue"))
    .orderBy(col("revenue").desc());
}
