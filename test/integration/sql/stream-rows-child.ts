// Run by stream-rows.test.ts in a process of its own: streams rows and prints their count, sum and peak memory.
import { SparkSession } from "../../../src/sql/spark-session.ts";

const [remote = "", rows = "0"] = process.argv.slice(2);
const spark = new SparkSession({ remote });
let count = 0;
let sum = 0n;
for await (const row of spark.range(BigInt(rows))) {
  count++;
  sum += row["id"] as bigint;
}
await spark.stop();
const peakKilobytes = process.resourceUsage().maxRSS;
process.stdout.write(
  JSON.stringify({ count, sum: String(sum), peakMegabytes: Math.round(peakKilobytes / 1024) }),
);
