import { expect } from "chai";
import {
  col,
  type DataFrame,
  Decimal,
  LongType,
  StorageLevels,
  StructField,
  StructType,
  sum,
} from "../../../src/sql/index.ts";
import { getSpark, scratchFolder } from "../spark.ts";

const code = async (run: Promise<unknown>): Promise<unknown> =>
  await run.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );

describe("columns that only the server knows", function () {
  this.timeout(180_000);

  let df: DataFrame;

  before(async () => {
    const spark = await getSpark();
    df = await spark.createDataFrame([
      { k: "a", n: 1, "d.x": Decimal.parse("1.5"), t: "x" },
      { k: "a", n: 3, "d.x": Decimal.parse("2.25"), t: "y" },
      { k: "b", n: 5, "d.x": null, t: "z" },
    ]);
  });

  const rows = async (frame: DataFrame) =>
    (await frame.orderBy(1).collect()).map((row) => [...row].map((value) => String(value)));

  it("aggregate of every numeric column, in all spellings and over all kinds of groups", async () => {
    expect(await rows(df.groupBy("k").sum())).to.deep.equal([
      ["a", "4", "3.75"],
      ["b", "5", "null"],
    ]);
    expect(await rows(df.groupBy("k").avg())).to.deep.equal(await rows(df.groupBy("k").mean()));
    expect(await df.groupBy("k").max().columns()).to.deep.equal(["k", "max(n)", "max(d.x)"]);
    expect(await rows(df.groupBy().min())).to.deep.equal([["1", "1.50"]]);
    expect(await rows(df.rollup("k").sum())).to.deep.equal([
      ["null", "9", "3.75"],
      ["a", "4", "3.75"],
      ["b", "5", "null"],
    ]);
    expect(await rows(df.groupBy("k").pivot("t", ["x", "y"]).sum())).to.deep.equal([
      ["a", "1", "1.50", "3", "2.25"],
      ["b", "null", "null", "null", "null"],
    ]);
    expect(await df.drop("n", "`d.x`").select("k", "t").groupBy("k").sum().columns()).to.deep.equal(["k"]);
  });

  it("stay right under more operations, in joins, writes, views, caches and when asked for twice", async () => {
    const spark = await getSpark();
    const sums = df.groupBy("k").sum().withColumnRenamed("sum(n)", "n");
    expect(await sums.where("n > 4").count()).to.equal(1n);
    expect(await rows(sums.join(df.groupBy(1).max(), "k").select("k", "n", "`max(n)`"))).to.deep.equal([
      ["a", "4", "3"],
      ["b", "5", "5"],
    ]);
    await sums.createOrReplaceTempView("late_sums");
    expect(await spark.sql("select sum(n) as n from late_sums").then((one) => one.collect())).to.deep.equal([
      { n: 9n },
    ]);
    const path = `${scratchFolder()}/sums`;
    await sums.select("k", "n").write.parquet(path);
    expect(await rows(spark.read.parquet(path))).to.deep.equal(await rows(sums.select("k", "n")));
    await sums.persist(StorageLevels.MEMORY_ONLY);
    expect(await sums.storageLevel()).to.equal(StorageLevels.MEMORY_ONLY);
    await sums.unpersist();
    expect(await sums.storageLevel()).to.equal(StorageLevels.NONE);
    expect(await spark.sql("select sum(n) as n from {s}", {}, { s: sums }).catch(() => undefined)).to.equal(
      undefined,
    );
    expect(await (await spark.sql("select sum(n) as n from s", {}, { s: sums })).collect()).to.deep.equal([
      { n: 9n },
    ]);
  });

  it("sort and group by the number of a column", async () => {
    const order = async (frame: DataFrame) => (await frame.select("n").collect()).map((row) => row["n"]);
    expect(await order(df.orderBy(-2))).to.deep.equal([5, 3, 1]);
    expect(await order(df.orderBy(1, -2))).to.deep.equal([3, 1, 5]);
    expect(await order(df.sort(-1, 2))).to.deep.equal([5, 1, 3]);
    expect(await rows(df.groupBy(1).agg(sum("n")))).to.deep.equal([
      ["a", "4"],
      ["b", "5"],
    ]);
    // Not a constant by which all rows would be equal, also where the server takes no numbers in ORDER BY.
    const spark = await getSpark();
    await spark.conf.set("spark.sql.orderByOrdinal", "false");
    expect(await order(df.orderBy(-2))).to.deep.equal([5, 3, 1]);
    await spark.conf.unset("spark.sql.orderByOrdinal");
  });

  it("refuse a number that no column has", async () => {
    expect(await code(df.orderBy(5).collect())).to.equal("USAGE_OUT_OF_RANGE");
    expect(await code(df.groupBy(9).count().collect())).to.equal("USAGE_OUT_OF_RANGE");
    expect(() => df.groupBy(0))
      .to.throw()
      .with.property("code", "USAGE_OUT_OF_RANGE");
    expect(() => df.orderBy(1.5))
      .to.throw()
      .with.property("code", "USAGE_OUT_OF_RANGE");
  });

  it("are found in a table whose columns changed only when the plan is sent", async () => {
    const spark = await getSpark();
    await spark.range(3).createOrReplaceTempView("late_view");
    const sums = spark.table("late_view").groupBy().sum();
    await spark.range(3).select(col("id"), col("id").alias("again")).createOrReplaceTempView("late_view");
    expect(await sums.columns()).to.deep.equal(["sum(id)", "sum(again)"]);
  });
});

describe("objects with whole numbers for keys", () => {
  it("insert under the names that were given, not in JavaScript's order", async () => {
    const spark = await getSpark();
    expect(await code(spark.createDataFrame([{ "10": 10, "9": 9 }]))).to.equal("USAGE_COLUMN_ORDER");
    const schema = new StructType([new StructField("10", LongType), new StructField("9", LongType)]);
    const frames = [
      await spark.createDataFrame([{ "10": 10, "9": 9 }], ["10", "9"]),
      await spark.createDataFrame([{ "10": 10, "9": 9 }], schema),
      await spark.createDataFrame([[10, 9]], ["10", "9"]),
    ];
    for (const frame of frames) {
      expect(await frame.columns()).to.deep.equal(["10", "9"]);
      expect((await frame.collect()).map((row) => [...row].map(Number))).to.deep.equal([[10, 9]]);
      const back = await spark.createDataFrame(await frame.collect());
      expect((await back.union(frame).collect()).map((row) => [...row].map(Number))).to.deep.equal([
        [10, 9],
        [10, 9],
      ]);
    }
  });

  it("are shown by console.log with their columns once they are known", async () => {
    const { inspect } = await import("node:util");
    const spark = await getSpark();
    const frame = await spark.createDataFrame([["a", 1]], ["name", "n"]);
    expect(inspect(frame)).to.equal("DataFrame[columns not known yet: await df.schema()]");
    await frame.collect();
    expect(inspect(frame)).to.equal("DataFrame[name: string, n: int]");
    expect(inspect({ at: Decimal.parse("1.50") })).to.equal("{ at: Decimal(1.50) }");
    expect(inspect(col("n").plus(1))).to.equal("Column<(n + 1)>");
    expect(
      new StructType()
        .add(new StructField("a", LongType, false))
        .toNullable()
        .json(),
    ).to.equal(new StructType().add("a", LongType).json());
  });
});
