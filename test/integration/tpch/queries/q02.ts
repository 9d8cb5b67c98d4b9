import { col, type DataFrame, min, Window } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Minimum cost supplier: who in a region offers a part at the lowest price. */
export const sql = `
  select s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
  from part, supplier, partsupp, nation, region
  where p_partkey = ps_partkey and s_suppkey = ps_suppkey
    and s_nationkey = n_nationkey and n_regionkey = r_regionkey
    and p_size = 15 and p_type like '%BRASS' and r_name = 'EUROPE'
    and ps_supplycost = (
      select min(ps_supplycost)
      from partsupp, supplier, nation, region
      where p_partkey = ps_partkey and s_suppkey = ps_suppkey
        and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE'
    )
  order by s_acctbal desc, n_name, s_name, p_partkey
  limit 100`;

export function frame({ part, supplier, partsupp, nation, region }: Tables): DataFrame {
  return part
    .filter(col("p_size").eq(15).and(col("p_type").like("%BRASS")))
    .join(partsupp, col("p_partkey").eq(col("ps_partkey")))
    .join(supplier, col("s_suppkey").eq(col("ps_suppkey")))
    .join(nation, col("s_nationkey").eq(col("n_nationkey")))
    .join(region.filter(col("r_name").eq("EUROPE")), col("n_regionkey").eq(col("r_regionkey")))
    .withColumn("lowest", min("ps_supplycost").over(Window.partitionBy("p_partkey")))
    .filter(col("ps_supplycost").eq(col("lowest")))
    .select("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment")
    .orderBy(col("s_acctbal").desc(), "n_name", "s_name", "p_partkey")
    .limit(100);
}
