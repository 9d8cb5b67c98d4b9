import type { Column } from "../../../../../src/sql/index.ts";
import { col, type SparkSession } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

const sorted = (order: Column) => async (spark: SparkSession) =>
  (await (await spark.sql("SELECT * FROM VALUES (1), (NULL), (2) AS t(n)")).orderBy(order).collect()).map(
    (row) => row["n"],
  );

export const tables: readonly FunctionTable[] = [
  {
    cases: {
      asc: (f) => [[sorted(f.asc("n")), [null, 1, 2]]],
      ascNullsFirst: (f) => [[sorted(f.ascNullsFirst("n")), [null, 1, 2]]],
      ascNullsLast: (f) => [[sorted(f.ascNullsLast("n")), [1, 2, null]]],
      desc: (f) => [[sorted(f.desc("n")), [2, 1, null]]],
      descNullsFirst: (f) => [[sorted(f.descNullsFirst("n")), [null, 2, 1]]],
      descNullsLast: (f) => [[sorted(f.descNullsLast(col("n"))), [2, 1, null]]],
    },
  },
];
