// Run by exactly-once.test.ts in a process of its own: copies a topic, restarts the query, and goes on until it is killed.
import { SparkSession } from "../../../../src/sql/spark-session.ts";
import { copyTopic, type TopicCopy } from "./copy-topic.ts";

const [remote = "", copy = "{}"] = process.argv.slice(2);
const spark = new SparkSession({ remote });
const given = JSON.parse(copy) as TopicCopy;
const tell = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);

const batches = { count: 0 };
await spark.streams.addListener({
  onQueryProgress: ({ progress: { id, runId, batchId, numInputRows } }) => {
    if (numInputRows > 0n) batches.count++;
    tell({ id, runId, batchId: String(batchId), rows: String(numInputRows) });
  },
});
const start = async () =>
  await copyTopic(spark, given).trigger({ processingTime: "1 second" }).start(given.table);
const first = await start();
while (batches.count < 2) await first.awaitTermination(100);
await first.stop();
const second = await start();
await second.awaitTermination();
