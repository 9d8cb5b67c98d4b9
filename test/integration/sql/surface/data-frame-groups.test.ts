import { expect } from "chai";
import { avg, col, count, lit, max, min, sum } from "../../../../src/sql/index.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { people } from "./people.ts";
import { rowsOf, sortedRowsOf } from "./rows-of.ts";

describe("surface: groups", () => {
  covers("DataFrame.groupBy", async (spark) => {
    const df = (await people(spark)).groupBy("city", col("age").gt(35).alias("old")).count();
    expect(await sortedRowsOf(df)).to.deep.equal([
      ["Oslo", false, 1n],
      ["Oslo", true, 1n],
      ["Rome", false, 1n],
      ["Rome", true, 1n],
      [null, true, 1n],
    ]);
  });

  covers("DataFrame.groupby", async (spark) => {
    expect(await rowsOf((await people(spark)).groupBy().count())).to.deep.equal([[5n]]);
  });

  covers("DataFrame.agg", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.agg(min("age"), max("name"), count("city")))).to.deep.equal([[20, "Eve", 4n]]);
    expect(await rowsOf(df.agg({ age: "sum" }))).to.deep.equal([[200n]]);
  });

  covers("DataFrame.rollup", async (spark) => {
    const df = (await people(spark)).where("city IS NOT NULL").rollup("city").agg(sum("age"));
    expect(await sortedRowsOf(df)).to.deep.equal([
      ["Oslo", 80n],
      ["Rome", 60n],
      [null, 140n],
    ]);
  });

  covers("DataFrame.cube", async (spark) => {
    const df = spark.range(4).select(col("id").mod(2).alias("a"), lit("x").alias("b")).cube("a", "b").count();
    expect(await sortedRowsOf(df)).to.deep.equal([
      [0n, null, 2n],
      [0n, "x", 2n],
      [1n, null, 2n],
      [1n, "x", 2n],
      [null, null, 4n],
      [null, "x", 4n],
    ]);
  });

  covers("DataFrame.groupingSets", async (spark) => {
    const df = spark.range(4).select(col("id").mod(2).alias("a"), lit("x").alias("b"));
    const sets = df.groupingSets([["a"], ["b"]], "a", "b").count();
    expect(await sortedRowsOf(sets)).to.deep.equal([
      [0n, null, 2n],
      [1n, null, 2n],
      [null, "x", 4n],
    ]);
  });

  covers("GroupedData.agg", async (spark) => {
    const df = (await people(spark)).groupBy("city").agg(max("age").alias("oldest"), count("*"));
    expect(await df.columns()).to.deep.equal(["city", "oldest", "count(1)"]);
    expect(await sortedRowsOf(df)).to.deep.equal([
      ["Oslo", 50, 2n],
      ["Rome", 40, 2n],
      [null, 60, 1n],
    ]);
  });

  covers("GroupedData.count", async (spark) => {
    const df = (await people(spark)).groupBy("city").count();
    expect(await df.columns()).to.deep.equal(["city", "count"]);
    expect(await sortedRowsOf(df)).to.deep.include(["Oslo", 2n]);
  });

  covers("GroupedData.sum", async (spark) => {
    expect(await sortedRowsOf((await people(spark)).groupBy("city").sum("age", "id"))).to.deep.equal([
      ["Oslo", 80n, 4n],
      ["Rome", 60n, 7n],
      [null, 60n, 4n],
    ]);
  });

  covers("GroupedData.avg", async (spark) => {
    const df = (await people(spark)).groupBy().avg("age", "height");
    expect(await rowsOf(df), "NULL does not count, NaN does").to.deep.equal([[40, Number.NaN]]);
  });

  covers("GroupedData.mean", async (spark) => {
    expect(await rowsOf((await people(spark)).groupBy().mean("id"))).to.deep.equal([[3]]);
  });

  covers("GroupedData.min", async (spark) => {
    expect(await rowsOf((await people(spark)).groupBy().min("age"))).to.deep.equal([[20]]);
  });

  covers("GroupedData.max", async (spark) => {
    expect(await rowsOf((await people(spark)).groupBy().max("height"))).to.deep.equal([[Number.NaN]]);
  });

  covers("GroupedData.pivot", async (spark) => {
    const df = (await people(spark)).where("city IS NOT NULL");
    const found = df.groupBy().pivot("city").agg(avg("age"));
    expect(await found.columns()).to.deep.equal(["Oslo", "Rome"]);
    expect(await rowsOf(found)).to.deep.equal([[40, 30]]);
    const given = df
      .groupBy()
      .pivot("city", ["Rome", "Paris"])
      .agg(sum("age").alias("s"), count(lit(1)).alias("n"));
    expect(await given.columns()).to.deep.equal(["Rome_s", "Rome_n", "Paris_s", "Paris_n"]);
    expect(await rowsOf(given)).to.deep.equal([[60n, 2n, null, null]]);
    await spark.conf.set("spark.sql.pivotMaxValues", 1);
    const message = await refusal(df.groupBy().pivot("city").count().collect());
    await spark.conf.unset("spark.sql.pivotMaxValues");
    expect(message).to.match(/pivotMaxValues|PIVOT/i);
  });

  covers("DataFrame.unpivot", async (spark) => {
    const df = (await people(spark)).where("id = 1").unpivot(["id"], ["age", "height"], "what", "value");
    expect(await rowsOf(df)).to.deep.equal([
      [1n, "age", 30],
      [1n, "height", 1.7],
    ]);
  });

  covers("DataFrame.melt", async (spark) => {
    const df = spark
      .range(1)
      .withColumns({ a: lit(1), b: lit(2) })
      .melt("id", undefined, "k", "v");
    expect(await rowsOf(df)).to.deep.equal([
      [0n, "a", 1],
      [0n, "b", 2],
    ]);
  });

  covers("DataFrame.transpose", async (spark) => {
    const df = (await people(spark))
      .select("name", "id", col("age").cast("bigint").alias("age"))
      .where("id < 3");
    const turned = df.transpose("name");
    expect(await turned.columns()).to.deep.equal(["key", "Ann", "Bob"]);
    expect(await sortedRowsOf(turned)).to.deep.equal([
      ["age", 30n, 40n],
      ["id", 1n, 2n],
    ]);
    expect(await df.transpose().columns()).to.deep.equal(["key", "Ann", "Bob"]);
  });
});
