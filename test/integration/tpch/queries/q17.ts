import { avg, col, type DataFrame, Decimal, lit, sum, Window } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Small-quantity-order revenue: what would be lost a year without the small orders of some parts. */
export const sql = `
  select sum(l_extendedprice) / 7.0 as avg_yearly
  from lineitem, part
  where p_partkey = l_partkey and p_brand = 'Brand#23' and p_container = 'MED BOX'
    and l_quantity < (select 0.2 * avg(l_quantity) from lineitem where l_partkey = p_partkey)`;

export function frame({ lineitem, part }: Tables): DataFrame {
  const little = lit(Decimal.parse("0.2")).multiply(avg("l_quantity").over(Window.partitionBy("p_partkey")));
  return part
    .filter(col("p_brand").eq("Brand#23").and(col("p_container").eq("MED BOX")))
    .join(lineitem, col("l_partkey").eq(col("p_partkey")))
    .withColumn("little", little)
    .filter(col("l_quantity").lt(col("little")))
    .agg(sum("l_extendedprice").divide(Decimal.parse("7.0")).alias("avg_yearly"));
}
