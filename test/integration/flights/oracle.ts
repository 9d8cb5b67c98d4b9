import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { repository } from "../cli/command-line.ts";

/** The folder of the real data; the server of the tests must see it too. */
export const data: string = join(repository, "node_modules/vega-datasets/data");

export type Cell = string | number | boolean | null;

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** What the pipeline should have made of the same files, by another engine: rows of plain values. */
export async function duckdb(query: string, { from, to }: Days): Promise<readonly Cell[][]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(`
    with clean as (
      select *, date::date as flight_date
      from '${data}/flights-3m.parquet'
      where date::date between '${from}' and '${to}'
        and not coalesce(delay < -180 or delay > 1440 or origin = destination, false)
    ), airports as (select * from read_csv('${data}/airports.csv', header = true))
    ${query}`);
  const rows = reader.getRowsJson() as Cell[][];
  connection.closeSync();
  return rows;
}

export const dailyAirportDelays = `
  select flight_date::varchar, origin, count(*)::double, avg(delay), quantile_cont(delay, 0.95),
         avg((delay > 15)::int), sum(distance)::double
  from clean group by all order by 1, 2`;

export const routeRanking = `
  select origin, destination, flights::double, mean, rank::double from (
    select *, row_number() over (order by flights desc, origin, destination) as rank
    from (select origin, destination, count(*) as flights, avg(delay) as mean from clean group by all)
  ) where rank <= 100 order by rank`;

export const placesOfFlights = `
  select flight_date::varchar, clean.origin, o.city, o.state, clean.destination, d.city, d.state,
         count(*)::double, sum(delay)::double, sum(distance)::double, sum((delay > 15)::int)::double,
         min(date)::varchar, max(date)::varchar
  from clean left join airports o on o.iata = clean.origin left join airports d on d.iata = clean.destination
  group by all order by 1, 2, 5`;
