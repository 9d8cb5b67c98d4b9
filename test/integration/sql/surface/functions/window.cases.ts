import { col, Window } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

const order = Window.orderBy("n");

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) => spark.sql("SELECT * FROM VALUES (1, 'a'), (2, NULL), (2, NULL), (3, 'd') AS t(n, s)"),
    cases: {
      cumeDist: (f) => [[f.cumeDist().over(order), [0.25, 0.75, 0.75, 1]]],
      denseRank: (f) => [[f.denseRank().over(order), [1, 2, 2, 3]]],
      lag: (f) => [
        [f.lag("n").over(order), [null, 1, 2, 2]],
        [f.lag(col("n"), 2, 0).over(order), [0, 0, 1, 2]],
        [f.lag("n", -1, null).over(order), [2, 2, 3, null]],
      ],
      lead: (f) => [
        [f.lead("n").over(order), [2, 2, 3, null]],
        [f.lead("s", 2, "none").over(order), [null, "d", "none", "none"]],
      ],
      nthValue: (f) => [
        [f.nthValue("n", 2).over(order), [null, 2, 2, 2]],
        [f.nthValue("s", 2, true).over(order), [null, null, null, "d"]],
      ],
      ntile: (f) => [[f.ntile(2).over(order), [1, 1, 2, 2]]],
      percentRank: (f) => [[f.percentRank().over(order), [0, 1 / 3, 1 / 3, 1]]],
      rank: (f) => [[f.rank().over(order), [1, 2, 2, 4]]],
      rowNumber: (f) => [[f.rowNumber().over(order), [1, 2, 3, 4]]],
    },
  },
];
