import { expect } from "chai";
import { type Column, col, expr, lit } from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { covers } from "./covers.ts";
import { sortedRowsOf } from "./rows-of.ts";

const table = `surface_merge_${process.pid}_${Date.now()}`;

/** A table is dear: all tests share one, in which `k` says whose the rows are. */
async function rowsAt(k: number): Promise<unknown[][]> {
  const spark = await getSpark();
  return await sortedRowsOf(spark.table(table).where(col("k").eq(k)).select("id", "v"));
}

/** Rows with ids from `start` to before `end` for the table, or to merge into it. */
async function rowsFor(k: number, start: number, end: number, v: Column = lit(7)) {
  return (await getSpark()).range(start, end).select(lit(k).alias("k"), "id", v.alias("v"));
}

/** A merge of ids into the rows `k` of the table, which has the ids 0 to 2. */
async function mergeAt(k: number, start: number, end: number) {
  const source = (await rowsFor(k, start, end)).alias("s");
  return source.mergeInto(table, expr(`${table}.k = s.k AND ${table}.id = s.id`));
}

const mine = (k: number) => expr(`${table}.k = ${k}`);

describe("surface: writes of a DataFrame", () => {
  before(async () => {
    const spark = await getSpark();
    const rows = spark.range(3).crossJoin(spark.range(1, 7).toDF("k"));
    await rows
      .select(col("k").cast("int").alias("k"), "id", lit(1).alias("v"))
      .write.format("delta")
      .saveAsTable(table);
  });

  after(async () => {
    await (await getSpark()).sql(`DROP TABLE IF EXISTS ${table}`);
  });

  covers("DataFrame.write", async () => {
    const df = await rowsFor(11, 0, 2);
    await df.write.mode("append").insertInto(table);
    expect(await rowsAt(11)).to.deep.equal([
      [0n, 7],
      [1n, 7],
    ]);
  });

  covers("DataFrame.writeTo", async () => {
    await (await rowsFor(12, 5, 6)).writeTo(table).append();
    expect(await rowsAt(12)).to.deep.equal([[5n, 7]]);
  });

  covers("DataFrame.mergeInto", async () => {
    const merge = await mergeAt(1, 2, 4);
    await merge.whenMatched().updateAll().whenNotMatched().insertAll().merge();
    expect(await rowsAt(1)).to.deep.equal([
      [0n, 1],
      [1n, 1],
      [2n, 7],
      [3n, 7],
    ]);
  });

  covers("MergeIntoWriter.whenMatched", async () => {
    const merge = (await mergeAt(2, 0, 3))
      .whenMatched(col("s.id").eq(0))
      .delete()
      .whenMatched(col("s.id").eq(1))
      .update({ v: col("s.id").plus(40).cast("int") });
    await merge.merge();
    expect(await rowsAt(2), "a row without a clause stays").to.deep.equal([
      [1n, 41],
      [2n, 1],
    ]);
  });

  covers("MergeIntoWriter.whenNotMatched", async () => {
    const merge = (await mergeAt(3, 2, 6))
      .whenNotMatched(col("s.id").lt(5))
      .insert({ k: col("s.k"), id: col("s.id"), v: lit(null).cast("int") });
    await merge.merge();
    expect(await rowsAt(3)).to.deep.equal([
      [0n, 1],
      [1n, 1],
      [2n, 1],
      [3n, null],
      [4n, null],
    ]);
  });

  covers("MergeIntoWriter.whenNotMatchedBySource", async () => {
    const merge = (await mergeAt(4, 0, 1))
      .whenNotMatchedBySource(mine(4).and(expr(`${table}.id = 1`)))
      .update({ v: lit(9) })
      .whenNotMatchedBySource(mine(4))
      .delete();
    await merge.merge();
    expect(await rowsAt(4)).to.deep.equal([
      [0n, 1],
      [1n, 9],
    ]);
  });

  covers("MergeIntoWriter.merge", async () => {
    const none = await mergeAt(5, 0, 0);
    await none.whenNotMatchedBySource(mine(5)).delete().merge();
    expect(await rowsAt(5)).to.deep.equal([]);
  });

  covers("MergeIntoWriter.withSchemaEvolution", async (spark) => {
    const source = (await rowsFor(6, 3, 4)).withColumn("more", lit("x")).alias("s");
    const merge = source.mergeInto(table, expr(`${table}.k = s.k AND ${table}.id = s.id`));
    await merge.withSchemaEvolution().whenNotMatched().insertAll().merge();
    const rows = await sortedRowsOf(spark.table(table).where("k = 6 AND id > 1").select("id", "v", "more"));
    expect(rows).to.deep.equal([
      [2n, 1, null],
      [3n, 7, "x"],
    ]);
  });
});
