import { expect } from "chai";
import { rowValues } from "../../../src/arrow/row.ts";
import type { Column } from "../../../src/sql/column.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { col, lit, when } from "../../../src/sql/index.ts";
import { resolvePlan } from "../../../src/sql/plan/resolve.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark } from "../spark.ts";

describe("deep plans on the server", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
  });

  it("a thousand withColumn execute, every column as it was asked for", async () => {
    let df: DataFrame = spark.range(2);
    for (let i = 0; i < 1_000; i++) df = df.withColumn(`c${i}`, col("id").plus(i));
    const rows = await df.collect();
    expect(rows.map((row) => rowValues(row))).to.deep.equal(
      [0, 1].map((id) => [BigInt(id), ...Array.from({ length: 1_000 }, (_, i) => BigInt(id + i))]),
    );
  });

  it("a stack that reads and replaces its own columns gives what its steps give", async () => {
    const steps: (readonly [string, Column])[] = Array.from({ length: 80 }, (_, i) => {
      const made = `c${i % 7}`;
      const read = i < 7 ? "id" : `c${(i * 3) % 7}`;
      return [
        i >= 7 && i % 11 === 0 ? "id" : made,
        when(col(read).gt(50), lit(i)).otherwise(col(read).plus(i)),
      ];
    });
    let df: DataFrame = spark.range(3);
    let expected: Record<string, number>[] = [0, 1, 2].map((id) => ({ id }));
    steps.forEach(([name, column], i) => {
      df = df.withColumn(name, column);
      const read = i < 7 ? "id" : `c${(i * 3) % 7}`;
      expected = expected.map((row) => {
        const value = row[read] as number;
        return { ...row, [name]: value > 50 ? i : value + i };
      });
    });
    const sent = resolvePlan(df.toPlan());
    expect(sent).not.to.equal(df.toPlan());
    const rows = await df.collect();
    expect(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, Number(v)]))),
    ).to.deep.equal(expected);
  });

  it("ten thousand terms of OR", async () => {
    const anyOf = (n: number) =>
      Array.from({ length: n }, (_, i) => col("id").eq(lit(BigInt(i * 2)))).reduce((all, term) =>
        all.or(term),
      );
    expect((await spark.range(21).filter(anyOf(10_000)).schema()).names).to.deep.equal(["id"]);
    // Ten thousand run too, but Spark's optimizer takes time by the square of their number.
    expect(await spark.range(21).filter(anyOf(2_000)).count()).to.equal(11n);
  });

  it("a thousand unions", async () => {
    const one = await spark.createDataFrame([{ n: 1, text: "a" }]);
    const union = Array.from({ length: 1_000 }, () => one).reduce((all, next) => all.union(next));
    const two = union.limit(2);
    expect((await two.collect()).map((row) => rowValues(row))).to.deep.equal([
      [1, "a"],
      [1, "a"],
    ]);
    expect((await two.schema()).simpleString()).to.equal("struct<n:int,text:string>");
  }).timeout(120_000);

  it("as deep as may be sent, the server takes it", async () => {
    let df: DataFrame = spark.range(1);
    for (let i = 0; i < 490; i++) df = df.filter("id = 0").alias(`t${i}`);
    const error = await df.collect().catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "SPARK_PLAN_TOO_DEEP");
    let fits: DataFrame = spark.range(1);
    for (let i = 0; i < 495; i++) fits = fits.alias("t");
    expect((await fits.schema()).names).to.deep.equal(["id"]);
  });
});
