/** The code of docs/typed-dataframes.md, which shows parts of it as they are. */
import { z } from "zod";
import { col, count, Decimal, lit, type SparkSession, sum } from "../../../src/sql/index.ts";

const flightSchema = z.object({
  id: z.bigint(),
  origin: z.string(),
  delay: z.int().nullable(),
  fare: z.instanceof(Decimal),
});

export async function readTyped(spark: SparkSession): Promise<string[]> {
  const flights = spark.table("typed_flights").as(flightSchema);

  const lines: string[] = [];
  for await (const flight of flights.orderBy("id")) {
    lines.push(`${flight.origin} ${flight.fare.toString()} ${flight.delay ?? "cancelled"}`);
  }
  return lines;
}

export async function chainTyped(spark: SparkSession): Promise<(string | bigint | null)[]> {
  const flights = spark.table("typed_flights").as(flightSchema);
  const airports = spark.table("typed_airports").as(z.object({ origin: z.string(), city: z.string() }));

  const late = flights
    .withColumn("late", col("delay").gt(15))
    .filter("late")
    .join(airports, "origin", "left")
    .groupBy("city")
    .agg(count("*").alias("flights"), sum("fare").alias("fares"));
  // DataFrame<{ city: string | null; flights: bigint; fares: Decimal | null }>

  const [worst] = await late.orderBy(col("flights").desc()).collect();
  return worst === undefined ? [] : [worst.city, worst.flights, worst.fares?.toString() ?? null];
}

export function refuseUnknown(spark: SparkSession): void {
  const flights = spark.table("typed_flights").as(flightSchema);

  // @ts-expect-error there is no column "dellay"
  flights.select("id", "dellay");
  // @ts-expect-error there is no column "dellay"
  flights.withColumn("late", col("dellay").alias("x"));
}

export function fallBack(spark: SparkSession): unknown[] {
  const flights = spark.table("typed_flights").as(flightSchema);

  const unnamed = flights.select(col("fare").plus(1)); // DataFrame: no name that TypeScript knows
  const text = flights.selectExpr("fare + 1 AS more"); // DataFrame: SQL text
  const again = text.as(z.object({ more: z.instanceof(Decimal) })); // DataFrame<{ more: Decimal }>
  const known = flights.withColumn("more", col("fare").plus(lit(1))); // … more: unknown
  return [unnamed, text, again, known];
}

export function inspect(spark: SparkSession): string {
  const late = spark
    .table("typed_flights")
    .filter(col("delay").gt(15))
    .groupBy("origin")
    .agg(sum("fare").alias("fares"));

  late.lineage().columns[1];
  // { name: "fares", sources: [{ source: "typed_flights", column: "fare", operations: ["sum"] }], unknown: [] }
  return late.planString();
}
