import type { NodeContext } from "sparkwright";
import { col, type DataFrame, toDate } from "sparkwright/sql";

/** The flights of the run's days, with the day as a column of its own. */
export function extractFlights(flights: DataFrame, { startDate, endDate }: NodeContext): DataFrame {
  return flights
    .withColumn("flight_date", toDate(col("date")))
    .filter(col("flight_date").between(startDate, endDate));
}

/** All airports; their position as numbers. */
export function loadAirports(airports: DataFrame): DataFrame {
  return airports.select(
    "iata",
    "name",
    "city",
    "state",
    "country",
    col("latitude").cast("double").as("latitude"),
    col("longitude").cast("double").as("longitude"),
  );
}
