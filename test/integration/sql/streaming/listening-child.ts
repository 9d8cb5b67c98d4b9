// Run by listening.test.ts in a process of its own: listens to a query, and leaves without closing anything.
import { SparkSession } from "../../../../src/sql/spark-session.ts";

const [remote = ""] = process.argv.slice(2);
const spark = new SparkSession({ remote });
let rows = 0n;
await spark.streams.addListener({
  onQueryProgress: ({ progress }) => {
    rows += progress.numInputRows;
  },
});
const query = await spark.readStream
  .format("rate-micro-batch")
  .option("rowsPerBatch", 7)
  .load()
  .writeStream.format("noop")
  .trigger({ availableNow: true })
  .start();
await query.awaitTermination();
for (let i = 0; i < 600 && rows === 0n; i++) await new Promise((resolve) => setTimeout(resolve, 100));
process.stdout.write(String(rows));
