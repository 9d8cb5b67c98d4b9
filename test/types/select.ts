import { expectTypeOf } from "expect-type";
import type { DataFrame, Decimal, Row, Timestamp } from "../../src/sql/index.ts";
import { col, lit, upper } from "../../src/sql/index.ts";
import { type Flight, flights, row, untyped } from "./schema.ts";

// Columns by name, by col(), by df.col(), under a name, and all of them.
expectTypeOf(row(flights.select("id", "delay"))).toEqualTypeOf<{ id: bigint; delay: number | null }>();
expectTypeOf(row(flights.select(col("id"), flights.col("fare")))).toEqualTypeOf<{
  id: bigint;
  fare: Decimal;
}>();
expectTypeOf(row(flights.select(col("delay").alias("late"), "at"))).toEqualTypeOf<{
  late: number | null;
  at: Timestamp;
}>();
expectTypeOf(row(flights.select("*", lit("x").alias("x")))).toEqualTypeOf<{
  [K in keyof Flight | "x"]: K extends keyof Flight ? Flight[K] : string;
}>();
expectTypeOf(row(flights.select(upper("origin").alias("up")))).toEqualTypeOf<{ up: unknown }>();
expectTypeOf(row(flights.select("tags.x"))).toBeAny();

// What has no name that TypeScript knows makes the whole row unknown.
expectTypeOf(row(flights.select(upper("origin")))).toBeAny();
expectTypeOf(row(flights.selectExpr("id + 1"))).toBeAny();
expectTypeOf(row(untyped.select("id", col("x").alias("y")))).toBeAny();

// @ts-expect-error there is no such column
flights.select("ID");
// @ts-expect-error there is no such column
flights.select(col("typo"));
// @ts-expect-error there is no such column
flights.col("typo");
// @ts-expect-error there is no such column
flights.select("id").select("delay");
// @ts-expect-error there is no such column
flights.orderBy("typo");
// @ts-expect-error there is no such column
flights.dropDuplicates("typo");
// @ts-expect-error there is no such column
flights.drop("typo");
// @ts-expect-error there is no such column
flights.withColumn("x", col("typo"));
// @ts-expect-error there is no such column
flights.withColumnRenamed("typo", "x");
// @ts-expect-error there is no such column
flights.withColumnsRenamed({ typo: "x" });
// @ts-expect-error there is no such column
flights.withColumns({ x: flights.col("id"), y: col("typo") });

// Columns added, replaced, renamed and dropped.
expectTypeOf(row(flights.select("id").withColumn("late", col("id").gt(1)))).toEqualTypeOf<{
  id: bigint;
  late: boolean | null;
}>();
expectTypeOf(row(flights.select("id", "at").withColumn("id", lit("a")))).toEqualTypeOf<{
  id: string;
  at: Timestamp;
}>();
expectTypeOf(row(flights.select("id").withColumn("n", col("id").plus(1)))).toEqualTypeOf<{
  id: bigint;
  n: unknown;
}>();
expectTypeOf(row(flights.select("id").withColumns({ a: lit(true), b: col("id") }))).toEqualTypeOf<{
  id: bigint;
  a: boolean;
  b: bigint;
}>();
expectTypeOf(row(flights.select("id", "at").withColumnRenamed("id", "key"))).toEqualTypeOf<{
  key: bigint;
  at: Timestamp;
}>();
expectTypeOf(row(flights.select("id", "at").withColumnsRenamed({ id: "key" }))).toEqualTypeOf<{
  key: bigint;
  at: Timestamp;
}>();
expectTypeOf(row(flights.select("id", "at").drop("at"))).toEqualTypeOf<{ id: bigint }>();
expectTypeOf(row(flights.select("id", "at").drop(flights.col("at")))).toEqualTypeOf<{ id: bigint }>();
expectTypeOf(row(flights.select("id").zipWithIndex())).toEqualTypeOf<{ id: bigint; index: bigint }>();
const name = String(Math.random());
expectTypeOf(row(flights.withColumn(name, lit(1)))).toBeAny();
expectTypeOf(row(flights.drop(col(name)))).toBeAny();
expectTypeOf(row(flights.select(name, col(name)))).toBeAny();
expectTypeOf(row(flights.select(...[name, "id"]))).toBeAny();
expectTypeOf(row(flights.groupBy(name).sum(name))).toBeAny();
expectTypeOf(row(flights.withColumnRenamed(name, "x"))).toBeAny();
expectTypeOf(row(flights.join(flights, [name]))).toBeAny();
expectTypeOf(
  row(flights.orderBy(name).dropDuplicates(name).filter(flights.col(name))),
).toEqualTypeOf<Flight>();
expectTypeOf(row(flights.withColumn("x", flights.col(name)).select("x"))).toEqualTypeOf<{ x: unknown }>();

// Literals and casts.
expectTypeOf(
  flights.select(
    lit(1).alias("int"),
    lit(1.5).alias("double"),
    lit(3_000_000_000).alias("large"),
    lit(1n).alias("long"),
    lit(new Date(0)).alias("at"),
    lit(null).alias("nothing"),
    lit(col("id")),
  ),
).toEqualTypeOf<
  DataFrame<{
    int: number;
    double: number;
    large: number | bigint;
    long: bigint;
    at: Timestamp;
    nothing: null;
    id: bigint;
  }>
>();
expectTypeOf(
  flights.select(
    col("id").cast("string"),
    col("delay").cast("string"),
    col("origin").cast("int"),
    col("fare").tryCast("decimal(10,2)").alias("d"),
    col("at").cast("array<int>").alias("u"),
  ),
).toEqualTypeOf<
  DataFrame<{
    id: string;
    delay: string | null;
    origin: number | null;
    d: Decimal | null;
    u: unknown;
  }>
>();

// What keeps the columns.
expectTypeOf(
  row(
    flights
      .filter(col("delay").gt(15))
      .where("delay > 15")
      .orderBy("id")
      .limit(1)
      .distinct()
      .alias("f")
      .repartition(2)
      .na.drop()
      .sample(0.1)
      .transform((df) => df.coalesce(1)),
  ),
).toEqualTypeOf<Flight>();

// Results.
expectTypeOf(flights.collect()).resolves.toEqualTypeOf<Flight[]>();
expectTypeOf(flights.first()).resolves.toEqualTypeOf<Flight | undefined>();
expectTypeOf(flights.head(2)).resolves.toEqualTypeOf<Flight[]>();
expectTypeOf(flights.toLocalIterator().next()).resolves.toEqualTypeOf<IteratorResult<Flight, undefined>>();
expectTypeOf(untyped.collect()).resolves.toEqualTypeOf<Row[]>();
async function iterate(): Promise<void> {
  for await (const flight of flights) expectTypeOf(flight).toEqualTypeOf<Flight>();
  for await (const row of untyped) expectTypeOf(row).toEqualTypeOf<Row>();
}
expectTypeOf(iterate).returns.resolves.toBeVoid();

// A DataFrame of known columns and one of unknown ones stand for each other.
const back: DataFrame = flights;
const forth: DataFrame<Flight> = untyped;
const fewer: DataFrame<{ id: bigint }> = flights;
// @ts-expect-error the column is of another type
const wrong: DataFrame<{ id: string }> = flights;
expectTypeOf([back, forth, fewer, wrong]).toBeArray();
