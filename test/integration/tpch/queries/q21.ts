import { col, count, type DataFrame } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Suppliers who kept orders waiting: the only late one of several suppliers of an order. */
export const sql = `
  select s_name, count(*) as numwait
  from supplier, lineitem l1, orders, nation
  where s_suppkey = l1.l_suppkey and o_orderkey = l1.l_orderkey and o_orderstatus = 'F'
    and l1.l_receiptdate > l1.l_commitdate
    and exists (
      select * from lineitem l2
      where l2.l_orderkey = l1.l_orderkey and l2.l_suppkey <> l1.l_suppkey
    )
    and not exists (
      select * from lineitem l3
      where l3.l_orderkey = l1.l_orderkey and l3.l_suppkey <> l1.l_suppkey
        and l3.l_receiptdate > l3.l_commitdate
    )
    and s_nationkey = n_nationkey and n_name = 'SAUDI ARABIA'
  group by s_name
  order by numwait desc, s_name
  limit 100`;

export function frame({ supplier, lineitem, orders, nation }: Tables): DataFrame {
  const late = lineitem.filter(col("l_receiptdate").gt(col("l_commitdate")));
  const ofAnother = (other: string) => [
    col(`${other}.l_orderkey`).eq(col("mine.l_orderkey")),
    col(`${other}.l_suppkey`).notEqual(col("mine.l_suppkey")),
  ];
  return supplier
    .join(nation.filter(col("n_name").eq("SAUDI ARABIA")), col("n_nationkey").eq(col("s_nationkey")))
    .join(late.alias("mine"), col("s_suppkey").eq(col("mine.l_suppkey")))
    .join(orders.filter(col("o_orderstatus").eq("F")), col("o_orderkey").eq(col("mine.l_orderkey")))
    .join(lineitem.alias("shared"), ofAnother("shared"), "semi")
    .join(late.alias("alsoLate"), ofAnother("alsoLate"), "anti")
    .groupBy("s_name")
    .agg(count("*").alias("numwait"))
    .orderBy(col("numwait").desc(), "s_name")
    .limit(100);
}
