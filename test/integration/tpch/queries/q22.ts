import { avg, col, count, type DataFrame, substring, sum } from "../../../../src/sql/index.ts";
import type { Tables } from "../tables.ts";

/** Global sales opportunity: wealthy customers of some countries who never ordered. */
export const sql = `
  select cntrycode, count(*) as numcust, sum(c_acctbal) as totacctbal
  from (
    select substring(c_phone from 1 for 2) as cntrycode, c_acctbal
    from customer
    where substring(c_phone from 1 for 2) in ('13', '31', '23', '29', '30', '18', '17')
      and c_acctbal > (
        select avg(c_acctbal) from customer
        where c_acctbal > 0.00
          and substring(c_phone from 1 for 2) in ('13', '31', '23', '29', '30', '18', '17')
      )
      and not exists (select * from orders where o_custkey = c_custkey)
  ) as custsale
  group by cntrycode
  order by cntrycode`;

export function frame({ customer, orders }: Tables): DataFrame {
  const candidates = customer
    .withColumn("cntrycode", substring("c_phone", 1, 2))
    .filter(col("cntrycode").isin("13", "31", "23", "29", "30", "18", "17"));
  const usual = candidates.filter(col("c_acctbal").gt(0)).agg(avg("c_acctbal").alias("usual"));
  return candidates
    .join(usual, col("c_acctbal").gt(col("usual")))
    .join(orders, col("o_custkey").eq(col("c_custkey")), "anti")
    .groupBy("cntrycode")
    .agg(count("*").alias("numcust"), sum("c_acctbal").alias("totacctbal"))
    .orderBy("cntrycode");
}
