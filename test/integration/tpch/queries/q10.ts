import { col, type DataFrame, sum } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Returned item reporting: customers who cost most revenue by what they sent back. */
export const sql = `
  select c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) as revenue,
    c_acctbal, n_name, c_address, c_phone, c_comment
  from customer, orders, lineitem, nation
  where c_custkey = o_custkey and l_orderkey = o_orderkey and c_nationkey = n_nationkey
    and o_orderdate >= date '1993-10-01' and o_orderdate < date '1993-10-01' + interval '3' month
    and l_returnflag = 'R'
  group by c_custkey, c_name, c_acctbal, c_phone, n_name, c_address, c_comment
  order by revenue desc
  limit 20`;

export function frame({ customer, orders, lineitem, nation }: Tables): DataFrame {
  return orders
    .filter(within("o_orderdate", "1993-10-01", "1994-01-01"))
    .join(lineitem.filter(col("l_returnflag").eq("R")), col("l_orderkey").eq(col("o_orderkey")))
    .join(customer, col("c_custkey").eq(col("o_custkey")))
    .join(nation, col("n_nationkey").eq(col("c_nationkey")))
    .groupBy("c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment")
    .agg(sum(revenue).alias("revenue"))
    .select("c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment")
    .orderBy(col("revenue").desc())
    .limit(20);
}
