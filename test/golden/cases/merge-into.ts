import { col, expr, lit } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

const into = df.alias("s").mergeInto("t", expr("t.id = s.id"));

export const cases: readonly GoldenCase[] = [
  golden("df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenMatched().updateAll().merge()", () =>
    into.whenMatched().updateAll().merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenMatched(F.col('s.active')).update({'name': F.col('s.name'), 't.age': F.lit(1)}).merge()",
    () =>
      into
        .whenMatched(col("s.active"))
        .update({ name: col("s.name"), "t.age": lit(1) })
        .merge(),
  ),
  golden("df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenMatched().delete().merge()", () =>
    into.whenMatched().delete().merge(),
  ),
  golden("df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenNotMatched().insertAll().merge()", () =>
    into.whenNotMatched().insertAll().merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenNotMatched(F.col('s.age') > 3).insert({'id': F.col('s.id')}).merge()",
    () =>
      into
        .whenNotMatched(col("s.age").gt(3))
        .insert({ id: col("s.id") })
        .merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenNotMatchedBySource().delete().merge()",
    () => into.whenNotMatchedBySource().delete().merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenNotMatchedBySource(F.col('t.age') > 3).update({'age': F.lit(None)}).merge()",
    () =>
      into
        .whenNotMatchedBySource(col("t.age").gt(3))
        .update({ age: lit(null) })
        .merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).whenNotMatchedBySource().updateAll().merge()",
    () => into.whenNotMatchedBySource().updateAll().merge(),
  ),
  golden(
    "df.alias('s').mergeInto('t', F.expr('t.id = s.id')).withSchemaEvolution().whenMatched(F.col('s.active')).delete().whenMatched().updateAll().whenNotMatched().insertAll().merge()",
    () =>
      into
        .withSchemaEvolution()
        .whenMatched(col("s.active"))
        .delete()
        .whenMatched()
        .updateAll()
        .whenNotMatched()
        .insertAll()
        .merge(),
  ),
];
