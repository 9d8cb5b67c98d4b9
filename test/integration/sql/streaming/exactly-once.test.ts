import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { col, count, max, type SparkSession } from "../../../../src/sql/index.ts";
import { has, KafkaBroker } from "../../io/kafka-broker.ts";
import { getSpark, remote, scratchFolder } from "../../spark.ts";
import { finished, until } from "../surface/stream-fixture.ts";
import { copyTopic, type TopicCopy } from "./copy-topic.ts";

const child = fileURLToPath(new URL("copy-topic-child.ts", import.meta.url));

interface Batch {
  readonly id: string;
  readonly runId: string;
  readonly batchId: string;
  readonly rows: string;
}

describe("streaming from Kafka", function () {
  this.timeout(600_000);
  let spark: SparkSession;
  let broker: KafkaBroker;
  before(async function () {
    if (process.env["SPARK_REMOTE"] || !has("mvn") || !has("java")) {
      // The broker listens on this machine's loopback, and comes from Maven.
      console.warn("      skipped: kafka needs Maven, Java and a Spark server on this machine");
      this.skip();
    }
    spark = await getSpark();
    broker = await KafkaBroker.start(4);
  });
  after(() => broker?.stop());

  const kafka = () => ({ "kafka.bootstrap.servers": broker.servers });
  const produce = async (topic: string, from: number, to: number) =>
    await spark
      .range(from, to)
      .selectExpr("cast(id as string) as key", "concat('message ', id) as value")
      .write.format("kafka")
      .options({ ...kafka(), topic })
      .save();

  it("brings 100,000 messages to Delta exactly once, over a restart of the query and the death of the client", async () => {
    const folder = scratchFolder();
    const copy: TopicCopy = {
      servers: broker.servers,
      topic: "clicks",
      table: join(folder, "clicks"),
      checkpoint: join(folder, "checkpoint"),
    };
    await produce(copy.topic, 0, 60_000);

    const batches: Batch[] = [];
    const client: ChildProcess = spawn(
      process.execPath,
      ["--no-warnings", child, await remote(), JSON.stringify(copy)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const died = once(client, "exit");
    const lines = createInterface({ input: client.stdout as NodeJS.ReadableStream });
    lines.on("line", (line) => batches.push(JSON.parse(line) as Batch));
    // The query was restarted, and its second run is in the middle of the topic.
    await until(() => client.exitCode !== null || new Set(batches.map(({ runId }) => runId)).size === 2);
    client.kill("SIGKILL");
    expect(await died).to.deep.equal([null, "SIGKILL"]);

    // The run of the dead client still goes on; the same query in this session takes over.
    const query = await copyTopic(spark, copy).start(copy.table);
    await produce(copy.topic, 60_000, 100_000);
    await query.processAllAvailable();
    const progress = await query.recentProgress();
    const ids = new Set(batches.map(({ id }) => id));
    expect([...ids, query.id]).to.deep.equal([query.id, query.id]);
    expect(batches.map(({ runId }) => runId)).not.to.include(query.runId);
    // It did not begin anew.
    expect(progress[0]?.sources[0]?.startOffset).to.match(/"clicks":\{/);
    const resumed = progress.reduce((rows, { numInputRows }) => rows + numInputRows, 0n);
    expect(resumed >= 40_000n && resumed < 100_000n, `resumed with ${resumed} rows`).to.equal(true);

    await query.stop();

    const copied = spark.read.delta(copy.table);
    const [counted] = await copied
      .withColumn("id", col("key").cast("bigint"))
      .groupBy("id")
      .agg(count("*").alias("times"), max("value").alias("value"))
      .selectExpr(
        "count(*) as keys",
        "sum(times) as messages",
        "max(times) as most",
        "min(id) as first",
        "max(id) as last",
        "count_if(value != concat('message ', id)) as changed",
      )
      .collect();
    expect({ ...counted }).to.deep.equal({
      keys: 100_000n,
      messages: 100_000n,
      most: 1n,
      first: 0n,
      last: 99_999n,
      changed: 0n,
    });
    const [offsets] = await copied
      .selectExpr("count(distinct partition, offset)", "count(distinct partition)")
      .collect();
    expect([...(offsets ?? [])]).to.deep.equal([100_000n, 4n]);
  });

  it("is written to Kafka", async () => {
    await produce("in", 0, 10);
    const query = await spark.readStream
      .format("kafka")
      .options({ ...kafka(), subscribe: "in", startingOffsets: "earliest" })
      .load()
      .selectExpr("key", "upper(cast(value as string)) as value")
      .writeStream.format("kafka")
      .options({ ...kafka(), topic: "out", checkpointLocation: join(scratchFolder(), "checkpoint") })
      .trigger({ availableNow: true })
      .start();
    await finished(query);
    const rows = await spark.read
      .format("kafka")
      .options({ ...kafka(), subscribe: "out" })
      .load()
      .selectExpr("cast(value as string) as value")
      .collect();
    const values = rows.map((row) => String(row["value"])).sort();
    expect(values).to.deep.equal(Array.from({ length: 10 }, (_, i) => `MESSAGE ${i}`));
  });
});
