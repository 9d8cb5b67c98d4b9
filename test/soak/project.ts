import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SparkSession } from "../../src/sql/spark-session.ts";

/** Every table that the pipeline writes. */
export const tables = [
  "orders",
  "people",
  "days",
  "order_days",
  "balances",
  "odd",
  "even",
  "joined",
  "audit",
  "top",
  "odd_totals",
  "even_days",
  "final",
] as const;

const config = `
global_settings:
  max_parallel_nodes: 4
  start_date: 2001-01-01
  end_date: 2001-01-03
  spark: { conf: { spark.databricks.delta.snapshotPartitions: "1", spark.sql.shuffle.partitions: "2" } }
pipelines:
  p: { nodes: [orders, people, days, order_days, balances, split, joined, audit, top, odd_totals, even_days, final] }
nodes:
  orders:
    sql: "select id, date_add(:start_date, cast(id % 3 as int)) as day, id % 7 as customer, id * 10 as amount from range(300)"
    output: $DB.orders
  people: { sql: "select id as customer, concat('customer ', id) as name from range(7)", output: $DB.people }
  days:
    sql: "select explode(sequence(:start_date, :end_date)) as day, 1 as open"
    output: $DB.days
  order_days:
    sql: "select day, sum(amount) as amount from $DB.orders where day between :start_date and :end_date group by day"
    input: [$DB.orders, $DB.days]
    output: $DB.order_days
  balances:
    sql: "select customer, sum(amount) as balance from $DB.orders group by customer"
    input: $DB.orders
    output: $DB.balances
  split: { function: nodes.split, input: $DB.orders, output: [$DB.odd, $DB.even] }
  joined:
    sql: "select * from $DB.people join $DB.balances using (customer)"
    input: [$DB.people, $DB.balances]
    output: $DB.joined
  audit:
    sql: "select count(*) as days, sum(amount) as amount from $DB.order_days where day between :start_date and :end_date"
    input: $DB.order_days
    output: $DB.audit
  top: { sql: "select * from $DB.joined order by balance desc limit 3", input: $DB.joined, output: $DB.top }
  odd_totals:
    sql: "select customer, count(*) as orders, sum(amount) as amount from $DB.odd group by customer"
    input: $DB.odd
    output: $DB.odd_totals
  even_days:
    sql: "select day, count(*) as orders from $DB.even where day between :start_date and :end_date group by day"
    input: $DB.even
    output: $DB.even_days
  final:
    sql: >-
      select (select sum(amount) from $DB.audit) as audited, (select sum(balance) from $DB.top) as top,
      (select sum(orders) from $DB.odd_totals) as odd, (select sum(orders) from $DB.even_days where day between :start_date and :end_date) as even
    input: [$DB.audit, $DB.top, $DB.odd_totals, $DB.even_days]
    output: $DB.final
datasets:
  $DB.orders: { mode: append }
  $DB.people: { mode: merge, merge_keys: customer }
  $DB.days: { mode: replace_window, window_column: day }
  $DB.order_days: { mode: replace_window, window_column: day }
  $DB.balances: { mode: merge, merge_keys: customer }
  $DB.odd: { mode: append }
  $DB.even: { mode: overwrite }
  $DB.joined: { mode: overwrite }
  $DB.audit: { mode: append }
  $DB.top: { mode: overwrite }
  $DB.odd_totals: { mode: merge, merge_keys: customer }
  $DB.even_days: { mode: replace_window, window_column: day }
  $DB.final: { mode: append }
`;

const code = `
export const split = (orders, ctx) => ({
  "$DB.odd": orders.where("id % 2 = 1"),
  "$DB.even": orders.where("id % 2 = 0"),
});
`;

/** What other runs have left in tables that are added to, merged into or replaced in part. */
const before = [
  "create table $DB.orders using delta as select id + 1000 as id, date'2000-12-31' as day, id % 7 as customer, id as amount from range(20)",
  "create table $DB.people using delta as select id + 3 as customer, 'unknown' as name from range(9)",
  "create table $DB.days using delta as select date'2000-12-31' as day, 0 as open",
];

export interface SoakProject {
  readonly root: string;
  readonly db: string;
}

/** A project folder of its own over a database of its own. */
export async function makeProject(spark: SparkSession, db: string): Promise<SoakProject> {
  const root = mkdtempSync(join(tmpdir(), "soak-"));
  mkdirSync(join(root, "src"));
  writeFileSync(join(root, "config.yaml"), config.replaceAll("$DB", db));
  writeFileSync(join(root, "src/nodes.mjs"), code.replaceAll("$DB", db));
  await spark.sql(`create database ${db}`);
  await Promise.all(before.map((sql) => spark.sql(sql.replaceAll("$DB", db))));
  return { root, db };
}

/** For each table its number of rows and a hash of all of them, order aside. */
export async function contents(spark: SparkSession, db: string): Promise<Readonly<Record<string, string>>> {
  const queries = tables.map(
    (table) =>
      `select '${table}' as name, count(*) as n, sum(cast(xxhash64(*) as decimal(38))) as hash from ${db}.${table}`,
  );
  const rows = await (await spark.sql(queries.join(" union all "))).collect();
  return Object.fromEntries(rows.map((row) => [String(row["name"]), `${row["n"]} rows, ${row["hash"]}`]));
}

/** Commits that one attempt, or of an append or merge any attempts of the run, made twice. */
export async function doubledCommits(spark: SparkSession, db: string): Promise<string[]> {
  const once = new Set(["orders", "odd", "audit", "final", "people", "balances", "odd_totals"]);
  const found = await Promise.all(
    tables.map(async (table) => {
      const history = await (await spark.sql(`describe history ${db}.${table}`)).collect();
      const writers = history.flatMap(({ userMetadata }) => {
        if (typeof userMetadata !== "string" || !userMetadata.includes('"runId"')) return [];
        const { sparkwright } = JSON.parse(userMetadata) as {
          sparkwright: { runId: string; attempt: number };
        };
        return [once.has(table) ? sparkwright.runId : `${sparkwright.runId} ${sparkwright.attempt}`];
      });
      return writers
        .filter((writer, index) => writers.indexOf(writer) !== index)
        .map((one) => `${table} ${one}`);
    }),
  );
  return found.flat();
}
