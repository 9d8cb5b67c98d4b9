import { type Column, col, type DataFrame, sum } from "../../../../src/sql/index.ts";
import { revenue } from "../expressions.ts";
import type { Tables } from "../tables.ts";

/** Discounted revenue: parts of three brands, each in its containers, quantities and sizes. */
export const sql = `
  select sum(l_extendedprice * (1 - l_discount)) as revenue
  from lineitem, part
  where (p_partkey = l_partkey and p_brand = 'Brand#12'
      and p_container in ('SM CASE', 'SM BOX', 'SM PACK', 'SM PKG')
      and l_quantity >= 1 and l_quantity <= 1 + 10 and p_size between 1 and 5
      and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')
    or (p_partkey = l_partkey and p_brand = 'Brand#23'
      and p_container in ('MED BAG', 'MED BOX', 'MED PKG', 'MED PACK')
      and l_quantity >= 10 and l_quantity <= 10 + 10 and p_size between 1 and 10
      and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')
    or (p_partkey = l_partkey and p_brand = 'Brand#34'
      and p_container in ('LG CASE', 'LG BOX', 'LG PACK', 'LG PKG')
      and l_quantity >= 20 and l_quantity <= 20 + 10 and p_size between 1 and 15
      and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')`;

export function frame({ lineitem, part }: Tables): DataFrame {
  return lineitem
    .filter(col("l_shipmode").isin("AIR", "AIR REG").and(col("l_shipinstruct").eq("DELIVER IN PERSON")))
    .join(part, col("p_partkey").eq(col("l_partkey")))
    .filter(
      sold("Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 5)
        .or(sold("Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 10))
        .or(sold("Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 15)),
    )
    .agg(sum(revenue).alias("revenue"));
}

function sold(brand: string, containers: readonly string[], fewest: number, largest: number): Column {
  return col("p_brand")
    .eq(brand)
    .and(col("p_container").isin(containers))
    .and(col("l_quantity").between(fewest, fewest + 10))
    .and(col("p_size").between(1, largest));
}
