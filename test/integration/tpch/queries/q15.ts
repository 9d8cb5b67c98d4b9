import { col, type DataFrame, max, sum } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Top supplier: whoever brought most revenue in a quarter. */
export const sql = `
  with revenue as (
    select l_suppkey as supplier_no, sum(l_extendedprice * (1 - l_discount)) as total_revenue
    from lineitem
    where l_shipdate >= date '1996-01-01' and l_shipdate < date '1996-01-01' + interval '3' month
    group by l_suppkey
  )
  select s_suppkey, s_name, s_address, s_phone, total_revenue
  from supplier, revenue
  where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from revenue)
  order by s_suppkey`;

export function frame({ supplier, lineitem }: Tables): DataFrame {
  const revenues = lineitem
    .filter(within("l_shipdate", "1996-01-01", "1996-04-01"))
    .groupBy(col("l_suppkey").alias("supplier_no"))
    .agg(sum(revenue).alias("total_revenue"));
  const best = revenues.agg(max("total_revenue").alias("best"));
  return supplier
    .join(revenues, col("s_suppkey").eq(col("supplier_no")))
    .join(best, col("total_revenue").eq(col("best")))
    .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
    .orderBy("s_suppkey");
}
