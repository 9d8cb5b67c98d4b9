import { tableFromIPC } from "apache-arrow";
import { expect } from "chai";
import { rowValues } from "../../../../src/arrow/row.ts";
import { Decimal } from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";

describe("local data and results", () => {
  covers("SparkSession.createDataFrame", async (spark) => {
    const df = await spark.createDataFrame([
      { id: 1, amount: Decimal.parse("1.50") },
      { id: 3_000_000_000, amount: Decimal.parse("12.345") },
    ]);
    expect((await df.schema()).simpleString()).to.equal("struct<id:bigint,amount:decimal(5,3)>");
    expect((await df.collect()).map((row) => rowValues(row).map(String))).to.deep.equal([
      ["1", "1.500"],
      ["3000000000", "12.345"],
    ]);
  });

  covers("DataFrame.collect", async (spark) => {
    const rows = await spark.range(2, 8, 3).collect();
    expect(rows.map((row) => row["id"])).to.deep.equal([2n, 5n]);
  });

  covers("DataFrame.toArrow", async (spark) => {
    const table = tableFromIPC(await spark.range(5).toArrow());
    expect([...(table.getChild("id") ?? [])]).to.deep.equal([0n, 1n, 2n, 3n, 4n]);
  });

  covers("DataFrame.toLocalIterator", async (spark) => {
    const ids: unknown[] = [];
    for await (const row of spark.range(4).toLocalIterator()) ids.push(row["id"]);
    expect(ids).to.deep.equal([0n, 1n, 2n, 3n]);
  });
});
