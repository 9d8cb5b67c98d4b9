import { col, count, type DataFrame } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Customer distribution: how many customers have how many orders, those without any included. */
export const sql = `
  select c_count, count(*) as custdist
  from (
    select c_custkey, count(o_orderkey) as c_count
    from customer left join orders
      on c_custkey = o_custkey and o_comment not like '%special%requests%'
    group by c_custkey
  ) as c_orders
  group by c_count
  order by custdist desc, c_count desc`;

export function frame({ customer, orders }: Tables): DataFrame {
  const usual = orders.filter(col("o_comment").like("%special%requests%").not());
  return customer
    .join(usual, col("c_custkey").eq(col("o_custkey")), "left")
    .groupBy("c_custkey")
    .agg(count("o_orderkey").alias("c_count"))
    .groupBy("c_count")
    .agg(count("*").alias("custdist"))
    .orderBy(col("custdist").desc(), col("c_count").desc());
}
