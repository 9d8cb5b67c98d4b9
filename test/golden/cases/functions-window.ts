import { functions as F, Window } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.cume_dist()", () => F.cumeDist()),
  golden("F.dense_rank()", () => F.denseRank()),
  golden("F.lag('age')", () => F.lag("age")),
  golden("F.lag('age', 2)", () => F.lag("age", 2)),
  golden("F.lag('age', 2, 0)", () => F.lag("age", 2, 0)),
  golden("F.lag('age', 1, None)", () => F.lag("age", 1, null)),
  golden("F.lead('age')", () => F.lead("age")),
  golden("F.lead('name', 2, 'none')", () => F.lead("name", 2, "none")),
  golden("F.nth_value('age', 2)", () => F.nthValue("age", 2)),
  golden("F.nth_value('age', 2, True)", () => F.nthValue("age", 2, true)),
  golden("F.ntile(4)", () => F.ntile(4)),
  golden("F.percent_rank()", () => F.percentRank()),
  golden("F.rank()", () => F.rank()),
  golden("F.row_number()", () => F.rowNumber()),
  golden("F.row_number().over(Window.partitionBy('name').orderBy(F.desc('age')))", () =>
    F.rowNumber().over(Window.partitionBy("name").orderBy(F.desc("age"))),
  ),
  golden("F.sum('age').over(Window.orderBy('id').rowsBetween(-1, Window.currentRow))", () =>
    F.sum("age").over(Window.orderBy("id").rowsBetween(-1, Window.currentRow)),
  ),
];
