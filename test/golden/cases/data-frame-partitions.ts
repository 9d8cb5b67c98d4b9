import { col, lit } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.repartition(8)", () => df.repartition(8)),
  golden("df.repartition(8, 'id')", () => df.repartition(8, "id")),
  golden("df.repartition('id')", () => df.repartition("id")),
  golden("df.repartition('id', df.name)", () => df.repartition("id", df.col("name"))),
  golden("df.repartition(8, F.col('id') % 3, 'name')", () => df.repartition(8, col("id").mod(3), "name")),
  golden("df.repartitionByRange(8, 'id')", () => df.repartitionByRange(8, "id")),
  golden("df.repartitionByRange('id', F.col('name').desc())", () =>
    df.repartitionByRange("id", col("name").desc()),
  ),
  golden("df.repartitionByRange(2, F.col('age'))", () => df.repartitionByRange(2, col("age"))),
  golden("df.repartitionById(4, 'age')", () => df.repartitionById(4, "age")),
  golden("df.repartitionById(4, F.col('age') + 1)", () => df.repartitionById(4, col("age").plus(1))),
  golden("df.coalesce(1)", () => df.coalesce(1)),
  golden("df.hint('broadcast')", () => df.hint("broadcast")),
  golden("df.hint('repartition', 3)", () => df.hint("repartition", 3)),
  golden("df.hint('repartition', 3, 'age')", () => df.hint("repartition", 3, "age")),
  golden("df.hint('skew', ['a', 'b'])", () => df.hint("skew", ["a", "b"])),
  golden("df.hint('x', 1.5, F.col('id'), F.lit('s'))", () => df.hint("x", 1.5, col("id"), lit("s"))),
];
