import { col, type DataFrame, Decimal, sum } from "../../../../src/sql/index.ts";
import { within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Potential part promotion: suppliers of a nation with more of some parts than half of what they shipped in a year. */
export const sql = `
  select s_name, s_address
  from supplier, nation
  where s_suppkey in (
      select ps_suppkey from partsupp
      where ps_partkey in (select p_partkey from part where p_name like 'forest%')
        and ps_availqty > (
          select 0.5 * sum(l_quantity) from lineitem
          where l_partkey = ps_partkey and l_suppkey = ps_suppkey
            and l_shipdate >= date '1994-01-01' and l_shipdate < date '1994-01-01' + interval '1' year
        )
    )
    and s_nationkey = n_nationkey and n_name = 'CANADA'
  order by s_name`;

export function frame({ supplier, nation, partsupp, part, lineitem }: Tables): DataFrame {
  const shipped = lineitem
    .filter(within("l_shipdate", "1994-01-01", "1995-01-01"))
    .groupBy("l_partkey", "l_suppkey")
    .agg(sum("l_quantity").multiply(Decimal.parse("0.5")).alias("half"));
  const plenty = partsupp
    .join(part.filter(col("p_name").startsWith("forest")), col("p_partkey").eq(col("ps_partkey")), "semi")
    .join(shipped, [col("l_partkey").eq(col("ps_partkey")), col("l_suppkey").eq(col("ps_suppkey"))])
    .filter(col("ps_availqty").gt(col("half")));
  return supplier
    .join(nation.filter(col("n_name").eq("CANADA")), col("n_nationkey").eq(col("s_nationkey")))
    .join(plenty, col("ps_suppkey").eq(col("s_suppkey")), "semi")
    .select("s_name", "s_address")
    .orderBy("s_name");
}
