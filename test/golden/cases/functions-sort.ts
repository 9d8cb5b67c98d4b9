import { functions as F } from "../../../src/sql/index.ts";
import { type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.asc('age')", () => F.asc("age")),
  golden("F.asc_nulls_first('age')", () => F.ascNullsFirst("age")),
  golden("F.asc_nulls_last('age')", () => F.ascNullsLast("age")),
  golden("F.desc('age')", () => F.desc("age")),
  golden("F.desc_nulls_first('age')", () => F.descNullsFirst("age")),
  golden("F.desc_nulls_last('age')", () => F.descNullsLast("age")),
  golden("F.desc(F.col('age'))", () => F.desc(F.col("age"))),
];
