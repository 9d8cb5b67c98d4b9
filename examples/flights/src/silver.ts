import { coalesce, col, type DataFrame, lit } from "sparkwright/sql";

/** Plausible flights, with the city and state they went from and to. */
export function cleanFlights(flights: DataFrame, airports: DataFrame): DataFrame {
  const implausible = col("delay")
    .lt(-180)
    .or(col("delay").gt(1440))
    .or(col("origin").eq(col("destination")));
  const placesOf = (end: "origin" | "destination") =>
    airports.select(col("iata").as(end), col("city").as(`${end}_city`), col("state").as(`${end}_state`));

  return flights
    .filter(coalesce(implausible, lit(false)).not()) // an unknown delay is no reason to drop a flight
    .join(placesOf("origin"), "origin", "left")
    .join(placesOf("destination"), "destination", "left")
    .select(
      "flight_date",
      col("date").as("departed_at"),
      "origin",
      "origin_city",
      "origin_state",
      "destination",
      "destination_city",
      "destination_state",
      "delay",
      "distance",
      col("delay").gt(15).as("is_late"),
    );
}
