/** The work of the clients' benchmarks with sparkwright. */
import { tableFromIPC } from "apache-arrow";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { serve } from "../harness/serve.ts";

const spark = await SparkSession.builder()
  .remote(process.argv[2] ?? "")
  .getOrCreate();

const frameOf = (rows: number) =>
  spark.sql(
    "select id, cast(id as double) / 3 as x, concat('name-', id) as name, id % 2 = 0 as even," +
      ` timestamp_micros(id * 1000003) as at from range(${rows})`,
  );

let local: unknown[][] | undefined;
const localRows = (): unknown[][] => {
  local ??= Array.from({ length: 1_000_000 }, (_, i) => [
    BigInt(i),
    i / 3,
    `name-${i}`,
    i % 2 === 0,
    new Date(i * 1_003),
  ]);
  return local;
};

/** In a session of its own, so that nothing was uploaded before. */
async function create(check: boolean): Promise<void> {
  const rows = localRows();
  await using session = spark.newSession();
  const frame = await session.createDataFrame(
    rows,
    "id BIGINT, x DOUBLE, name STRING, even BOOLEAN, at TIMESTAMP",
  );
  if (check && (await frame.count()) !== 1_000_000n) throw new Error("a million rows were expected");
}

await serve({
  async latency() {
    const rows = await spark.range(1).collect();
    if (rows.length !== 1) throw new Error("one row was expected");
  },
  async rows() {
    const rows = await (await frameOf(1_000_000)).collect();
    if (rows.length !== 1_000_000 || rows.at(-1)?.["at"] == null)
      throw new Error("a million rows were expected");
  },
  create: () => create(false),
  created: () => create(true),
  async arrow() {
    const table = await tableFromIPC((await frameOf(5_000_000)).toArrowStream());
    if (table.numRows !== 5_000_000) throw new Error("five million rows were expected");
  },
});
await spark.stop();
