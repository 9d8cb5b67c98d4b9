import { col, type DataFrame, sum, year } from "../../../../src/sql/index.ts";
import { revenue } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Product type profit: what parts of one colour earned, by nation and year. */
export const sql = `
  select nation, o_year, sum(amount) as sum_profit
  from (
    select n_name as nation, extract(year from o_orderdate) as o_year,
      l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity as amount
    from part, supplier, lineitem, partsupp, orders, nation
    where s_suppkey = l_suppkey and ps_suppkey = l_suppkey and ps_partkey = l_partkey
      and p_partkey = l_partkey and o_orderkey = l_orderkey and s_nationkey = n_nationkey
      and p_name like '%green%'
  ) as profit
  group by nation, o_year
  order by nation, o_year desc`;

export function frame({ part, supplier, lineitem, partsupp, orders, nation }: Tables): DataFrame {
  const amount = revenue.minus(col("ps_supplycost").multiply(col("l_quantity")));
  return part
    .filter(col("p_name").contains("green"))
    .join(lineitem, col("l_partkey").eq(col("p_partkey")))
    .join(partsupp, [col("ps_suppkey").eq(col("l_suppkey")), col("ps_partkey").eq(col("l_partkey"))])
    .join(supplier, col("s_suppkey").eq(col("l_suppkey")))
    .join(nation, col("n_nationkey").eq(col("s_nationkey")))
    .join(orders, col("o_orderkey").eq(col("l_orderkey")))
    .groupBy(col("n_name").alias("nation"), year("o_orderdate").alias("o_year"))
    .agg(sum(amount).alias("sum_profit"))
    .orderBy("nation", col("o_year").desc());
}
