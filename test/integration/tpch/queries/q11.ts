import { col, type DataFrame, Decimal, sum } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Important stock identification: parts that are a notable share of a nation's stock; 0.0001 / scale factor of it. */
export const sql = `
  select ps_partkey, sum(ps_supplycost * ps_availqty) as value
  from partsupp, supplier, nation
  where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY'
  group by ps_partkey
  having sum(ps_supplycost * ps_availqty) > (
    select sum(ps_supplycost * ps_availqty) * 0.001
    from partsupp, supplier, nation
    where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY'
  )
  order by value desc`;

export function frame({ partsupp, supplier, nation }: Tables): DataFrame {
  const stock = nation
    .filter(col("n_name").eq("GERMANY"))
    .join(supplier, col("s_nationkey").eq(col("n_nationkey")))
    .join(partsupp, col("ps_suppkey").eq(col("s_suppkey")))
    .withColumn("value", col("ps_supplycost").multiply(col("ps_availqty")));
  const notable = stock.agg(sum("value").multiply(Decimal.parse("0.001")).alias("notable"));
  return stock
    .groupBy("ps_partkey")
    .agg(sum("value").alias("value"))
    .join(notable, col("value").gt(col("notable")))
    .select("ps_partkey", "value")
    .orderBy(col("value").desc());
}
