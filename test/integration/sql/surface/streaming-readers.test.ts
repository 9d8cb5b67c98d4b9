import { expect } from "chai";
import { type DataFrame, LongType, StringType, StructType } from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";
import { StreamFixture } from "./stream-fixture.ts";

const schema = new StructType().add("id", LongType).add("name", new StringType());
const people = [
  [1n, "Ann"],
  [2n, "Bob"],
];

describe("DataStreamReader", function () {
  this.timeout(240_000);
  let on: StreamFixture;
  let rows: DataFrame;
  before(async () => {
    on = await StreamFixture.open();
    rows = (await on.spark.createDataFrame(people, schema)).coalesce(1);
  });
  after(() => on.close());

  covers("DataStreamReader.json", async (spark) => {
    await rows.write.json(on.path("json"));
    expect(await on.drain(spark.readStream.schema(schema).json(on.path("json")))).to.deep.equal(people);
  });

  covers("DataStreamReader.csv", async (spark) => {
    await rows.write.option("header", true).csv(on.path("csv"));
    const read = spark.readStream.schema(schema).option("header", true).csv(on.path("csv"));
    expect(await on.drain(read)).to.deep.equal(people);
  });

  covers("DataStreamReader.xml", async (spark) => {
    await rows.write.format("xml").option("rowTag", "person").save(on.path("xml"));
    const read = spark.readStream.schema(schema).option("rowTag", "person").xml(on.path("xml"));
    expect(await on.drain(read)).to.deep.equal(people);
  });

  covers("DataStreamReader.parquet", async (spark) => {
    await rows.write.parquet(on.path("parquet"));
    expect(await on.drain(spark.readStream.schema(schema).parquet(on.path("parquet")))).to.deep.equal(people);
  });

  covers("DataStreamReader.orc", async (spark) => {
    await rows.write.orc(on.path("orc"));
    expect(await on.drain(spark.readStream.schema(schema).orc(on.path("orc")))).to.deep.equal(people);
  });

  covers("DataStreamReader.text", async (spark) => {
    await rows.select("name").write.text(on.path("text"));
    expect(await on.drain(spark.readStream.text(on.path("text")))).to.deep.equal([["Ann"], ["Bob"]]);
  });

  covers("DataStreamReader.table", async (spark) => {
    await rows.write.format("delta").saveAsTable(`${on.db}.people`);
    expect(await on.drain(spark.readStream.table(`${on.db}.people`))).to.deep.equal(people);
  });

  covers("DataStreamReader.load", async (spark) => {
    await rows.write.format("delta").save(on.path("delta"));
    const stream = spark.readStream.format("delta").load(on.path("delta"));
    expect(await stream.isStreaming()).to.equal(true);
    expect(await on.drain(stream)).to.deep.equal(people);
  });

  covers("DataStreamReader.format", async (spark) => {
    const stream = spark.readStream.format("rate-micro-batch").option("rowsPerBatch", 4).load();
    expect((await stream.schema()).simpleString()).to.equal("struct<timestamp:timestamp,value:bigint>");
    expect(await on.drain(stream.select("value"))).to.deep.equal([[0n], [1n], [2n], [3n]]);
  });

  covers("DataStreamReader.schema", async (spark) => {
    const stream = spark.readStream.schema("id INT, name STRING NOT NULL").json(on.path("json"));
    expect((await stream.schema()).simpleString()).to.equal("struct<id:int,name:string>");
    expect((await spark.readStream.schema(schema).csv(on.path("json")).schema()).simpleString()).to.equal(
      "struct<id:bigint,name:string>",
    );
  });

  covers("DataStreamReader.option", async (spark) => {
    const stream = spark.readStream
      .format("rate-micro-batch")
      .option("ROWSPERBATCH", 1)
      .option("rowsPerBatch", 3n);
    expect(await on.drain(stream.load().select("value"))).to.deep.equal([[0n], [1n], [2n]]);
  });

  covers("DataStreamReader.options", async (spark) => {
    const options = { rowsPerBatch: 1, startTimestamp: 5_000, advanceMillisPerBatch: 10 };
    const stream = spark.readStream.format("rate-micro-batch").options(options).load();
    const drained = await on.drain(stream.selectExpr("value", "unix_micros(timestamp)"));
    expect(drained).to.deep.equal([[0n, 5_000_000n]]);
  });

  covers("DataStreamReader.name", async (spark) => {
    const evolution = "spark.sql.streaming.queryEvolution.enableSourceEvolution";
    await rows.write.mode("overwrite").parquet(on.path("named"));
    const stream = spark.readStream.name("people_1").schema(schema).parquet(on.path("named"));
    const refused = await stream.schema().catch((error: unknown) => error);
    expect(refused).to.deep.include({
      errorClass: "STREAMING_QUERY_EVOLUTION_ERROR.SOURCE_NAMING_NOT_SUPPORTED",
      messageParameters: { name: "people_1" },
    });
    await spark.conf.set(evolution, true);
    try {
      expect(await on.drain(stream)).to.deep.equal(people);
    } finally {
      await spark.conf.unset(evolution);
    }
  });

  covers("DataStreamReader.changes", async (spark) => {
    // None of the catalogs that come with Spark and Delta keeps changes in the way that Spark 4.2 reads them.
    const stream = spark.readStream.option("startingVersion", 0).changes(`${on.db}.people`);
    const refused = await stream.schema().catch((error: unknown) => error);
    expect(refused).to.have.property("errorClass", "UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE");
  });

  covers("SparkSession.readStream", async (spark) => {
    const stream = spark.readStream.format("rate").load();
    expect([await stream.isStreaming(), await spark.range(1).isStreaming()]).to.deep.equal([true, false]);
  });
});
