import { col, type DataFrame, sum, when, year } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** National market share: the part of a region's revenue that one nation's suppliers made. */
export const sql = `
  select o_year, sum(case when nation = 'BRAZIL' then volume else 0 end) / sum(volume) as mkt_share
  from (
    select extract(year from o_orderdate) as o_year, l_extendedprice * (1 - l_discount) as volume,
      n2.n_name as nation
    from part, supplier, lineitem, orders, customer, nation n1, nation n2, region
    where p_partkey = l_partkey and s_suppkey = l_suppkey and l_orderkey = o_orderkey
      and o_custkey = c_custkey and c_nationkey = n1.n_nationkey and n1.n_regionkey = r_regionkey
      and r_name = 'AMERICA' and s_nationkey = n2.n_nationkey
      and o_orderdate between date '1995-01-01' and date '1996-12-31'
      and p_type = 'ECONOMY ANODIZED STEEL'
  ) as all_nations
  group by o_year
  order by o_year`;

export function frame(tables: Tables): DataFrame {
  const { part, supplier, lineitem, orders, customer, nation, region } = tables;
  const americans = region
    .filter(col("r_name").eq("AMERICA"))
    .join(nation, col("n_regionkey").eq(col("r_regionkey")))
    .join(customer, col("c_nationkey").eq(col("n_nationkey")))
    .select("c_custkey");
  const suppliers = supplier
    .join(nation, col("s_nationkey").eq(col("n_nationkey")))
    .select("s_suppkey", col("n_name").alias("nation"));
  return part
    .filter(col("p_type").eq("ECONOMY ANODIZED STEEL"))
    .join(lineitem, col("l_partkey").eq(col("p_partkey")))
    .join(suppliers, col("s_suppkey").eq(col("l_suppkey")))
    .join(
      orders.filter(within("o_orderdate", "1995-01-01", "1997-01-01")),
      col("o_orderkey").eq(col("l_orderkey")),
    )
    .join(americans, col("c_custkey").eq(col("o_custkey")))
    .withColumn("volume", revenue)
    .groupBy(year("o_orderdate").alias("o_year"))
    .agg(
      sum(when(col("nation").eq("BRAZIL"), col("volume")).otherwise(0))
        .divide(sum("volume"))
        .alias("mkt_share"),
    )
    .orderBy("o_year");
}
