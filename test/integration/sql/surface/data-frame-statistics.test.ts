import { expect } from "chai";
import { col, sparkPartitionId } from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";
import { people } from "./people.ts";
import { rowsOf, sortedRowsOf } from "./rows-of.ts";

describe("surface: statistics and missing values", () => {
  covers("DataFrame.na", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.na.drop().select("id"))).to.deep.equal([[1n], [2n], [3n]]);
    expect(await df.na.drop({ how: "all" }).count()).to.equal(5n);
    expect(await rowsOf(df.na.drop({ thresh: 4 }).select("id")), "NaN is no value").to.deep.equal([
      [1n],
      [2n],
      [3n],
      [5n],
    ]);
  });

  covers("DataFrame.dropna", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.dropNa({ subset: ["city"] }).select("id"))).to.deep.equal([
      [1n],
      [2n],
      [3n],
      [5n],
    ]);
  });

  covers("DataFrame.fillna", async (spark) => {
    const df = (await people(spark)).where("id > 3").select("city", "age", "height");
    expect(await rowsOf(df.fillNa(1.5)), "where a number can be, NaN too").to.deep.equal([
      [null, 60, 1.5],
      ["Rome", 20, 1.5],
    ]);
    expect(await rowsOf(df.fillNa({ city: "?", height: 2 }))).to.deep.equal([
      ["?", 60, 2],
      ["Rome", 20, 2],
    ]);
    expect(await rowsOf(df.fillNa("x", ["city"]))).to.deep.equal([
      ["x", 60, null],
      ["Rome", 20, Number.NaN],
    ]);
  });

  covers("DataFrame.replace", async (spark) => {
    const df = (await people(spark)).where("id < 3").select("name", "age");
    expect(await rowsOf(df.replace(new Map([["Ann", "Anna"]])))).to.deep.equal([
      ["Anna", 30],
      ["Bob", 40],
    ]);
    expect(await rowsOf(df.replace([[30, null]], ["age"]))).to.deep.equal([
      ["Ann", null],
      ["Bob", 40],
    ]);
  });

  covers("DataFrame.describe", async (spark) => {
    const rows = await rowsOf((await people(spark)).describe("age", "city"));
    expect(rows.map(([statistic]) => statistic)).to.deep.equal(["count", "mean", "stddev", "min", "max"]);
    expect(rows.map(([, , city]) => city)).to.deep.equal(["4", null, null, "Oslo", "Rome"]);
    const ages = rows.map(([, age]) => Number(age));
    for (const [i, expected] of [5, 40, Math.sqrt(250), 20, 60].entries()) {
      expect(ages[i]).to.be.closeTo(expected, 1e-9);
    }
  });

  covers("DataFrame.summary", async (spark) => {
    const df = (await people(spark)).select("age").summary("count", "50%", "max");
    expect(await rowsOf(df)).to.deep.equal([
      ["count", "5"],
      ["50%", "40"],
      ["max", "60"],
    ]);
  });

  covers("DataFrame.stat", async (spark) => {
    const df = (await people(spark)).where("id < 4");
    expect(await df.stat.cov("age", "height")).to.be.closeTo(1, 1e-12);
    expect(await df.stat.corr("age", "height")).to.be.closeTo(1, 1e-12);
    expect(await df.stat.approxQuantile("age", [0.5], 0)).to.deep.equal([40]);
  });

  covers("DataFrame.cov", async (spark) => {
    const df = await people(spark);
    expect(await df.cov("id", "age")).to.be.closeTo(0, 1e-12);
    expect(await df.where("id < 4").cov("id", "age")).to.be.closeTo(10, 1e-12);
    expect(await df.where("id = 1").cov("id", "age")).to.equal(0);
  });

  covers("DataFrame.corr", async (spark) => {
    const df = spark.range(4);
    expect(await df.withColumn("x", col("id").negate()).corr("id", "x")).to.equal(-1);
    expect(await df.limit(0).corr("id", "id")).to.deep.equal(Number.NaN);
  });

  covers("DataFrame.approxQuantile", async (spark) => {
    const df = await people(spark);
    expect(await df.approxQuantile("age", [0, 0.5, 1], 0)).to.deep.equal([20, 40, 60]);
    expect(await df.approxQuantile(["id", "height"], [1, 0], 0), "without NULL and NaN").to.deep.equal([
      [5, 1],
      [1.9, 1.7],
    ]);
  });

  covers("DataFrame.crosstab", async (spark) => {
    const df = (await people(spark)).where("id < 4").crosstab("city", "name");
    expect(await df.columns()).to.deep.equal(["city_name", "Ann", "Bob", "Cid"]);
    expect(await sortedRowsOf(df)).to.deep.equal([
      ["Oslo", 1n, 0n, 1n],
      ["Rome", 0n, 1n, 0n],
    ]);
  });

  covers("DataFrame.freqItems", async (spark) => {
    const df = (await people(spark)).where("city IS NOT NULL").freqItems(["city"], 0.5);
    expect(await df.columns()).to.deep.equal(["city_freqItems"]);
    const [row] = await rowsOf(df);
    expect(row?.[0]).to.have.members(["Oslo", "Rome"]);
  });

  covers("DataFrame.sampleBy", async (spark) => {
    const df = spark.range(100).withColumn("k", col("id").mod(3));
    const drawn = df
      .sampleBy(
        "k",
        new Map([
          [0, 1],
          [1, 0.5],
        ]),
        7,
      )
      .groupBy("k")
      .count();
    const counts = new Map((await rowsOf(drawn)).map(([k, n]) => [k, Number(n)]));
    expect(counts.get(0n)).to.equal(34);
    expect(counts.get(1n)).to.be.within(8, 26);
    expect(counts.has(2n)).to.equal(false);
    const byName = (await people(spark)).sampleBy("name", { Ann: 1 }).select("name");
    expect(await rowsOf(byName)).to.deep.equal([["Ann"]]);
    const numbered = spark.range(3).selectExpr("id", "CAST(id AS STRING) AS s", "id = 1 AS b", "id / 2 AS d");
    for (const column of ["id", "s"]) {
      expect(await rowsOf(numbered.sampleBy(column, { 1: 1, 2: 1 }).select("id"))).to.deep.equal([
        [1n],
        [2n],
      ]);
    }
    expect(await rowsOf(numbered.sampleBy("b", { true: 1 }).select("id"))).to.deep.equal([[1n]]);
    expect(await rowsOf(numbered.sampleBy("d", { 0.5: 1 }).select("id"))).to.deep.equal([[1n]]);
  });
});

describe("surface: partitions of a DataFrame", () => {
  const partition = sparkPartitionId().alias("p");

  covers("DataFrame.repartition", async (spark) => {
    const df = spark.range(0, 100, 1, 1);
    expect(await df.repartition(4).select(partition).distinct().count()).to.equal(4n);
    const byKey = df.withColumn("k", col("id").mod(2)).repartition(8, "k").select("k", partition).distinct();
    expect(await byKey.count(), "equal keys together").to.equal(2n);
  });

  covers("DataFrame.repartitionByRange", async (spark) => {
    const df = spark.range(0, 100, 1, 1).repartitionByRange(2, col("id").desc());
    const rows = await rowsOf(df.select("id", partition).where("id IN (0, 99)").orderBy("id"));
    expect(rows).to.deep.equal([
      [0n, 1],
      [99n, 0],
    ]);
  });

  covers("DataFrame.repartitionById", async (spark) => {
    const df = spark.range(5).repartitionById(3, col("id").cast("int").minus(1));
    expect(await rowsOf(df.select("id", partition).orderBy("id"))).to.deep.equal([
      [0n, 2],
      [1n, 0],
      [2n, 1],
      [3n, 2],
      [4n, 0],
    ]);
  });

  covers("DataFrame.coalesce", async (spark) => {
    const df = spark.range(0, 8, 1, 4).coalesce(1).select(partition).distinct();
    expect(await rowsOf(df)).to.deep.equal([[0]]);
  });

  covers("DataFrame.hint", async (spark) => {
    const df = spark.range(0, 100, 1, 1);
    expect(await df.hint("repartition", 3).select(partition).distinct().count()).to.equal(3n);
    const joined = df.join(spark.range(5000).hint("broadcast"), "id");
    expect(await joined.explainString()).to.include("BroadcastHashJoin");
  });
});
