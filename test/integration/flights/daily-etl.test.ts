import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { cli, repository } from "../cli/command-line.ts";
import {
  type Cell,
  type Days,
  dailyAirportDelays,
  data,
  duckdb,
  placesOfFlights,
  routeRanking,
} from "./oracle.ts";

const january: Days = { from: "2001-01-01", to: "2001-01-31" };
const february: Days = { from: "2001-02-01", to: "2001-02-28" };
const tables = [
  "bronze.flights",
  "bronze.airports",
  "silver.flights",
  "gold.daily_airport_delays",
  "gold.route_ranking",
];

interface Event {
  readonly type: string;
  readonly node?: string;
  readonly at: string;
  readonly dataset?: string;
  readonly rows?: number;
}

/** A copy of the example: its runs are its own. */
const project = mkdtempSync(join(tmpdir(), "sparkwright-flights-"));

async function run(...args: string[]): Promise<Event[]> {
  const env = { FLIGHTS_DATA: data };
  const result = await cli(["run", "daily_etl", "--project", project, "--json", ...args], { env });
  expect(result.stderr).to.match(/daily_etl succeeded: 5 completed, 0 failed, 0 skipped/);
  expect(result.code).to.equal(0);
  return result.stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
}

async function rows(query: string): Promise<Cell[][]> {
  const { code, stdout, stderr } = await cli(["sql", query, "--format", "json"], { cwd: tmpdir() });
  expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  const lines = stdout.trimEnd().split("\n");
  return lines.map((line) => Object.values(JSON.parse(line) as Record<string, Cell>));
}

const gold = (days: Days) =>
  rows(`select flight_date, origin, flights, mean_delay_minutes, p95_delay_minutes, late_share, total_distance_miles
    from gold.daily_airport_delays where flight_date between '${days.from}' and '${days.to}' order by 1, 2`);
const ranking = () =>
  rows("select origin, destination, flights, mean_delay_minutes, rank from gold.route_ranking order by rank");

/** Number of rows and a hash over all of them, of every table. */
const fingerprints = (where = "true") =>
  Promise.all(
    tables.map(async (table) => {
      const filter = table === "bronze.airports" || table === "gold.route_ranking" ? "true" : where;
      return [
        table,
        ...(await rows(
          `select count(*) as n, sum(cast(xxhash64(*) as decimal(38))) as hash from ${table} where ${filter}`,
        )),
      ];
    }),
  );

/** When each node ran, from the recorded events, in milliseconds. */
function spans(events: readonly Event[]): Map<string, { from: number; to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  for (const { type, node, at } of events) {
    if (type === "node_started" && node !== undefined)
      found.set(node, { from: Date.parse(at), to: Number.NaN });
    if (type === "node_succeeded" && node !== undefined) {
      found.set(node, { from: found.get(node)?.from ?? Number.NaN, to: Date.parse(at) });
    }
  }
  return found;
}

function overlap(events: readonly Event[], first: string, second: string): boolean {
  const byNode = spans(events);
  const a = byNode.get(first);
  const b = byNode.get(second);
  if (a === undefined || b === undefined) throw new Error(`${first} or ${second} did not run`);
  return a.from < b.to && b.from < a.to;
}

describe("flights: daily_etl on real data", function () {
  this.timeout(900_000);
  let first: Event[] = [];

  before(async () => {
    cpSync(join(repository, "examples/flights"), project, {
      recursive: true,
      filter: (path) => !path.includes(".sparkwright"),
    });
    for (const table of tables) await cli(["sql", `drop table if exists ${table}`], { cwd: tmpdir() });
    first = await run();
  });

  it("every row of gold.daily_airport_delays is the one DuckDB computes", async () => {
    const expected = await duckdb(dailyAirportDelays, january);
    const actual = await gold(january);
    expect(actual).to.have.lengthOf(expected.length);
    // The percentile interpolates, and the engines order its operations differently: equal to 12 digits. All else is exact.
    const p95 = 4;
    for (const [index, row] of actual.entries()) {
      const wanted = expected[index] as Cell[];
      expect(row.toSpliced(p95, 1)).to.deep.equal(wanted.toSpliced(p95, 1));
      const [have, want] = [Number(row[p95]), Number(wanted[p95])];
      expect(Math.abs(have - want)).to.be.at.most(1e-12 * Math.max(1, Math.abs(want)));
    }
    expect(actual.length).to.be.greaterThan(6_000);
  });

  it("every row of gold.route_ranking is the one DuckDB computes", async () => {
    const actual = await ranking();
    expect(actual).to.deep.equal(await duckdb(routeRanking, january));
    expect(actual).to.have.lengthOf(100);
  });

  it("flights keep their places, which are joined from the left", async () => {
    const actual = await rows(`
      select flight_date, origin, origin_city, origin_state, destination, destination_city, destination_state,
        count(*) as n, sum(delay) as delay, sum(distance) as distance, sum(cast(is_late as int)) as late,
        cast(min(departed_at) as string) as first, cast(max(departed_at) as string) as last
      from silver.flights group by all order by 1, 2, 5`);
    const expected = await duckdb(placesOfFlights, january);
    expect(actual).to.have.lengthOf(expected.length);
    expect(actual).to.deep.equal(expected);
  });

  it("tells how many rows it wrote", async () => {
    const written = first.filter((event) => event.type === "dataset_written");
    const counts = await Promise.all(
      written.map(async ({ dataset }) => (await rows(`select count(*) as n from ${dataset}`))[0]?.[0]),
    );
    expect(written.map((event) => event.rows)).to.deep.equal(counts);
    expect(written.map((event) => event.dataset).sort()).to.deep.equal(tables.toSorted());
  });

  it("runs what can run at once, and nothing at once when told so", async () => {
    expect(overlap(first, "extract_flights", "load_airports")).to.equal(true);
    expect(overlap(first, "daily_airport_delays", "route_ranking")).to.equal(true);
    expect(overlap(first, "extract_flights", "clean_flights")).to.equal(false);

    const alone = await run("--max-parallel-nodes", "1", "--end-date", "2001-01-02");
    const ordered = [...spans(alone).values()].sort((a, b) => a.from - b.from);
    for (const [index, { from }] of ordered.entries()) {
      expect(from).to.be.at.least(ordered[index - 1]?.to ?? 0);
    }
    expect(ordered).to.have.lengthOf(5);
  });

  it("a second run changes nothing, and February leaves January in place", async () => {
    await run();
    const before = await fingerprints();
    await run();
    expect(await fingerprints()).to.deep.equal(before);

    await run("--start-date", february.from, "--end-date", february.to);
    const stillThere = await fingerprints(`flight_date <= '${january.to}'`);
    expect(stillThere.slice(0, 4)).to.deep.equal(before.slice(0, 4));
    expect((await gold(february)).length).to.equal((await duckdb(dailyAirportDelays, february)).length);
    expect(await ranking()).to.deep.equal(await duckdb(routeRanking, february));
  });
});
