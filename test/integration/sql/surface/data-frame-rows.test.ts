import { expect } from "chai";
import { col, timestampSeconds } from "../../../../src/sql/index.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { people } from "./people.ts";
import { rowsOf, sortedRowsOf } from "./rows-of.ts";

describe("surface: rows of a DataFrame", () => {
  covers("DataFrame.filter", async (spark) => {
    const df = (await people(spark)).select("name", "city");
    expect(await rowsOf(df.filter("city = 'Oslo'"))).to.deep.equal([
      ["Ann", "Oslo"],
      ["Cid", "Oslo"],
    ]);
    expect(await rowsOf(df.filter(col("city").notEqual("Oslo"))), "NULL is not true").to.deep.equal([
      ["Bob", "Rome"],
      ["Eve", "Rome"],
    ]);
  });

  covers("DataFrame.where", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.where(df.col("age").between(30, 40)).select("id"))).to.deep.equal([[1n], [2n]]);
  });

  covers("DataFrame.sort", async (spark) => {
    const df = (await people(spark)).select("id");
    const by = await people(spark);
    expect(await rowsOf(by.sort("city", col("age").desc()).select("id")), "NULLs first").to.deep.equal([
      [4n],
      [3n],
      [1n],
      [2n],
      [5n],
    ]);
    expect((await rowsOf(df.sort(col("id").desc())))[0]).to.deep.equal([5n]);
  });

  covers("DataFrame.orderBy", async (spark) => {
    const df = await people(spark);
    const heights = await rowsOf(df.orderBy(col("height").descNullsFirst()).select("height"));
    expect(heights, "NaN is the largest").to.deep.equal([[null], [Number.NaN], [1.9], [1.8], [1.7]]);
  });

  covers("DataFrame.sortWithinPartitions", async (spark) => {
    const df = spark.range(0, 6, 1, 2).sortWithinPartitions(col("id").desc());
    expect(await rowsOf(df)).to.deep.equal([[2n], [1n], [0n], [5n], [4n], [3n]]);
  });

  covers("DataFrame.limit", async (spark) => {
    expect(await rowsOf(spark.range(9).limit(2))).to.deep.equal([[0n], [1n]]);
    expect(await rowsOf(spark.range(9).limit(0))).to.deep.equal([]);
  });

  covers("DataFrame.offset", async (spark) => {
    expect(await rowsOf(spark.range(0, 5, 1, 1).offset(3))).to.deep.equal([[3n], [4n]]);
    expect(await rowsOf(spark.range(0, 9, 1, 1).offset(3).limit(2))).to.deep.equal([[3n], [4n]]);
  });

  covers("DataFrame.distinct", async (spark) => {
    const df = (await people(spark)).select("city").distinct();
    expect(await sortedRowsOf(df)).to.deep.equal([["Oslo"], ["Rome"], [null]]);
  });

  covers("DataFrame.dropDuplicates", async (spark) => {
    const df = (await people(spark)).dropDuplicates("city");
    expect(await df.columns()).to.have.length(5);
    expect(await sortedRowsOf(df.select("city"))).to.deep.equal([["Oslo"], ["Rome"], [null]]);
  });

  covers("DataFrame.drop_duplicates", async (spark) => {
    expect(await spark.range(3).union(spark.range(2)).dropDuplicates().count()).to.equal(3n);
  });

  covers("DataFrame.dropDuplicatesWithinWatermark", async (spark) => {
    const message = await refusal(spark.range(1).dropDuplicatesWithinWatermark("id").collect());
    expect(message, "it is for streams").to.match(/not supported with batch/);
  });

  covers("DataFrame.withWatermark", async (spark) => {
    const df = spark.range(3).withColumn("at", timestampSeconds("id")).withWatermark("at", "10 minutes");
    expect(await df.count(), "nothing changes for a batch").to.equal(3n);
    const message = await refusal(df.withWatermark("at", "ten").count());
    expect(message).to.match(/interval/);
  });

  covers("DataFrame.sample", async (spark) => {
    const df = spark.range(0, 1000, 1, 2);
    const once = await rowsOf(df.sample(0.3, { seed: 7 }));
    expect(await rowsOf(df.sample(0.3, { seed: 7 }))).to.deep.equal(once);
    expect(once.length).to.be.within(200, 400);
    expect(await df.sample(0).count()).to.equal(0n);
    expect(await df.sample(1).count()).to.equal(1000n);
    expect(Number(await df.sample(3, { withReplacement: true, seed: 7 }).count())).to.be.within(2700, 3300);
  });

  covers("DataFrame.randomSplit", async (spark) => {
    const parts = spark.range(0, 1000, 1, 2).randomSplit([1, 3], 7);
    const ids = await Promise.all(parts.map(rowsOf));
    const [small = [], large = []] = ids;
    expect(small.length).to.be.within(200, 300);
    expect(new Set([...small, ...large].map(([id]) => id)).size, "every row in one part").to.equal(1000);
    expect(small.length + large.length).to.equal(1000);
  });
});
