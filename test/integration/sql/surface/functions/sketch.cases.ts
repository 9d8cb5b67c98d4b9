import { expect } from "chai";
import { col, functions, type SparkSession } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

const rows = (spark: SparkSession) =>
  spark.sql("SELECT * FROM VALUES (1, 1), (1, 2), (1, 3), (2, 3), (2, 4) AS t(g, n)");

/** The values of a group: 1, 2, 3 and 3, 4. */
const group = (g: number) => functions.when(col("g").eq(g), col("n"));
const [one, two] = [group(1), group(2)];

const bits = (count: number, first: number) => (bitmap: Uint8Array) => {
  expect([bitmap.length, bitmap[0]]).to.deep.equal([4096, first]);
  expect(bitmap.reduce((sum, byte) => sum + byte.toString(2).replaceAll("0", "").length, 0)).to.equal(count);
};

const isKllText = (text: string) =>
  expect(text)
    .to.match(/kll.*sketch summary/i)
    .and.match(/N\s*: 3/);

export const tables: readonly FunctionTable[] = [
  {
    from: rows,
    cases: {
      bitmapBitPosition: (f) => [[f.max(f.bitmapBitPosition(col("n").cast("bigint"))), 3n]],
      bitmapBucketNumber: (f) => [[f.max(f.bitmapBucketNumber(col("n").plus(32_765))), 2n]],
      bitmapConstructAgg: (f) => [[f.bitmapConstructAgg(f.bitmapBitPosition("n")), bits(4, 0b1111)]],
      bitmapCount: (f) => [[f.bitmapCount(f.bitmapConstructAgg(f.bitmapBitPosition("n"))), 4n]],
      hllSketchAgg: (f) => [
        [f.hllSketchEstimate(f.hllSketchAgg("n")), 4n],
        [f.hllSketchEstimate(f.hllSketchAgg("n", 8)), 4n],
      ],
      hllSketchEstimate: (f) => [[f.hllSketchEstimate(f.hllSketchAgg(one)), 3n]],
      hllUnion: (f) => [
        [f.hllSketchEstimate(f.hllUnion(f.hllSketchAgg(one), f.hllSketchAgg(two))), 4n],
        [f.hllSketchEstimate(f.hllUnion(f.hllSketchAgg(one, 8), f.hllSketchAgg(two, 10), true)), 4n],
      ],
      thetaDifference: (f) => [
        [f.thetaSketchEstimate(f.thetaDifference(f.thetaSketchAgg(one), f.thetaSketchAgg(two))), 2n],
      ],
      thetaIntersection: (f) => [
        [f.thetaSketchEstimate(f.thetaIntersection(f.thetaSketchAgg(one), f.thetaSketchAgg(two))), 1n],
      ],
      thetaSketchAgg: (f) => [
        [f.thetaSketchEstimate(f.thetaSketchAgg("n")), 4n],
        [f.thetaSketchEstimate(f.thetaSketchAgg("n", 15)), 4n],
      ],
      thetaSketchEstimate: (f) => [[f.thetaSketchEstimate(f.thetaSketchAgg(two)), 2n]],
      thetaUnion: (f) => [
        [f.thetaSketchEstimate(f.thetaUnion(f.thetaSketchAgg(one), f.thetaSketchAgg(two))), 4n],
        [f.thetaSketchEstimate(f.thetaUnion(f.thetaSketchAgg(one), f.thetaSketchAgg(two), 4)), 4n],
      ],
      kllSketchAggBigint: (f) => [
        [f.kllSketchGetNBigint(f.kllSketchAggBigint("n")), 5n],
        [f.kllSketchGetNBigint(f.kllSketchAggBigint("n", 400)), 5n],
      ],
      kllSketchGetNBigint: (f) => [[f.kllSketchGetNBigint(f.kllSketchAggBigint(two)), 2n]],
      kllSketchGetQuantileBigint: (f) => [
        [f.kllSketchGetQuantileBigint(f.kllSketchAggBigint("n"), f.lit(0.5)), 3n],
        [f.kllSketchGetQuantileBigint(f.kllSketchAggBigint("n"), f.lit([0.25, 1.0])), [2n, 4n]],
      ],
      kllSketchGetRankBigint: (f) => [
        [f.kllSketchGetRankBigint(f.kllSketchAggBigint("n"), f.lit(3)), 0.8],
        [f.kllSketchGetRankBigint(f.kllSketchAggBigint("n"), f.lit([1, 3])), [0.2, 0.8]],
      ],
      kllSketchMergeBigint: (f) => [
        [
          f.kllSketchGetNBigint(f.kllSketchMergeBigint(f.kllSketchAggBigint(one), f.kllSketchAggBigint(two))),
          5n,
        ],
      ],
      kllSketchToStringBigint: (f) => [[f.kllSketchToStringBigint(f.kllSketchAggBigint(one)), isKllText]],
      kllSketchAggFloat: (f) => [
        [f.kllSketchGetNFloat(f.kllSketchAggFloat(col("n").cast("float"))), 5n],
        [f.kllSketchGetNFloat(f.kllSketchAggFloat(col("n").cast("float"), 400)), 5n],
      ],
      kllSketchGetNFloat: (f) => [[f.kllSketchGetNFloat(f.kllSketchAggFloat(two.cast("float"))), 2n]],
      kllSketchGetQuantileFloat: (f) => [
        [f.kllSketchGetQuantileFloat(f.kllSketchAggFloat(col("n").cast("float")), f.lit(0.5)), 3],
        [
          f.kllSketchGetQuantileFloat(f.kllSketchAggFloat(col("n").cast("float")), f.lit([0.25, 1.0])),
          [2, 4],
        ],
      ],
      kllSketchGetRankFloat: (f) => [
        [f.kllSketchGetRankFloat(f.kllSketchAggFloat(col("n").cast("float")), f.lit(3).cast("float")), 0.8],
        [
          f.kllSketchGetRankFloat(
            f.kllSketchAggFloat(col("n").cast("float")),
            f.lit([1, 3]).cast("array<float>"),
          ),
          [0.2, 0.8],
        ],
      ],
      kllSketchMergeFloat: (f) => [
        [
          f.kllSketchGetNFloat(
            f.kllSketchMergeFloat(
              f.kllSketchAggFloat(one.cast("float")),
              f.kllSketchAggFloat(two.cast("float")),
            ),
          ),
          5n,
        ],
      ],
      kllSketchToStringFloat: (f) => [
        [f.kllSketchToStringFloat(f.kllSketchAggFloat(one.cast("float"))), isKllText],
      ],
      kllSketchAggDouble: (f) => [
        [f.kllSketchGetNDouble(f.kllSketchAggDouble(col("n").cast("double"))), 5n],
        [f.kllSketchGetNDouble(f.kllSketchAggDouble(col("n").cast("double"), 400)), 5n],
      ],
      kllSketchGetNDouble: (f) => [[f.kllSketchGetNDouble(f.kllSketchAggDouble(two.cast("double"))), 2n]],
      kllSketchGetQuantileDouble: (f) => [
        [f.kllSketchGetQuantileDouble(f.kllSketchAggDouble(col("n").cast("double")), f.lit(0.5)), 3],
        [
          f.kllSketchGetQuantileDouble(f.kllSketchAggDouble(col("n").cast("double")), f.lit([0.25, 1.0])),
          [2, 4],
        ],
      ],
      kllSketchGetRankDouble: (f) => [
        [
          f.kllSketchGetRankDouble(f.kllSketchAggDouble(col("n").cast("double")), f.lit(3).cast("double")),
          0.8,
        ],
        [
          f.kllSketchGetRankDouble(
            f.kllSketchAggDouble(col("n").cast("double")),
            f.lit([1, 3]).cast("array<double>"),
          ),
          [0.2, 0.8],
        ],
      ],
      kllSketchMergeDouble: (f) => [
        [
          f.kllSketchGetNDouble(
            f.kllSketchMergeDouble(
              f.kllSketchAggDouble(one.cast("double")),
              f.kllSketchAggDouble(two.cast("double")),
            ),
          ),
          5n,
        ],
      ],
      kllSketchToStringDouble: (f) => [
        [f.kllSketchToStringDouble(f.kllSketchAggDouble(one.cast("double"))), isKllText],
      ],
    },
  },
  {
    from: async (spark) => {
      const f = functions;
      return (await rows(spark))
        .groupBy("g")
        .agg(
          f.bitmapConstructAgg(f.bitmapBitPosition("n")).alias("bitmap"),
          f.hllSketchAgg("n").alias("hll"),
          f.thetaSketchAgg("n").alias("theta"),
          f.kllSketchAggBigint("n").alias("kllBigint"),
          f.kllSketchAggFloat(col("n").cast("float")).alias("kllFloat"),
          f.kllSketchAggDouble(col("n").cast("double")).alias("kllDouble"),
        );
    },
    cases: {
      bitmapAndAgg: (f) => [[f.bitmapAndAgg("bitmap"), bits(1, 0b100)]],
      bitmapOrAgg: (f) => [[f.bitmapOrAgg("bitmap"), bits(4, 0b1111)]],
      hllUnionAgg: (f) => [
        [f.hllSketchEstimate(f.hllUnionAgg("hll")), 4n],
        [f.hllSketchEstimate(f.hllUnionAgg("hll", true)), 4n],
      ],
      thetaIntersectionAgg: (f) => [[f.thetaSketchEstimate(f.thetaIntersectionAgg("theta")), 1n]],
      thetaUnionAgg: (f) => [
        [f.thetaSketchEstimate(f.thetaUnionAgg("theta")), 4n],
        [f.thetaSketchEstimate(f.thetaUnionAgg("theta", 6)), 4n],
      ],
      kllMergeAggBigint: (f) => [
        [f.kllSketchGetNBigint(f.kllMergeAggBigint("kllBigint")), 5n],
        [f.kllSketchGetQuantileBigint(f.kllMergeAggBigint("kllBigint", 400), f.lit(1)), 4n],
      ],
      kllMergeAggFloat: (f) => [
        [f.kllSketchGetNFloat(f.kllMergeAggFloat("kllFloat")), 5n],
        [f.kllSketchGetQuantileFloat(f.kllMergeAggFloat("kllFloat", 400), f.lit(1)), 4],
      ],
      kllMergeAggDouble: (f) => [
        [f.kllSketchGetNDouble(f.kllMergeAggDouble("kllDouble")), 5n],
        [f.kllSketchGetQuantileDouble(f.kllMergeAggDouble("kllDouble", 400), f.lit(1)), 4],
      ],
    },
  },
];
