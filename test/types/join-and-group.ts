import { expectTypeOf } from "expect-type";
import type { Decimal, JoinType } from "../../src/sql/index.ts";
import { avg, col, count, max, sum, upper } from "../../src/sql/index.ts";
import { airports, flights, row, untyped } from "./schema.ts";

const left = flights.select("id", "delay");
type Left = { id: bigint; delay: number | null };
const right = airports.select("id", "name");

// Joins on names: one column each, and NULL where a side may have no row.
expectTypeOf(row(left.join(right, "id"))).toEqualTypeOf<{ id: bigint; delay: number | null; name: string }>();
expectTypeOf(row(left.join(right, ["id"], "left"))).toEqualTypeOf<{
  id: bigint;
  delay: number | null;
  name: string | null;
}>();
expectTypeOf(row(right.join(airports.select("id", "iata"), "id", "right_outer"))).toEqualTypeOf<{
  id: bigint;
  name: string | null;
  iata: string;
}>();
expectTypeOf(row(right.join(airports.select("id", "iata"), "id", "full"))).toEqualTypeOf<{
  id: bigint;
  name: string | null;
  iata: string | null;
}>();
expectTypeOf(row(left.join(right, "id", "anti"))).toEqualTypeOf<{ id: bigint; delay: number | null }>();

// On conditions: all columns of both, of two with one name the first.
expectTypeOf(row(left.join(right, left.col("id").eq(right.col("id")), "left"))).toEqualTypeOf<{
  id: bigint;
  delay: number | null;
  name: string | null;
}>();
expectTypeOf(row(left.crossJoin(airports.select("iata")))).toEqualTypeOf<{
  id: bigint;
  delay: number | null;
  iata: string;
}>();

expectTypeOf(row(left.join(untyped, "id"))).toBeAny();
expectTypeOf(row(untyped.join(left, "id"))).toBeAny();
const how = String("left") as JoinType;
expectTypeOf(row(left.join(right, "id", how))).toBeAny();
// @ts-expect-error only one side has the column
left.join(right, "name");
// @ts-expect-error only one side has the column
left.join(right, ["id", "delay"]);

// Groups: the keys, then the aggregates.
expectTypeOf(
  row(
    flights
      .groupBy("origin")
      .agg(
        sum("delay").alias("total"),
        count("*").alias("n"),
        avg("id").alias("mean"),
        max("fare").alias("most"),
        sum(col("id")),
      ),
  ),
).toEqualTypeOf<{
  origin: string;
  total: number | bigint | null;
  n: bigint;
  mean: number | null;
  most: Decimal | null;
  "sum(id)": bigint | null;
}>();
expectTypeOf(row(flights.groupBy("origin", col("delay")).count())).toEqualTypeOf<{
  origin: string;
  delay: number | null;
  count: bigint;
}>();
expectTypeOf(row(flights.rollup("origin").agg(count("id")))).toEqualTypeOf<{
  origin: string | null;
  "count(id)": bigint;
}>();
expectTypeOf(row(flights.groupBy("origin").max("fare", "id"))).toEqualTypeOf<{
  origin: string;
  "max(fare)": Decimal | null;
  "max(id)": bigint | null;
}>();
expectTypeOf(row(flights.agg(sum("fare").alias("s")))).toEqualTypeOf<{ s: Decimal | null }>();
expectTypeOf(row(flights.groupBy("origin").agg({ delay: "max" }))).toBeAny();
expectTypeOf(row(flights.groupBy(upper("origin")).count())).toBeAny();
expectTypeOf(row(flights.groupBy("origin").pivot("delay").count())).toBeAny();
expectTypeOf(row(untyped.groupBy("a").agg(sum("b").alias("c")))).toBeAny();
// @ts-expect-error there is no such column
flights.groupBy("typo");
// @ts-expect-error there is no such column
flights.groupBy("origin").sum("typo");

// Rows below each other.
expectTypeOf(row(left.union(flights.select("id", "delay")))).toEqualTypeOf<Left>();
expectTypeOf(row(left.unionByName(right, { allowMissingColumns: true }))).toEqualTypeOf<{
  id: bigint;
  delay: number | null;
  name: string | null;
}>();
expectTypeOf(row(left.union(right))).toEqualTypeOf<{ id: unknown; delay: unknown }>();
expectTypeOf(row(left.union(untyped))).toBeAny();
expectTypeOf(row(left.except(right))).toEqualTypeOf<Left>();
