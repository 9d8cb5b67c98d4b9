import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import { PlanSchema } from "../../gen/spark/connect/base_pb.ts";
import { rowValues } from "../../src/arrow/row.ts";
import { SparkError } from "../../src/connect/errors.ts";
import {
  avg,
  CancelledError,
  col,
  count,
  DataFrame,
  Decimal,
  LocalDate,
  LocalTime,
  lit,
  rank,
  type SparkSession,
  struct,
  sum,
  Timestamp,
  Window,
} from "../../src/sql/index.ts";
import { relation } from "../../src/sql/plan/relation.ts";
import { scratchFolder } from "../integration/spark.ts";
import { realTimeTrigger, streaming } from "./streaming.ts";

/** Something a user does, and the first release of Spark that can. */
export interface Feature {
  readonly name: string;
  readonly since: string;
  /** Does it and checks the result. */
  readonly run: (spark: SparkSession) => Promise<void>;
}

const rowsOf = async (df: DataFrame): Promise<unknown[][]> =>
  (await df.collect()).map((row) => rowValues(row));

async function etl(spark: SparkSession): Promise<void> {
  const folder = join(scratchFolder(), "orders");
  await spark
    .range(1_000)
    .select(col("id"), col("id").mod(7).alias("customer"), col("id").multiply(3).alias("amount"))
    .write.partitionBy("customer")
    .parquet(folder);
  const customers = await spark.createDataFrame([0, 1, 2].map((id) => ({ customer: id, name: `c${id}` })));
  const totals = spark.read
    .parquet(folder)
    .join(customers, "customer")
    .groupBy("name")
    .agg(count("*").alias("orders"), sum("amount").alias("total"))
    .withColumn("place", rank().over(Window.orderBy(col("total").desc())))
    .orderBy("name");
  const expected = [0, 1, 2].map((customer) => {
    const ids = Array.from({ length: 1_000 }, (_, id) => id).filter((id) => id % 7 === customer);
    return { name: `c${customer}`, orders: ids.length, total: ids.reduce((a, id) => a + 3 * id, 0) };
  });
  const byTotal = expected.toSorted((a, b) => b.total - a.total);
  expect(await rowsOf(totals)).to.eql(
    expected.map((row) => [row.name, BigInt(row.orders), BigInt(row.total), byTotal.indexOf(row) + 1]),
  );
}

async function sqlText(spark: SparkSession): Promise<void> {
  await spark.range(5).createOrReplaceTempView("compat_numbers");
  const df = await spark.sql("select id, :word as word from compat_numbers where id > :least order by id", {
    word: "it's",
    least: 2,
  });
  expect(await rowsOf(df)).to.eql([
    [3n, "it's"],
    [4n, "it's"],
  ]);
  expect(await spark.catalog.tableExists("compat_numbers")).to.equal(true);
  expect(await spark.catalog.dropTempView("compat_numbers")).to.equal(true);
}

async function localData(spark: SparkSession): Promise<void> {
  const row = {
    boolean: true,
    integer: -1,
    long: 9_007_199_254_740_993n,
    double: -0.5,
    decimal: Decimal.parse("12345678901234567890.123456789"),
    text: "ünï 😀",
    bytes: new Uint8Array([0, 255]),
    date: LocalDate.parse("0001-01-01"),
    timestamp: Timestamp.parse("1969-12-31T23:59:59.999999Z"),
    list: [1, null, 3],
    map: new Map([["a", 1n]]),
    nested: { x: null, y: "z" },
  };
  const schema =
    "boolean boolean, integer int, long bigint, double double, decimal decimal(38,9), text string, bytes binary, " +
    "date date, timestamp timestamp, list array<int>, map map<string, bigint>, nested struct<x: int, y: string>";
  const nothing = Object.fromEntries(Object.keys(row).map((key) => [key, null]));
  const df = await spark.createDataFrame([row, nothing], schema);
  const rows = await df.collect();
  const [first, second] = rows.map((row) => ({ ...row }) as Record<string, unknown>);
  if (first === undefined) throw new Error("there are no rows");
  expect(first["long"]).to.equal(9_007_199_254_740_993n);
  expect(String(first["decimal"])).to.equal("12345678901234567890.123456789");
  expect(String(first["date"])).to.equal("0001-01-01");
  expect((first["timestamp"] as Timestamp).epochMicros).to.equal(-1n);
  expect(first).to.deep.include({ boolean: true, integer: -1, double: -0.5, text: row.text, list: row.list });
  expect(first["bytes"]).to.eql(row.bytes);
  expect(first["map"]).to.eql(row.map);
  expect({ ...(first["nested"] as object) }).to.eql(row.nested);
  expect(second).to.eql(nothing);
}

/** Above the threshold rows are uploaded; a 4.0 server takes them as one artifact, later ones in chunks. */
async function largeLocalData(spark: SparkSession): Promise<void> {
  await spark.conf.set("spark.sql.session.localRelationCacheThreshold", 1_048_576);
  const data = Array.from({ length: 60_000 }, (_, id) => ({ id, text: `${id}`.padStart(40) }));
  const df = await spark.createDataFrame(data);
  const { relType } = df.toPlan();
  const isFirst = (await spark.version()).startsWith("4.0.");
  expect(relType.case).to.equal(isFirst ? "cachedLocalRelation" : "chunkedCachedLocalRelation");
  const totals = df.agg(count("*").alias("n"), sum("id").alias("s"), sum(col("text").cast("int")));
  expect(await rowsOf(totals)).to.eql([[60_000n, 1_799_970_000n, 1_799_970_000n]]);
}

async function largeResults(spark: SparkSession): Promise<void> {
  let rows = 0;
  let total = 0n;
  for await (const { id } of spark.range(0, 100_000, 1, 3).select("id", lit("x".repeat(100)))) {
    rows++;
    total += id as bigint;
  }
  expect([rows, total]).to.eql([100_000, 4_999_950_000n]);
}

async function errors(spark: SparkSession): Promise<void> {
  const missing = await spark
    .table("no_such_table")
    .collect()
    .catch((error: unknown) => error);
  expect(missing).to.be.instanceOf(SparkError);
  expect(missing).to.include({ errorClass: "TABLE_OR_VIEW_NOT_FOUND", sqlState: "42P01" });
  const divided = await spark
    .range(1)
    .select(lit(1).divide(col("id")))
    .collect()
    .catch((error: unknown) => error);
  expect(divided).to.include({ errorClass: "DIVIDE_BY_ZERO", sqlState: "22012" });
}

async function interrupts(spark: SparkSession): Promise<void> {
  const stop = new AbortController();
  const slow = spark.range(0, 4, 1, 4).selectExpr("reflect('java.lang.Thread', 'sleep', 60000L + id)");
  const running = spark.withTags(["compat"], () => slow.collect({ signal: stop.signal }));
  const ended = running.catch((error: unknown) => error);
  let reached: readonly string[] = [];
  // The operation is there as soon as the server has it.
  for (let i = 0; i < 200 && reached.length === 0; i++) reached = await spark.interruptTag("compat");
  expect(reached).to.have.length(1);
  expect(await ended).to.include({ errorClass: "OPERATION_CANCELED" });
  const aborted = slow.collect({ signal: AbortSignal.timeout(300) });
  expect(await aborted.catch((error: unknown) => error)).to.be.instanceOf(CancelledError);
}

async function scalarSubquery(spark: SparkSession): Promise<void> {
  const mean = spark.range(10).agg(avg("id")).scalar();
  expect(await rowsOf(spark.range(10).filter(col("id").gt(mean)).agg(count("*")))).to.eql([[5n]]);
}

async function clone(spark: SparkSession): Promise<void> {
  await spark.range(3).createOrReplaceTempView("compat_cloned");
  const copy = await spark.cloneSession();
  try {
    expect(await copy.table("compat_cloned").count()).to.equal(3n);
  } finally {
    await copy.stop();
  }
}

async function status(spark: SparkSession): Promise<void> {
  const unknown = "33333333-0000-4000-8000-000000000001";
  expect([...(await spark.client.operationStatus([unknown])).keys()]).to.eql([unknown]);
}

async function listViews(spark: SparkSession): Promise<void> {
  await spark.range(1).createOrReplaceTempView("compat_view");
  const kind = { case: "catalog", value: { catType: { case: "listViews", value: {} } } } as const;
  const views = await new DataFrame(spark, relation(kind)).collect();
  expect(views.map((row) => row["name"])).to.include("compat_view");
}

async function schemaEvolution(spark: SparkSession): Promise<void> {
  const folder = join(scratchFolder(), "evolving");
  const input = spark.range(3).toPlan();
  const value = {
    input,
    source: "parquet",
    saveType: { case: "path", value: folder },
    mode: 1,
    withSchemaEvolution: true,
  } as const;
  const plan = create(PlanSchema, {
    opType: { case: "command", value: { commandType: { case: "writeOperation", value } } },
  });
  // Files do not know it: a server that does refuses it, or writes as without.
  let refused: unknown;
  try {
    for await (const _ of spark.client.execute(plan));
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    refused = error.errorClass;
  }
  if (refused === undefined) expect(await spark.read.parquet(folder).count()).to.equal(3n);
  else expect(refused).to.match(/^UNSUPPORTED/);
}

async function times(spark: SparkSession): Promise<void> {
  // Servers that have the type hand it out only when told to.
  await spark.conf.set("spark.sql.timeType.enabled", true);
  const [row] = await spark
    .range(1)
    .select(lit(LocalTime.parse("12:34:56.789")).alias("t"))
    .collect();
  expect(String(row?.["t"])).to.equal("12:34:56.789");
}

export const features: readonly Feature[] = [
  { name: "files, joins, aggregates, windows", since: "4.0", run: etl },
  { name: "SQL with parameters, views, the catalog", since: "4.0", run: sqlText },
  { name: "local data", since: "4.0", run: localData },
  { name: "local data above the threshold", since: "4.0", run: largeLocalData },
  { name: "100,000 rows as they come", since: "4.0", run: largeResults },
  { name: "streaming", since: "4.0", run: streaming },
  { name: "errors with class and state", since: "4.0", run: errors },
  { name: "interrupts and cancellation", since: "4.0", run: interrupts },
  { name: "scalar subqueries", since: "4.0", run: scalarSubquery },
  { name: "`cloneSession`", since: "4.1", run: clone },
  { name: "the type TIME", since: "4.1", run: times },
  {
    name: "IN subqueries",
    since: "4.1",
    run: async (spark) => {
      const few = spark.range(3);
      expect(await spark.range(10).filter(col("id").isin(few)).count()).to.equal(3n);
    },
  },
  {
    name: "`repartitionById`",
    since: "4.1",
    run: async (spark) => {
      const parts = spark.range(10).repartitionById(4, col("id").mod(2).cast("int"));
      expect(await parts.count()).to.equal(10n);
    },
  },
  {
    name: "newer functions: `theta_sketch_agg`",
    since: "4.1",
    run: async (spark) => {
      const distinct = spark.range(100).selectExpr("theta_sketch_estimate(theta_sketch_agg(id)) as n");
      expect(await rowsOf(distinct)).to.eql([[100n]]);
    },
  },
  {
    name: "`nearestByJoin`",
    since: "4.2",
    run: async (spark) => {
      const left = spark.range(3).toDF("a").alias("l");
      const right = spark.range(10).toDF("b").alias("r");
      const joined = left.nearestByJoin(right, col("l.a").minus(col("r.b")).pow(2), 1, "exact", "distance");
      expect((await rowsOf(joined.select(struct("a", "b").alias("s")))).length).to.equal(3);
    },
  },
  { name: "the status of operations", since: "4.2", run: status },
  { name: "the catalog's newer operations: `listViews`", since: "4.2", run: listViews },
  { name: "schema evolution on a write", since: "4.2", run: schemaEvolution },
  { name: "the real-time trigger", since: "4.2", run: realTimeTrigger },
];
