import { col, type DataFrame, sum, year } from "../../../../src/sql/index.ts";
import { revenue, within } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Volume shipping: trade between two nations, each way and year. */
export const sql = `
  select supp_nation, cust_nation, l_year, sum(volume) as revenue
  from (
    select n1.n_name as supp_nation, n2.n_name as cust_nation,
      extract(year from l_shipdate) as l_year, l_extendedprice * (1 - l_discount) as volume
    from supplier, lineitem, orders, customer, nation n1, nation n2
    where s_suppkey = l_suppkey and o_orderkey = l_orderkey and c_custkey = o_custkey
      and s_nationkey = n1.n_nationkey and c_nationkey = n2.n_nationkey
      and ((n1.n_name = 'FRANCE' and n2.n_name = 'GERMANY')
        or (n1.n_name = 'GERMANY' and n2.n_name = 'FRANCE'))
      and l_shipdate between date '1995-01-01' and date '1996-12-31'
  ) as shipping
  group by supp_nation, cust_nation, l_year
  order by supp_nation, cust_nation, l_year`;

export function frame({ supplier, lineitem, orders, customer, nation }: Tables): DataFrame {
  const partners = nation.filter(col("n_name").isin("FRANCE", "GERMANY"));
  const ofSupplier = partners.select(
    col("n_nationkey").alias("supp_nationkey"),
    col("n_name").alias("supp_nation"),
  );
  const ofCustomer = partners.select(
    col("n_nationkey").alias("cust_nationkey"),
    col("n_name").alias("cust_nation"),
  );
  return lineitem
    .filter(within("l_shipdate", "1995-01-01", "1997-01-01"))
    .join(supplier, col("s_suppkey").eq(col("l_suppkey")))
    .join(ofSupplier, col("s_nationkey").eq(col("supp_nationkey")))
    .join(orders, col("o_orderkey").eq(col("l_orderkey")))
    .join(customer, col("c_custkey").eq(col("o_custkey")))
    .join(ofCustomer, [
      col("c_nationkey").eq(col("cust_nationkey")),
      col("supp_nation").notEqual(col("cust_nation")),
    ])
    .groupBy("supp_nation", "cust_nation", year("l_shipdate").alias("l_year"))
    .agg(sum(revenue).alias("revenue"))
    .orderBy("supp_nation", "cust_nation", "l_year");
}
