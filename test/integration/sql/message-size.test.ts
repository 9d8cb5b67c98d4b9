import { expect } from "chai";
import { rowValues, SparkSession } from "../../../src/sql/index.ts";
import { remote } from "../spark.ts";

describe("messages and their size", () => {
  it("takes batches that are larger than a message may be", async () => {
    const spark = new SparkSession({ remote: await remote(), maxMessageBytes: 1_000_000 });
    const wide = await spark.sql("SELECT repeat('x', 3000000) AS text, id FROM range(3) ORDER BY id");
    const rows = (await wide.collect()).map(rowValues) as [string, bigint][];
    expect(rows.map(([text, id]) => [text.length, id])).to.eql([
      [3_000_000, 0n],
      [3_000_000, 1n],
      [3_000_000, 2n],
    ]);
    await spark.stop();
  });

  it("compresses a large plan, which the server reads", async () => {
    const spark = new SparkSession({ remote: await remote() });
    await spark.conf.set("spark.connect.session.planCompression.threshold", 100_000);
    const df = await spark.sql(`SELECT length('${"ab".repeat(200_000)}') AS length`);
    expect(await df.columns()).to.eql(["length"]);
    expect((await df.collect()).map(rowValues)).to.eql([[400_000]]);
    await spark.stop();
  });
});
