import { z } from "zod";
import { type DataFrame, Decimal, Timestamp } from "../../src/sql/index.ts";
import { spark } from "../unit/sql/plan-json.ts";

export const flightSchema = z.object({
  id: z.bigint(),
  origin: z.string(),
  delay: z.int().nullable(),
  fare: z.instanceof(Decimal),
  at: z.instanceof(Timestamp),
  tags: z.array(z.string()),
});

export const airportSchema = z.object({ iata: z.string(), name: z.string(), id: z.bigint() });

export const flights = spark.table("flights").as(flightSchema);
export const airports = spark.table("airports").as(airportSchema);
export const untyped = spark.table("anything");

/** The row type of a DataFrame: comparing these is quick, comparing DataFrames is not. */
export declare function row<R>(df: DataFrame<R>): R;

export type Flight = z.infer<typeof flightSchema>;
