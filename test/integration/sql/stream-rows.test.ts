import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark, remote } from "../spark.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("stream-rows-child.ts", import.meta.url));

describe("streaming rows", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
  });

  it("streams 10,000,000 rows in less than 300 MB", async function () {
    this.timeout(300_000);
    // Without a limit of its own, V8 lets garbage grow to 290 to 316 MB before it collects it.
    const flags = ["--no-warnings", "--max-old-space-size=64"];
    const { stdout } = await run(process.execPath, [...flags, child, await remote(), "10000000"]);
    const { count, sum, peakMegabytes } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ count, sum }).to.deep.equal({ count: 10_000_000, sum: "49999995000000" });
    expect(peakMegabytes).to.be.lessThan(300);
  });

  it("stops the query on the server when the loop is left", async () => {
    const operationId = crypto.randomUUID();
    let seen = 0;
    for await (const row of spark.range(0, 200_000_000, 1, 2000).toLocalIterator({ operationId })) {
      expect(row["id"]).to.equal(BigInt(seen));
      if (++seen === 3) break;
    }
    let state: string | undefined = "running";
    while (state === "running" || state === "terminating") {
      state = (await spark.client.operationStatus([operationId])).get(operationId);
    }
    expect(state).to.equal("cancelled");
  });

  it("belongs to the scope in which it was made", async () => {
    const slow = spark.range(1).selectExpr("reflect('java.lang.Thread', 'sleep', 30000L)");
    const rows = spark.withTags(["made-here"], () => slow.toLocalIterator());
    const next = rows.next().catch((error: unknown) => error);
    let interrupted: readonly string[] = [];
    while (interrupted.length === 0) interrupted = await spark.interruptTag("made-here");
    expect(interrupted).to.have.lengthOf(1);
    expect(await next).to.have.property("code", "SPARK_OPERATION_CANCELED");
  });

  it("answers next() calls that do not wait for each other in order", async () => {
    const rows = spark.range(5).toLocalIterator();
    const all = await Promise.all(Array.from({ length: 7 }, () => rows.next()));
    expect(all.map(({ value, done }) => (done ? "end" : value["id"]))).to.deep.equal([
      0n,
      1n,
      2n,
      3n,
      4n,
      "end",
      "end",
    ]);
  });

  it("has no row of an empty result", async () => {
    for await (const row of spark.range(0)) expect.fail(String(row["id"]));
  });
});
