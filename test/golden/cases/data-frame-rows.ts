import { col, desc, lit } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, spark } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.filter('age > 3')", () => df.filter("age > 3")),
  golden("df.filter(df.age > 3)", () => df.filter(df.col("age").gt(3))),
  golden("df.where(F.col('active'))", () => df.where(col("active"))),
  golden("df.where('active').filter(F.lit(False))", () => df.where("active").filter(lit(false))),
  golden("df[df.age > 3]", () => df.filter(df.col("age").gt(3))),
  golden("df.sort('age')", () => df.sort("age")),
  golden("df.sort(df.age.desc(), 'name')", () => df.sort(df.col("age").desc(), "name")),
  golden("df.orderBy(['age', 'name'], ascending=[False, True])", () =>
    df.orderBy(col("age").desc(), col("name").asc()),
  ),
  golden("df.orderBy(F.col('age') + 1)", () => df.orderBy(col("age").plus(1))),
  golden("df.orderBy(F.desc('age'), F.col('id').asc_nulls_last())", () =>
    df.orderBy(desc("age"), col("id").ascNullsLast()),
  ),
  golden("df.sortWithinPartitions('age', 'id')", () => df.sortWithinPartitions("age", "id")),
  golden("df.limit(0)", () => df.limit(0)),
  golden("df.limit(10)", () => df.limit(10)),
  golden("df.limit(2147483647)", () => df.limit(2147483647)),
  golden("df.offset(5)", () => df.offset(5)),
  golden("df.offset(5).limit(2)", () => df.offset(5).limit(2)),
  golden("df.distinct()", () => df.distinct()),
  golden("df.dropDuplicates()", () => df.dropDuplicates()),
  golden("df.dropDuplicates(['id', 'name'])", () => df.dropDuplicates("id", "name")),
  golden("df.drop_duplicates(['id'])", () => df.dropDuplicates("id")),
  golden("df.dropDuplicatesWithinWatermark()", () => df.dropDuplicatesWithinWatermark()),
  golden("df.dropDuplicatesWithinWatermark(['id'])", () => df.dropDuplicatesWithinWatermark("id")),
  golden("df.withWatermark('updated', '10 minutes')", () => df.withWatermark("updated", "10 minutes")),
  golden("df.withWatermark('updated', '1 hour').dropDuplicatesWithinWatermark(['id'])", () =>
    df.withWatermark("updated", "1 hour").dropDuplicatesWithinWatermark("id"),
  ),
  golden("df.sample(0.5, 3)", () => df.sample(0.5, { seed: 3 })),
  golden("df.sample(False, 0.25, 3)", () => df.sample(0.25, { withReplacement: false, seed: 3 })),
  golden("df.sample(True, 2.5, 3)", () => df.sample(2.5, { withReplacement: true, seed: 3n })),
  golden("df.sample(withReplacement=None, fraction=0.0, seed=-1)", () => df.sample(0, { seed: -1 })),
  golden("df.randomSplit([1.0, 2.0], 7)[0]", () => part(0, [1, 2], 7)),
  golden("df.randomSplit([1.0, 2.0], 7)[1]", () => part(1, [1, 2], 7)),
  golden("df.randomSplit([0.1, 0.2, 0.7], 9223372036854775807)[2]", () =>
    part(2, [0.1, 0.2, 0.7], 9223372036854775807n),
  ),
  golden("df.randomSplit([1.0, 0.0], 7)[1]", () => part(1, [1, 0], 7)),
  golden("spark.range(1, 9, 2).where('id > 3')", () => spark.range(1, 9, 2).where("id > 3")),
];

function part(i: number, weights: readonly number[], seed: number | bigint) {
  const parts = df.randomSplit(weights, seed);
  return parts[i] ?? df;
}
