import { expect } from "chai";
import type { SparkSession } from "../../../../src/sql/index.ts";
import {
  col,
  collectList,
  count,
  LocalDate,
  lit,
  sum,
  Window,
  type WindowSpec,
} from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";
import { rowsOf } from "./rows-of.ts";

/** For 0 to 5 the sum over a window, in order. */
async function sums(spark: SparkSession, window: WindowSpec): Promise<unknown[]> {
  const df = spark.range(0, 6, 1, 2).select("id", sum("id").over(window).alias("s")).orderBy("id");
  return (await rowsOf(df)).map(([, s]) => s);
}

const { currentRow, unboundedFollowing, unboundedPreceding } = Window;
const parity = col("id").mod(2);

describe("surface: windows", () => {
  covers("Window.partitionBy", async (spark) => {
    expect(await sums(spark, Window.partitionBy(parity))).to.deep.equal([6n, 9n, 6n, 9n, 6n, 9n]);
  });

  covers("Window.orderBy", async (spark) => {
    expect(await sums(spark, Window.orderBy("id")), "up to the current row").to.deep.equal([
      0n,
      1n,
      3n,
      6n,
      10n,
      15n,
    ]);
  });

  covers("Window.rowsBetween", async (spark) => {
    const window = Window.rowsBetween(-1, 1).orderBy("id");
    expect(await sums(spark, window)).to.deep.equal([1n, 3n, 6n, 9n, 12n, 9n]);
  });

  covers("Window.rangeBetween", async (spark) => {
    const window = Window.rangeBetween(-2, 0).orderBy("id");
    expect(await sums(spark, window)).to.deep.equal([0n, 1n, 3n, 6n, 9n, 12n]);
  });

  covers("Window.currentRow", async (spark) => {
    const window = Window.orderBy("id").rowsBetween(Window.currentRow, unboundedFollowing);
    expect(await sums(spark, window)).to.deep.equal([15n, 15n, 14n, 12n, 9n, 5n]);
  });

  covers("Window.unboundedPreceding", async (spark) => {
    const window = Window.orderBy("id").rowsBetween(Window.unboundedPreceding, -1);
    expect(await sums(spark, window)).to.deep.equal([null, 0n, 1n, 3n, 6n, 10n]);
  });

  covers("Window.unboundedFollowing", async (spark) => {
    const window = Window.orderBy("id").rowsBetween(1, Window.unboundedFollowing);
    expect(await sums(spark, window)).to.deep.equal([15n, 14n, 12n, 9n, 5n, null]);
  });

  covers("WindowSpec.partitionBy", async (spark) => {
    const window = Window.orderBy("id").partitionBy(parity);
    expect(await sums(spark, window)).to.deep.equal([0n, 1n, 2n, 4n, 6n, 9n]);
  });

  covers("WindowSpec.orderBy", async (spark) => {
    const window = Window.partitionBy(parity).orderBy(col("id").desc());
    expect(await sums(spark, window)).to.deep.equal([6n, 9n, 6n, 8n, 4n, 5n]);
  });

  covers("WindowSpec.rowsBetween", async (spark) => {
    const all = collectList("id").over(Window.orderBy("id").rowsBetween(currentRow, 1)).alias("l");
    const rows = await rowsOf(spark.range(3).select("id", all).orderBy("id"));
    expect(rows).to.deep.equal([
      [0n, [0n, 1n]],
      [1n, [1n, 2n]],
      [2n, [2n]],
    ]);
  });

  covers("WindowSpec.rangeBetween", async (spark) => {
    const window = Window.orderBy("id").rangeBetween(unboundedPreceding, currentRow);
    expect(await sums(spark, window)).to.deep.equal([0n, 1n, 3n, 6n, 10n, 15n]);
    const day = lit(LocalDate.parse("2024-02-27")).plus(col("id").cast("int").multiply(2)).alias("day");
    const near = count("*").over(Window.orderBy("day").rangeBetween(-3, 0)).alias("n");
    const rows = await rowsOf(spark.range(3).select(day).select("day", near).orderBy("day"));
    expect(
      rows.map(([at, n]) => [String(at), n]),
      "days, for a DATE",
    ).to.deep.equal([
      ["2024-02-27", 1n],
      ["2024-02-29", 2n],
      ["2024-03-02", 2n],
    ]);
  });
});
