import { join } from "node:path";
import { expect } from "chai";
import { SparkError } from "../../src/connect/errors.ts";
import { count, type SparkSession } from "../../src/sql/index.ts";
import { scratchFolder } from "../integration/spark.ts";

/** Files in, counts out, told by progress and by a listener. */
export async function streaming(spark: SparkSession): Promise<void> {
  const folder = join(scratchFolder(), "events");
  await spark.range(0, 1_000, 1, 4).selectExpr("id", "id % 3 as kind").write.parquet(folder);
  let told = 0;
  const terminated = Promise.withResolvers<string>();
  const listener = {
    onQueryProgress: ({ progress }: { readonly progress: { readonly numInputRows: bigint } }) => {
      told += Number(progress.numInputRows);
    },
    onQueryTerminated: ({ id }: { readonly id: string }) => terminated.resolve(id),
  };
  await spark.streams.addListener(listener);
  const query = await spark.readStream
    .schema("id bigint, kind bigint")
    .parquet(folder)
    .groupBy("kind")
    .agg(count("*").alias("n"))
    .writeStream.format("memory")
    .queryName("compat_counts")
    .outputMode("complete")
    .trigger({ availableNow: true })
    .start();
  expect(await query.awaitTermination(120_000)).to.equal(true);
  expect(await query.isActive()).to.equal(false);
  expect(await query.exception()).to.equal(undefined);
  expect(
    (await query.recentProgress()).reduce((n, { numInputRows }) => n + Number(numInputRows), 0),
  ).to.equal(1_000);
  const counts = await spark.table("compat_counts").orderBy("kind").collect();
  expect(counts.map((row) => row["n"])).to.eql([334n, 333n, 333n]);
  expect(await terminated.promise).to.equal(query.id);
  expect(told).to.equal(1_000);
  await spark.streams.removeListener(listener);
}

/** A server that knows the trigger starts the query, or says what of it real time does not allow. */
export async function realTimeTrigger(spark: SparkSession): Promise<void> {
  const rate = spark.readStream.format("rate").load();
  try {
    const query = await rate.writeStream.format("noop").trigger({ realTime: "5 minutes" }).start();
    await query.stop();
  } catch (error) {
    if (!(error instanceof SparkError) || !/REAL_TIME/.test(`${error.errorClass} ${error.message}`))
      throw error;
  }
}
