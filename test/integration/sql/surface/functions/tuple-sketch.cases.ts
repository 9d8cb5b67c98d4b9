import { type Column, col, functions, type SparkSession } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

const rows = (spark: SparkSession) =>
  spark.sql("SELECT * FROM VALUES (1, 1), (1, 2), (1, 2), (2, 2), (2, 4) AS t(g, n)");

/** The values of a group: 1, 2, 2 and 2, 4; and ten times as much as their summaries. */
const group = (g: number) => functions.when(col("g").eq(g), col("n"));
const summary = col("n").multiply(10);
const theta = functions.thetaSketchAgg(group(2));

const [oneDouble, twoDouble] = [1, 2].map((g) =>
  functions.tupleSketchAggDouble(group(g), summary.cast("double")),
) as [Column, Column];
const [oneInteger, twoInteger] = [1, 2].map((g) => functions.tupleSketchAggInteger(group(g), summary)) as [
  Column,
  Column,
];

export const tables: readonly FunctionTable[] = [
  {
    from: rows,
    cases: {
      tupleDifferenceDouble: (f) => [
        [f.tupleSketchEstimateDouble(f.tupleDifferenceDouble(oneDouble, twoDouble)), 1],
        [f.tupleSketchSummaryDouble(f.tupleDifferenceDouble(oneDouble, twoDouble)), 10],
      ],
      tupleDifferenceThetaDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleDifferenceThetaDouble(oneDouble, theta)), 10],
      ],
      tupleIntersectionDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleIntersectionDouble(oneDouble, twoDouble)), 60],
        [f.tupleSketchSummaryDouble(f.tupleIntersectionDouble(oneDouble, twoDouble, "max")), 40],
      ],
      tupleIntersectionThetaDouble: (f) => [
        [f.tupleSketchEstimateDouble(f.tupleIntersectionThetaDouble(oneDouble, theta)), 1],
        [f.tupleSketchEstimateDouble(f.tupleIntersectionThetaDouble(oneDouble, theta, "min")), 1],
      ],
      tupleSketchAggDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleSketchAggDouble("n", summary.cast("double"))), 110],
        [
          f.tupleSketchSummaryDouble(
            f.tupleSketchAggDouble("n", summary.cast("double"), { lgNomEntries: 8, mode: "max" }),
          ),
          70,
        ],
        [
          f.tupleSketchSummaryDouble(
            f.tupleSketchAggDouble("n", summary.cast("double"), { mode: f.lit("alwaysone") }),
          ),
          3,
        ],
      ],
      tupleSketchEstimateDouble: (f) => [[f.tupleSketchEstimateDouble(oneDouble), 2]],
      tupleSketchSummaryDouble: (f) => [
        [f.tupleSketchSummaryDouble(oneDouble), 50],
        [f.tupleSketchSummaryDouble(oneDouble, "min"), 10],
      ],
      tupleSketchThetaDouble: (f) => [[f.tupleSketchThetaDouble(oneDouble), 1]],
      tupleUnionDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleUnionDouble(oneDouble, twoDouble)), 110],
        [
          f.tupleSketchSummaryDouble(
            f.tupleUnionDouble(oneDouble, twoDouble, { lgNomEntries: 8, mode: "max" }),
          ),
          90,
        ],
      ],
      tupleUnionThetaDouble: (f) => [
        [f.tupleSketchEstimateDouble(f.tupleUnionThetaDouble(oneDouble, theta)), 3],
        [
          f.tupleSketchEstimateDouble(
            f.tupleUnionThetaDouble(oneDouble, theta, { lgNomEntries: 5, mode: "max" }),
          ),
          3,
        ],
      ],
      tupleDifferenceInteger: (f) => [
        [f.tupleSketchEstimateInteger(f.tupleDifferenceInteger(oneInteger, twoInteger)), 1],
        [f.tupleSketchSummaryInteger(f.tupleDifferenceInteger(oneInteger, twoInteger)), 10n],
      ],
      tupleDifferenceThetaInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleDifferenceThetaInteger(oneInteger, theta)), 10n],
      ],
      tupleIntersectionInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleIntersectionInteger(oneInteger, twoInteger)), 60n],
        [f.tupleSketchSummaryInteger(f.tupleIntersectionInteger(oneInteger, twoInteger, "max")), 40n],
      ],
      tupleIntersectionThetaInteger: (f) => [
        [f.tupleSketchEstimateInteger(f.tupleIntersectionThetaInteger(oneInteger, theta)), 1],
        [f.tupleSketchEstimateInteger(f.tupleIntersectionThetaInteger(oneInteger, theta, "min")), 1],
      ],
      tupleSketchAggInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleSketchAggInteger("n", summary)), 110n],
        [
          f.tupleSketchSummaryInteger(
            f.tupleSketchAggInteger("n", summary, { lgNomEntries: 8, mode: "max" }),
          ),
          70n,
        ],
        [
          f.tupleSketchSummaryInteger(f.tupleSketchAggInteger("n", summary, { mode: f.lit("alwaysone") })),
          3n,
        ],
      ],
      tupleSketchEstimateInteger: (f) => [[f.tupleSketchEstimateInteger(oneInteger), 2]],
      tupleSketchSummaryInteger: (f) => [
        [f.tupleSketchSummaryInteger(oneInteger), 50n],
        [f.tupleSketchSummaryInteger(oneInteger, "min"), 10n],
      ],
      tupleSketchThetaInteger: (f) => [[f.tupleSketchThetaInteger(oneInteger), 1]],
      tupleUnionInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleUnionInteger(oneInteger, twoInteger)), 110n],
        [
          f.tupleSketchSummaryInteger(
            f.tupleUnionInteger(oneInteger, twoInteger, { lgNomEntries: 8, mode: "max" }),
          ),
          90n,
        ],
      ],
      tupleUnionThetaInteger: (f) => [
        [f.tupleSketchEstimateInteger(f.tupleUnionThetaInteger(oneInteger, theta)), 3],
        [
          f.tupleSketchEstimateInteger(
            f.tupleUnionThetaInteger(oneInteger, theta, { lgNomEntries: 5, mode: "max" }),
          ),
          3,
        ],
      ],
    },
  },
  {
    from: async (spark) =>
      (await rows(spark))
        .groupBy("g")
        .agg(
          functions.tupleSketchAggDouble("n", summary.cast("double")).alias("double"),
          functions.tupleSketchAggInteger("n", summary).alias("integer"),
        ),
    cases: {
      tupleIntersectionAggDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleIntersectionAggDouble("double")), 60],
        [f.tupleSketchSummaryDouble(f.tupleIntersectionAggDouble("double", "max")), 40],
      ],
      tupleUnionAggDouble: (f) => [
        [f.tupleSketchSummaryDouble(f.tupleUnionAggDouble("double")), 110],
        [f.tupleSketchSummaryDouble(f.tupleUnionAggDouble("double", { lgNomEntries: 6, mode: "min" })), 70],
      ],
      tupleIntersectionAggInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleIntersectionAggInteger("integer")), 60n],
        [f.tupleSketchSummaryInteger(f.tupleIntersectionAggInteger("integer", "max")), 40n],
      ],
      tupleUnionAggInteger: (f) => [
        [f.tupleSketchSummaryInteger(f.tupleUnionAggInteger("integer")), 110n],
        [
          f.tupleSketchSummaryInteger(f.tupleUnionAggInteger("integer", { lgNomEntries: 6, mode: "min" })),
          70n,
        ],
      ],
    },
  },
];
