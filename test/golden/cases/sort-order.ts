import { asc, ascNullsLast, col, desc, descNullsFirst } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, other, spark } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.asc('age')", () => asc("age")),
  golden("F.asc_nulls_last('age')", () => ascNullsLast("age")),
  golden("F.desc('age')", () => desc("age")),
  golden("F.desc_nulls_first('age')", () => descNullsFirst("age")),
  golden("df.orderBy('age', F.desc('name'))", () => df.orderBy("age", desc("name"))),
  golden("df.orderBy(df.age)", () => df.orderBy(df.col("age"))),
  golden("df.sortWithinPartitions(F.col('age').desc())", () => df.sortWithinPartitions(col("age").desc())),
  golden("df.join(other, df.id == other.person_id)", () =>
    df.join(other, df.col("id").eq(other.col("person_id"))),
  ),
  golden("spark.sql('SELECT 1')", () => spark.sql("SELECT 1")),
  golden("df.count()", () => df.count()),
  golden("df.isStreaming", () => df.isStreaming()),
];
