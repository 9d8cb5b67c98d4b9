import { col } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";
import { about } from "./checks.ts";

// Of y: mean 2.75, sum of squares 8.75, of cubes 5.625, of fourth powers 35.328125, about the mean.
// Of the three pairs: means 2 and 13/3, sums of squares 2 and 38/3, of products 5.
export const tables: readonly FunctionTable[] = [
  {
    from: (spark) =>
      spark.sql("SELECT * FROM VALUES (1D, 2D), (2D, 4D), (3D, 7D), (NULL, 9D), (5D, NULL) AS t(y, x)"),
    cases: {
      approxPercentile: (f) => [
        [f.approxPercentile("y", 0.5), 2],
        [f.approxPercentile("y", [0, 1], 100), [1, 5]],
      ],
      corr: (f) => [[f.corr("x", "y"), about(5 / Math.sqrt((2 * 38) / 3))]],
      covarPop: (f) => [[f.covarPop("x", "y"), about(5 / 3)]],
      covarSamp: (f) => [[f.covarSamp("x", "y"), about(5 / 2)]],
      histogramNumeric: (f) => [
        [f.transform(f.histogramNumeric("y", 4), (bin) => bin.getField("x")), [1, 2, 3, 5]],
        [f.size(f.histogramNumeric("y", f.lit(2))), 2],
      ],
      kurtosis: (f) => [[f.kurtosis("y"), about(35.328125 / 4 / (8.75 / 4) ** 2 - 3)]],
      median: (f) => [[f.median("y"), 2.5]],
      percentile: (f) => [
        [f.percentile("y", 0.5), 2.5],
        [f.percentile("y", [0, 1]), [1, 5]],
        [f.percentile("y", 0.5, f.when(col("y").eq(1), 5).otherwise(1)), 1],
      ],
      percentileApprox: (f) => [
        [f.percentileApprox("y", 0.5), 2],
        [f.percentileApprox("y", [0.25, 1], 1000), [1, 5]],
        [f.percentileApprox("y", f.array(f.lit(0.75)), f.lit(10)), [3]],
      ],
      regrAvgx: (f) => [[f.regrAvgx("y", "x"), about(13 / 3)]],
      regrAvgy: (f) => [[f.regrAvgy("y", "x"), about(2)]],
      regrCount: (f) => [[f.regrCount("y", "x"), 3n]],
      regrIntercept: (f) => [[f.regrIntercept("y", "x"), about(2 - ((15 / 38) * 13) / 3)]],
      regrR2: (f) => [[f.regrR2("y", "x"), about(75 / 76)]],
      regrSlope: (f) => [[f.regrSlope("y", "x"), about(15 / 38)]],
      regrSxx: (f) => [[f.regrSxx("y", "x"), about(38 / 3)]],
      regrSxy: (f) => [[f.regrSxy("y", "x"), about(5)]],
      regrSyy: (f) => [[f.regrSyy("y", "x"), about(2)]],
      skewness: (f) => [[f.skewness("y"), about(5.625 / 4 / (8.75 / 4) ** 1.5)]],
      std: (f) => [[f.std("y"), about(Math.sqrt(8.75 / 3))]],
      stddev: (f) => [[f.stddev("y"), about(Math.sqrt(8.75 / 3))]],
      stddevPop: (f) => [[f.stddevPop("y"), about(Math.sqrt(8.75 / 4))]],
      stddevSamp: (f) => [[f.stddevSamp("y"), about(Math.sqrt(8.75 / 3))]],
      varPop: (f) => [[f.varPop("y"), about(8.75 / 4)]],
      varSamp: (f) => [[f.varSamp("y"), about(8.75 / 3)]],
      variance: (f) => [[f.variance(f.when(col("y").gt(2), col("y"))), 2]],
    },
  },
];
