import { col, countDistinct, type DataFrame } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Parts and supplier relationship: how many suppliers without complaints offer each kind of part. */
export const sql = `
  select p_brand, p_type, p_size, count(distinct ps_suppkey) as supplier_cnt
  from partsupp, part
  where p_partkey = ps_partkey and p_brand <> 'Brand#45' and p_type not like 'MEDIUM POLISHED%'
    and p_size in (49, 14, 23, 45, 19, 3, 36, 9)
    and ps_suppkey not in (
      select s_suppkey from supplier where s_comment like '%Customer%Complaints%'
    )
  group by p_brand, p_type, p_size
  order by supplier_cnt desc, p_brand, p_type, p_size`;

export function frame({ partsupp, part, supplier }: Tables): DataFrame {
  const complained = supplier.filter(col("s_comment").like("%Customer%Complaints%"));
  return part
    .filter(col("p_brand").notEqual("Brand#45"))
    .filter(col("p_type").startsWith("MEDIUM POLISHED").not())
    .filter(col("p_size").isin(49, 14, 23, 45, 19, 3, 36, 9))
    .join(partsupp, col("ps_partkey").eq(col("p_partkey")))
    .join(complained, col("s_suppkey").eq(col("ps_suppkey")), "anti")
    .groupBy("p_brand", "p_type", "p_size")
    .agg(countDistinct("ps_suppkey").alias("supplier_cnt"))
    .orderBy(col("supplier_cnt").desc(), "p_brand", "p_type", "p_size");
}
