import { expectTypeOf } from "expect-type";
import { z } from "zod";
import { type DataFrame, Decimal, Timestamp } from "../../src/sql/index.ts";
import { spark } from "../unit/sql/plan-json.ts";

// These files are compiled and never run: `npm run check` fails where a type is not as it is said here.

export type Flight = {
  id: bigint;
  origin: string;
  delay: number | null;
  fare: Decimal;
  at: Timestamp;
  tags: string[];
};
export type Airport = { iata: string; name: string; id: bigint };

const flightSchema = z.object({
  id: z.bigint(),
  origin: z.string(),
  delay: z.int().nullable(),
  fare: z.instanceof(Decimal),
  at: z.instanceof(Timestamp),
  tags: z.array(z.string()),
});
const airportSchema = z.object({ iata: z.string(), name: z.string(), id: z.bigint() });

export const untyped: DataFrame = spark.table("anything");
export const flights: DataFrame<Flight> = spark.table("flights").as(flightSchema);
export const airports: DataFrame<Airport> = spark.table("airports").as(airportSchema);

/** The row type of a DataFrame: comparing these is quick, comparing DataFrames is not. */
export declare function row<R>(df: DataFrame<R>): R;

expectTypeOf(row(untyped.as(flightSchema))).toEqualTypeOf<Flight>();
expectTypeOf(
  row(untyped.as(z.object({ a: z.string().transform(Number), b: z.string().optional() }))),
).toEqualTypeOf<{
  a: string;
  b?: string | undefined;
}>();
// @ts-expect-error only an object has columns
untyped.as(z.string());
