import { col, type DataFrame, Decimal, lit, sum, when } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Promotion effect: the percentage of a month's revenue that came from promoted parts. */
export const sql = `
  select 100.00 * sum(case when p_type like 'PROMO%' then l_extendedprice * (1 - l_discount) else 0 end)
    / sum(l_extendedprice * (1 - l_discount)) as promo_revenue
  from lineitem, part
  where l_partkey = p_partkey
    and l_shipdate >= date '1995-09-01' and l_shipdate < date '1995-09-01' + interval '1' month`;

export function frame({ lineitem, part }: Tables): DataFrame {
  const promoted = when(col("p_type").startsWith("PROMO"), revenue).otherwise(0);
  return lineitem
    .filter(within("l_shipdate", "1995-09-01", "1995-10-01"))
    .join(part, col("l_partkey").eq(col("p_partkey")))
    .agg(lit(Decimal.parse("100.00")).multiply(sum(promoted)).divide(sum(revenue)).alias("promo_revenue"));
}
