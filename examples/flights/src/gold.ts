import { avg, col, count, type DataFrame, lit, percentile, sum } from "sparkwright/sql";

/** How late flights left each airport on each day. */
export function dailyAirportDelays(flights: DataFrame): DataFrame {
  return flights
    .groupBy("flight_date", "origin")
    .agg(
      count(lit(1)).as("flights"),
      avg("delay").as("mean_delay_minutes"),
      percentile("delay", 0.95).as("p95_delay_minutes"),
      avg(col("is_late").cast("int")).as("late_share"),
      sum("distance").as("total_distance_miles"),
    );
}
