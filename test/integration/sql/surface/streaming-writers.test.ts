import { expect } from "chai";
import { col, count, type DataFrame, type StreamingQuery, type Trigger } from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";
import { finished, StreamFixture, uniqueName, until, valuesOf } from "./stream-fixture.ts";

describe("DataStreamWriter", function () {
  this.timeout(240_000);
  let on: StreamFixture;
  /** A stream of 0, 1, 2 with `even`. */
  let numbers: DataFrame;
  const three = [[0n], [1n], [2n]];
  before(async () => {
    on = await StreamFixture.open();
    await on.spark
      .range(0, 3, 1, 1)
      .withColumn("even", col("id").mod(2).eq(0))
      .write.parquet(on.path("numbers"));
    numbers = on.spark.readStream.schema("id BIGINT, even BOOLEAN").parquet(on.path("numbers"));
  });
  after(() => on.close());

  const once = (df: DataFrame) =>
    df.writeStream.option("checkpointLocation", on.checkpoint()).trigger({ availableNow: true });

  covers("DataStreamWriter.start", async (spark) => {
    await finished(await once(numbers).format("json").start(on.path("json")));
    expect(await valuesOf(spark.read.schema("id BIGINT").json(on.path("json")))).to.deep.equal(three);
    // A sink without a path.
    const console = await finished(await once(numbers).format("console").start());
    expect((await console.lastProgress())?.sink.numOutputRows).to.equal(3n);
  });

  covers("DataStreamWriter.toTable", async (spark) => {
    const table = `${on.db}.copied`;
    const checkpoint = on.checkpoint();
    const copy = async (): Promise<StreamingQuery> =>
      await finished(
        await once(numbers).option("checkpointLocation", checkpoint).format("delta").toTable(table),
      );
    const first = await copy();
    expect(await valuesOf(spark.table(table).select("id"))).to.deep.equal(three);
    // It goes on from its checkpoint as the same query, and writes nothing twice.
    const second = await copy();
    expect([second.id === first.id, second.runId === first.runId]).to.deep.equal([true, false]);
    expect(await valuesOf(spark.table(table).select("id"))).to.deep.equal(three);
  });

  covers("DataStreamWriter.format", async (spark) => {
    for (const format of ["parquet", "delta"]) {
      await finished(await once(numbers).format(format).start(on.path(format)));
      expect(await valuesOf(spark.read.format(format).load(on.path(format)).select("id"))).to.deep.equal(
        three,
      );
    }
    const unknown = await once(numbers)
      .format("nosuchsink")
      .start()
      .catch((error: unknown) => error);
    expect(unknown).to.have.property("errorClass", "DATA_SOURCE_NOT_FOUND");
  });

  covers("DataStreamWriter.partitionBy", async (spark) => {
    await finished(await once(numbers).format("parquet").partitionBy("even").start(on.path("parts")));
    const parts = spark.read.parquet(on.path("parts"));
    const folders = (await parts.inputFiles()).map((file) => /even=\w+/.exec(file)?.[0]);
    expect(new Set(folders)).to.deep.equal(new Set(["even=true", "even=false"]));
    expect(await valuesOf(parts.select("id", "even"))).to.deep.equal([
      [0n, "true"],
      [1n, "false"],
      [2n, "true"],
    ]);
  });

  covers("DataStreamWriter.clusterBy", async (spark) => {
    const table = `${on.db}.clustered`;
    await spark.sql(`CREATE TABLE ${table} (id BIGINT, even BOOLEAN) USING delta CLUSTER BY (id)`);
    await finished(await once(numbers).format("delta").clusterBy("id").toTable(table));
    expect(await valuesOf(spark.table(table).select("id"))).to.deep.equal(three);
  });

  covers("DataStreamWriter.option", async () => {
    const query = await finished(
      await numbers.writeStream
        .format("noop")
        .option("CHECKPOINTLOCATION", on.path("wrong"))
        .option("checkpointLocation", on.path("right"))
        .trigger({ availableNow: true })
        .start(),
    );
    const metadata = await on.spark.read.json(on.path("right/metadata")).collect();
    expect(metadata.map((row) => row["id"])).to.deep.equal([query.id]);
  });

  covers("DataStreamWriter.options", async (spark) => {
    const options = { header: true, sep: ";", checkpointLocation: on.checkpoint() };
    await finished(await once(numbers.coalesce(1)).options(options).format("csv").start(on.path("csv")));
    const text = await spark.read.option("wholetext", true).text(on.path("csv")).collect();
    expect(text.map((row) => row["value"])).to.deep.equal(["id;even\n0;true\n1;false\n2;true\n"]);
  });

  covers("DataStreamWriter.outputMode", async () => {
    const counts = numbers.groupBy("even").agg(count("*").alias("n"));
    for (const mode of ["complete", "update"] as const) {
      expect(await on.drain(counts, (writer) => writer.outputMode(mode))).to.deep.equal([
        [false, 1n],
        [true, 2n],
      ]);
    }
    const refused = await on
      .drain(counts, (writer) => writer.outputMode("append"))
      .catch((error: unknown) => error);
    expect(refused).to.have.property("errorClass", "STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION");
  });

  covers("DataStreamWriter.queryName", async (spark) => {
    const name = uniqueName("named");
    const writer = numbers.writeStream.queryName(name).format("memory");
    const query = await writer.start();
    try {
      expect(query.name).to.equal(name);
      expect(await writer.start().catch((error: unknown) => error)).to.have.property("name", "SparkError");
      await query.processAllAvailable();
      expect(await valuesOf(spark.table(name).select("id"))).to.deep.equal(three);
    } finally {
      await query.stop();
    }
  });

  covers("DataStreamWriter.trigger", async (spark) => {
    const written = async (trigger: Trigger, stream = numbers.select("id")) => {
      const name = uniqueName("triggered");
      const query = await stream.writeStream.format("memory").queryName(name).trigger(trigger).start();
      return { query, rows: async () => await valuesOf(spark.table(name)) };
    };
    for (const trigger of [{ availableNow: true }, { once: true }] as const) {
      const { query, rows } = await written(trigger);
      await finished(query);
      expect([await query.isActive(), await rows()]).to.deep.equal([false, three]);
    }

    const interval = await written({ processingTime: "1 hour" });
    await until(async () => (await interval.query.recentProgress()).length > 0);
    expect([await interval.query.isActive(), await interval.rows()]).to.deep.equal([true, three]);
    await interval.query.stop();

    const rate = spark.readStream.format("rate").options({ rowsPerSecond: 50, numPartitions: 1 }).load();
    const continuous = await written({ continuous: "200 milliseconds" }, rate.select("value"));
    await until(async () => (await continuous.rows()).length >= 3);
    expect(await continuous.query.explainString()).to.contain("ContinuousScan");
    await continuous.query.stop();
    expect((await continuous.rows()).slice(0, 3)).to.deep.equal(three);

    // Real time is for few sources and sinks, and this sink is none of them.
    const refused = await written({ realTime: "5 seconds" }, rate).catch((error: unknown) => error);
    expect(String(Reflect.get(refused as object, "errorClass"))).to.match(/^STREAMING_REAL_TIME_MODE/);
  });

  covers("DataFrame.writeStream", async (spark) => {
    const refused = await spark
      .range(1)
      .writeStream.format("noop")
      .start()
      .catch((error: unknown) => error);
    expect(refused).to.have.property("errorClass", "WRITE_STREAM_NOT_ALLOWED");
    expect(await on.drain(numbers.filter("even").select("id"))).to.deep.equal([[0n], [2n]]);
  });
});
