import { functions as F } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.coalesce('age', 'id')", () => F.coalesce("age", "id")),
  golden("F.coalesce(F.col('age'), F.lit(0))", () => F.coalesce(F.col("age"), F.lit(0))),
  golden("F.ifnull('age', F.lit(0))", () => F.ifnull("age", F.lit(0))),
  golden("F.nanvl('height', F.lit(0.5))", () => F.nanvl("height", F.lit(0.5))),
  golden("F.nullif('age', F.lit(30))", () => F.nullif("age", F.lit(30))),
  golden("F.nullifzero('age')", () => F.nullifzero("age")),
  golden("F.nvl('age', 'id')", () => F.nvl("age", "id")),
  golden("F.nvl2('age', F.lit(1), F.lit(0))", () => F.nvl2("age", F.lit(1), F.lit(0))),
  golden("F.zeroifnull('age')", () => F.zeroifnull("age")),
  golden("F.when(F.col('age') > 30, 'old')", () => F.when(F.col("age").gt(30), "old")),
  golden("F.when(F.col('age') > 30, F.col('name')).when(F.col('active'), 'a').otherwise(None)", () =>
    F.when(F.col("age").gt(30), F.col("name")).when(F.col("active"), "a").otherwise(null),
  ),
  golden("F.equal_null('age', 'id')", () => F.equalNull("age", "id")),
  golden("F.isnan('height')", () => F.isnan("height")),
  golden("F.isnotnull('age')", () => F.isnotnull("age")),
  golden("F.isnull(F.col('age'))", () => F.isnull(F.col("age"))),
];
