import { col } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) => spark.sql("SELECT 1 AS one, CAST(NULL AS INT) AS none, 0 AS zero, double('NaN') AS nan"),
    cases: {
      coalesce: (f) => [
        [f.coalesce("none", "one"), 1],
        [f.coalesce("none"), null],
      ],
      ifnull: (f) => [[f.ifnull("none", f.lit(7)), 7]],
      nanvl: (f) => [[f.nanvl("nan", f.lit(0.5)), 0.5]],
      nullif: (f) => [
        [f.nullif("one", f.lit(1)), null],
        [f.nullif("one", "zero"), 1],
      ],
      nullifzero: (f) => [
        [f.nullifzero("zero"), null],
        [f.nullifzero("one"), 1],
      ],
      nvl: (f) => [[f.nvl("none", "zero"), 0]],
      nvl2: (f) => [
        [f.nvl2("none", f.lit("is"), f.lit("is not")), "is not"],
        [f.nvl2("one", f.lit("is"), f.lit("is not")), "is"],
      ],
      when: (f) => [
        [f.when(col("one").gt(0), "positive"), "positive"],
        [f.when(col("one").lt(0), "negative"), null],
        [f.when(col("none").gt(0), 1).when(col("zero").eq(0), 2).otherwise(3), 2],
      ],
      zeroifnull: (f) => [
        [f.zeroifnull("none"), 0],
        [f.zeroifnull("one"), 1],
      ],
      equalNull: (f) => [
        [f.equalNull("none", f.lit(null)), true],
        [f.equalNull("none", "one"), false],
      ],
      isnan: (f) => [
        [f.isnan("nan"), true],
        [f.isnan(f.lit(0.5)), false],
      ],
      isnotnull: (f) => [
        [f.isnotnull("none"), false],
        [f.isnotnull("one"), true],
      ],
      isnull: (f) => [
        [f.isnull("none"), true],
        [f.isnull("nan"), false],
      ],
    },
  },
];
