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

  it("compresses a large plan, so that it fits into a message", async () => {
    const spark = new SparkSession({ remote: await remote(), maxMessageBytes: 1_000_000 });
    await spark.conf.set("spark.connect.session.planCompression.threshold", 100_000);
    const text = "ab".repeat(1_000_000);
    const df = await spark.sql(`SELECT length('${text}') AS length`);
    expect(await df.columns()).to.eql(["length"]);
    expect((await df.collect()).map(rowValues)).to.eql([[2_000_000]]);
    await spark.stop();
  });

  it("reads batches with every compression of Arrow", async () => {
    const spark = new SparkSession({ remote: await remote() });
    const numbers = spark
      .range(20_000)
      .selectExpr("id", "CAST(id AS STRING) AS text", "repeat('a', 50) AS same");
    const results: unknown[][][] = [];
    for (const codec of ["none", "lz4", "zstd"]) {
      await spark.conf.set("spark.sql.execution.arrow.compression.codec", codec);
      results.push((await numbers.collect()).map(rowValues));
    }
    const [none, lz4, zstd] = results;
    expect(none?.[19_999]).to.eql([19_999n, "19999", "a".repeat(50)]);
    expect(lz4).to.eql(none);
    expect(zstd).to.eql(none);
    await spark.stop();
  });
});
