import { expect } from "chai";
import { type Column, col, type SparkSession } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";
import { inAnyOrder, oneOf } from "./checks.ts";

/** One partition, so that the first row is the first. */
const rows = async (spark: SparkSession) =>
  (
    await spark.sql(`SELECT * FROM VALUES
      (1, 1D, 'a', true, 1), (2, 2D, 'b', false, 1), (2, 4D, 'b', true, 2), (NULL, 3D, NULL, NULL, 2)
      AS t(n, d, s, b, k)`)
  ).coalesce(1);

const late = col("d").gt(1);

/** The value for all rows, then that for each `k`. */
const totals = (column: Column) => async (spark: SparkSession) =>
  (await (await rows(spark)).rollup("k").agg(column.alias("value")).orderBy("k").collect()).map(
    (row) => row["value"],
  );

/** Spark's form of a sketch: a version, the number of values, depth and width. */
function isSketchOf(count: bigint): (sketch: Uint8Array) => void {
  return (sketch) => {
    const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength);
    expect([view.getInt32(0), view.getBigInt64(4)]).to.deep.equal([1, count]);
  };
}

export const tables: readonly FunctionTable[] = [
  {
    from: rows,
    cases: {
      anyValue: (f) => [
        [f.anyValue("d"), oneOf(1, 2, 3, 4)],
        [f.anyValue(f.when(late, col("d")), true), oneOf(2, 3, 4)],
      ],
      approxCountDistinct: (f) => [
        [f.approxCountDistinct("n"), 2n],
        [f.approxCountDistinct("d", 0.01), 4n],
      ],
      arrayAgg: (f) => [[f.arrayAgg("n"), inAnyOrder(1, 2, 2)]],
      avg: (f) => [[f.avg("d"), 2.5]],
      bitAnd: (f) => [[f.bitAnd(col("n").plus(4)), 4]],
      bitOr: (f) => [[f.bitOr("n"), 3]],
      bitXor: (f) => [[f.bitXor("n"), 1]],
      boolAnd: (f) => [[f.boolAnd("b"), false]],
      boolOr: (f) => [[f.boolOr("b"), true]],
      collectList: (f) => [[f.collectList("n"), inAnyOrder(1, 2, 2)]],
      collectSet: (f) => [[f.collectSet("n"), inAnyOrder(1, 2)]],
      count: (f) => [
        [f.count("*"), 4n],
        [f.count(col("*")), 4n],
        [f.count("n"), 3n],
      ],
      countDistinct: (f) => [
        [f.countDistinct("n"), 2n],
        [f.countDistinct("n", col("d")), 3n],
      ],
      countIf: (f) => [
        [f.countIf("b"), 2n],
        [f.countIf(late), 3n],
      ],
      countMinSketch: (f) => [
        [f.countMinSketch("n", 0.1, 0.9, 7), isSketchOf(3n)],
        [f.countMinSketch("s", f.lit(0.1), f.lit(0.9)), isSketchOf(3n)],
      ],
      every: (f) => [[f.every(late), false]],
      first: (f) => [
        [f.first("n"), 1],
        [f.first(f.when(late, col("n"))), null],
        [f.first(f.when(late, col("n")), true), 2],
      ],
      firstValue: (f) => [
        [f.firstValue("d"), 1],
        [f.firstValue(f.when(late, col("d")), true), 2],
      ],
      last: (f) => [
        [f.last("n"), null],
        [f.last("n", true), 2],
      ],
      lastValue: (f) => [
        [f.lastValue("n"), null],
        [f.lastValue("n", f.lit(true)), 2],
      ],
      listagg: (f) => [
        [f.listagg("s"), "abb"],
        [f.listagg("s", ", "), "a, b, b"],
        [f.listagg(col("s").cast("binary"), Uint8Array.of(45)), Buffer.from("a-b-b")],
      ],
      listaggDistinct: (f) => [
        [f.listaggDistinct("s"), oneOf("ab", "ba")],
        [f.listaggDistinct("s", "|"), oneOf("a|b", "b|a")],
      ],
      max: (f) => [[f.max("d"), 4]],
      maxBy: (f) => [
        [f.maxBy("n", "d"), 2],
        [f.maxBy("d", "d", 2), [4, 3]],
      ],
      mean: (f) => [[f.mean("d"), 2.5]],
      min: (f) => [[f.min("n"), 1]],
      minBy: (f) => [
        [f.minBy("s", "d"), "a"],
        [f.minBy("d", "d", 3), [1, 2, 3]],
      ],
      mode: (f) => [
        [f.mode("n"), 2],
        [f.mode("d", true), 1],
      ],
      product: (f) => [[f.product("d"), 24]],
      some: (f) => [[f.some(late), true]],
      stringAgg: (f) => [
        [f.stringAgg("s"), "abb"],
        [f.stringAgg("s", f.lit("+")), "a+b+b"],
      ],
      stringAggDistinct: (f) => [
        [f.stringAggDistinct("s"), oneOf("ab", "ba")],
        [f.stringAggDistinct("s", ","), oneOf("a,b", "b,a")],
      ],
      sum: (f) => [[f.sum("n"), 5n]],
      sumDistinct: (f) => [[f.sumDistinct("n"), 3n]],
      tryAvg: (f) => [[f.tryAvg("d"), 2.5]],
      trySum: (f) => [
        [f.trySum("n"), 5n],
        [f.trySum(f.lit(2n ** 62n)), null],
      ],
    },
  },
  {
    cases: {
      grouping: (f) => [[totals(f.grouping("k")), [1, 0, 0]]],
      groupingId: (f) => [
        [totals(f.groupingId()), [1n, 0n, 0n]],
        [totals(f.groupingId("k")), [1n, 0n, 0n]],
      ],
    },
  },
];
