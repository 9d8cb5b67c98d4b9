import { col, type DataFrame, sum } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Large volume customer: who placed the orders of very many pieces. */
export const sql = `
  select c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity) as quantity
  from customer, orders, lineitem
  where o_orderkey in (
      select l_orderkey from lineitem group by l_orderkey having sum(l_quantity) > 300
    )
    and c_custkey = o_custkey and o_orderkey = l_orderkey
  group by c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice
  order by o_totalprice desc, o_orderdate
  limit 100`;

export function frame({ customer, orders, lineitem }: Tables): DataFrame {
  const large = lineitem
    .groupBy("l_orderkey")
    .agg(sum("l_quantity").alias("quantity"))
    .filter(col("quantity").gt(300));
  return large
    .join(orders, col("o_orderkey").eq(col("l_orderkey")))
    .join(customer, col("c_custkey").eq(col("o_custkey")))
    .select("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice", "quantity")
    .orderBy(col("o_totalprice").desc(), "o_orderdate")
    .limit(100);
}
