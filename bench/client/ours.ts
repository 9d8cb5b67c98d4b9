/** The work of client.bench.ts with sparkwright. */
import { SparkSession } from "../../src/sql/spark-session.ts";
import { serve } from "../harness/serve.ts";

const spark = await SparkSession.builder()
  .remote(process.argv[2] ?? "")
  .getOrCreate();

await serve({
  async latency() {
    const rows = await spark.range(1).collect();
    if (rows.length !== 1) throw new Error("one row was expected");
  },
  async rows() {
    const frame = await spark.sql(
      "select id, cast(id as double) / 3 as x, concat('name-', id) as name, id % 2 = 0 as even," +
        " timestamp_micros(id * 1000003) as at from range(1000000)",
    );
    const rows = await frame.collect();
    if (rows.length !== 1_000_000 || rows.at(-1)?.["at"] == null)
      throw new Error("a million rows were expected");
  },
});
await spark.stop();
