import { expect } from "chai";
import { abs, array, col, count, lit, max, struct, sum } from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { orders, people } from "./people.ts";
import { rowsOf, sortedRowsOf } from "./rows-of.ts";

describe("surface: two DataFrames", () => {
  covers("DataFrame.join", async (spark) => {
    const [who, what] = [await people(spark), await orders(spark)];
    const on = who.col("id").eq(what.col("person"));
    const pairs = (how: Parameters<typeof who.join>[2], ...columns: string[]) =>
      sortedRowsOf(who.join(what, on, how).select(...columns));
    expect(await pairs("inner", "name", "order")).to.deep.equal([
      ["Ann", 10],
      ["Ann", 11],
      ["Bob", 12],
    ]);
    expect(await pairs("left", "name", "order")).to.have.length(6);
    expect(await pairs("right", "name", "order")).to.deep.include([null, 13]);
    expect(await pairs("full", "name", "order")).to.have.length(7);
    expect(await pairs("semi", "name")).to.deep.equal([["Ann"], ["Bob"]]);
    expect(await pairs("anti", "name")).to.deep.equal([["Cid"], ["Dan"], ["Eve"]]);
    const using = who.join(what.withColumnRenamed("person", "id"), "id");
    expect(await using.columns(), "a name is one column").to.deep.equal([
      "id",
      "name",
      "city",
      "age",
      "height",
      "order",
      "amount",
    ]);
    const self = spark.range(3);
    const twins = self.alias("a").join(self.alias("b"), col("a.id").eq(col("b.id").plus(1)));
    expect(await sortedRowsOf(twins.select("a.id", "b.id"))).to.deep.equal([
      [1n, 0n],
      [2n, 1n],
    ]);
  });

  covers("DataFrame.crossJoin", async (spark) => {
    const df = spark.range(2).crossJoin(spark.range(2).toDF("x"));
    expect(await sortedRowsOf(df)).to.deep.equal([
      [0n, 0n],
      [0n, 1n],
      [1n, 0n],
      [1n, 1n],
    ]);
  });

  covers("DataFrame.lateralJoin", async (spark) => {
    const who = await people(spark);
    const letters = who.where("id < 3").lateralJoin(spark.tvf.explode(array(col("id").outer(), lit(7n))));
    expect(await sortedRowsOf(letters.select("name", "col"))).to.deep.equal([
      ["Ann", 1n],
      ["Ann", 7n],
      ["Bob", 2n],
      ["Bob", 7n],
    ]);
    const best = (await orders(spark))
      .where(col("person").eq(col("id").outer()))
      .orderBy(col("amount").desc())
      .limit(1);
    const df = who.lateralJoin(best, undefined, "left").select("name", "order");
    expect(await sortedRowsOf(df)).to.deep.equal([
      ["Ann", 11],
      ["Bob", 12],
      ["Cid", null],
      ["Dan", null],
      ["Eve", null],
    ]);
  });

  covers("DataFrame.nearestByJoin", async (spark) => {
    const [left, right] = [spark.range(5), spark.range(1, 8, 3).toDF("x")];
    const distance = abs(left.col("id").minus(right.col("x")));
    const df = left.nearestByJoin(right, distance, 1, "exact", "distance");
    expect(await sortedRowsOf(df)).to.deep.equal([
      [0n, 1n],
      [1n, 1n],
      [2n, 1n],
      [3n, 4n],
      [4n, 4n],
    ]);
  });

  it("joins as of", async () => {
    const spark = await getSpark();
    const [trades, quotes] = [spark.range(1, 4).toDF("at"), spark.range(0, 6, 2).toDF("seen")];
    const pairs = (options: Parameters<typeof trades.joinAsOf>[3]) =>
      sortedRowsOf(trades.joinAsOf(quotes, "at", "seen", options));
    expect(await pairs({})).to.deep.equal([
      [1n, 0n],
      [2n, 2n],
      [3n, 2n],
    ]);
    expect(await pairs({ direction: "forward", allowExactMatches: false })).to.deep.equal([
      [1n, 2n],
      [2n, 4n],
      [3n, 4n],
    ]);
    expect(await pairs({ how: "left", tolerance: 0n })).to.deep.equal([
      [1n, null],
      [2n, 2n],
      [3n, null],
    ]);
  });

  covers("DataFrame.union", async (spark) => {
    expect(await sortedRowsOf(spark.range(2).union(spark.range(1).toDF("x")))).to.deep.equal([
      [0n],
      [0n],
      [1n],
    ]);
  });

  covers("DataFrame.unionAll", async (spark) => {
    expect(await spark.range(2).unionAll(spark.range(2)).count()).to.equal(4n);
  });

  covers("DataFrame.unionByName", async (spark) => {
    const [a, b] = [spark.range(1).withColumn("x", lit(1)), spark.range(5, 6)];
    expect(await sortedRowsOf(a.unionByName(b, { allowMissingColumns: true }))).to.deep.equal([
      [0n, 1],
      [5n, null],
    ]);
    const message = await refusal(a.unionByName(b).collect());
    expect(message).to.match(/UNRESOLVED_COLUMN_AMONG_FIELD_NAMES/);
  });

  covers("DataFrame.intersect", async (spark) => {
    const twice = spark.range(3).union(spark.range(3));
    expect(await sortedRowsOf(twice.intersect(spark.range(1, 9)))).to.deep.equal([[1n], [2n]]);
  });

  covers("DataFrame.intersectAll", async (spark) => {
    const twice = spark.range(2).union(spark.range(2));
    expect(await sortedRowsOf(twice.intersectAll(twice))).to.deep.equal([[0n], [0n], [1n], [1n]]);
  });

  covers("DataFrame.subtract", async (spark) => {
    const twice = spark.range(3).union(spark.range(3));
    expect(await sortedRowsOf(twice.subtract(spark.range(1)))).to.deep.equal([[1n], [2n]]);
  });

  covers("DataFrame.exceptAll", async (spark) => {
    const twice = spark.range(2).union(spark.range(2));
    expect(await sortedRowsOf(twice.exceptAll(spark.range(1)))).to.deep.equal([[0n], [1n], [1n]]);
  });

  covers("DataFrame.scalar", async (spark) => {
    const [who, what] = [await people(spark), await orders(spark)];
    const most = what.agg(max("person")).scalar();
    expect(await rowsOf(who.where(col("id").lt(most.minus(5))).select("id"))).to.deep.equal([
      [1n],
      [2n],
      [3n],
    ]);
    const total = what
      .where(col("person").eq(col("id").outer()))
      .select(sum("amount"))
      .scalar();
    expect(await sortedRowsOf(who.withColumn("total", total).select("name", "total"))).to.deep.equal([
      ["Ann", 12.5],
      ["Bob", 1],
      ["Cid", null],
      ["Dan", null],
      ["Eve", null],
    ]);
  });

  covers("DataFrame.exists", async (spark) => {
    const [who, what] = [await people(spark), await orders(spark)];
    const mine = what.alias("o").where(col("o.person").eq(col("p.id").outer()));
    const p = who.alias("p");
    expect(await sortedRowsOf(p.where(mine.exists()).select("name"))).to.deep.equal([["Ann"], ["Bob"]]);
    expect(await sortedRowsOf(p.where(mine.exists().not()).select("name"))).to.have.length(3);
    const twice = p.where(mine.exists().and(who.where("age > 90").exists().not()));
    expect(await twice.count(), "two subqueries, and another relation over them").to.equal(2n);
  });

  covers("Column.isin", async (spark) => {
    const [who, what] = [await people(spark), await orders(spark)];
    expect(await rowsOf(who.where(col("id").isin(1, 5n, null)).select("id"))).to.deep.equal([[1n], [5n]]);
    expect(await rowsOf(who.where(col("name").isin(["Bob", "Eve"])).select("id"))).to.deep.equal([
      [2n],
      [5n],
    ]);
    expect(await who.where(col("id").isin([])).count()).to.equal(0n);
    const buyers = what.select("person");
    expect(await sortedRowsOf(who.where(col("id").isin(buyers)).select("id"))).to.deep.equal([[1n], [2n]]);
    expect(await who.where(col("id").isin(buyers).not()).count()).to.equal(3n);
    const pairs = what.select("person", col("order").minus(10).cast("int"));
    const row = struct(col("id"), lit(1));
    expect(await rowsOf(who.where(row.isin(pairs)).select("id"))).to.deep.equal([[1n]]);
  });

  covers("Column.outer", async (spark) => {
    const [who, what] = [await people(spark), await orders(spark)];
    const n = what
      .where(col("person").eq(col("id").outer()))
      .select(count("*"))
      .scalar();
    expect(await rowsOf(who.select(n.alias("n")).orderBy("n"))).to.deep.equal([[0n], [0n], [0n], [1n], [2n]]);
  });
});
