import { avg, col, count, type DataFrame, LocalDate, lit, sum } from "../../../../src/sql/index.ts";
import { revenue } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Pricing summary report: what was billed, shipped and returned until a day. */
export const sql = `
  select l_returnflag, l_linestatus,
    sum(l_quantity) as sum_qty,
    sum(l_extendedprice) as sum_base_price,
    sum(l_extendedprice * (1 - l_discount)) as sum_disc_price,
    sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) as sum_charge,
    avg(l_quantity) as avg_qty,
    avg(l_extendedprice) as avg_price,
    avg(l_discount) as avg_disc,
    count(*) as count_order
  from lineitem
  where l_shipdate <= date '1998-12-01' - interval '90' day
  group by l_returnflag, l_linestatus
  order by l_returnflag, l_linestatus`;

export function frame({ lineitem }: Tables): DataFrame {
  return lineitem
    .filter(col("l_shipdate").leq(LocalDate.parse("1998-09-02")))
    .groupBy("l_returnflag", "l_linestatus")
    .agg(
      sum("l_quantity").alias("sum_qty"),
      sum("l_extendedprice").alias("sum_base_price"),
      sum(revenue).alias("sum_disc_price"),
      sum(revenue.multiply(lit(1).plus(col("l_tax")))).alias("sum_charge"),
      avg("l_quantity").alias("avg_qty"),
      avg("l_extendedprice").alias("avg_price"),
      avg("l_discount").alias("avg_disc"),
      count("*").alias("count_order"),
    )
    .orderBy("l_returnflag", "l_linestatus");
}
