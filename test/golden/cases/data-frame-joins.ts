import { abs, col, expr, lit } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, other, spark } from "../fixture.ts";

const on = df.col("id").eq(other.col("person_id"));

export const cases: readonly GoldenCase[] = [
  golden("df.join(other)", () => df.join(other)),
  golden("df.join(other, 'id')", () => df.join(other, "id")),
  golden("df.join(other, ['id'])", () => df.join(other, ["id"])),
  golden("df.join(other, [])", () => df.join(other, [])),
  golden("df.join(other, ['id', 'day'], 'left')", () => df.join(other, ["id", "day"], "left")),
  golden("df.join(other, df.id == other.person_id, 'left_outer')", () => df.join(other, on, "left_outer")),
  golden("df.join(other, df.id == other.person_id, 'right')", () => df.join(other, on, "right")),
  golden("df.join(other, df.id == other.person_id, 'rightouter')", () => df.join(other, on, "rightouter")),
  golden("df.join(other, df.id == other.person_id, 'full')", () => df.join(other, on, "full")),
  golden("df.join(other, df.id == other.person_id, 'outer')", () => df.join(other, on, "outer")),
  golden("df.join(other, df.id == other.person_id, 'full_outer')", () => df.join(other, on, "full_outer")),
  golden("df.join(other, df.id == other.person_id, 'semi')", () => df.join(other, on, "semi")),
  golden("df.join(other, df.id == other.person_id, 'left_semi')", () => df.join(other, on, "left_semi")),
  golden("df.join(other, df.id == other.person_id, 'anti')", () => df.join(other, on, "anti")),
  golden("df.join(other, df.id == other.person_id, 'leftanti')", () => df.join(other, on, "leftanti")),
  golden("df.join(other, how='cross')", () => df.join(other, undefined, "cross")),
  golden("df.crossJoin(other)", () => df.crossJoin(other)),
  golden("df.join(other, [df.id == other.person_id, other.amount > 1])", () =>
    df.join(other, [on, other.col("amount").gt(1)]),
  ),
  golden("df.join(other, [df.id == other.person_id, other.amount > 1, df.active], 'semi')", () =>
    df.join(other, [on, other.col("amount").gt(1), df.col("active")], "semi"),
  ),
  golden("df.join(df.select('id'), 'id')", () => df.join(df.select("id"), "id")),
  golden("df.join(other, df.id == other.person_id).select(df.id, other.id)", () =>
    df.join(other, on).select(df.col("id"), other.col("id")),
  ),
  golden("df.join(other, df.id == other.person_id).drop(other.id)", () =>
    df.join(other, on).drop(other.col("id")),
  ),
  golden("df.lateralJoin(spark.tvf.explode(F.col('tags').outer()))", () =>
    df.lateralJoin(spark.tvf.explode(col("tags").outer())),
  ),
  golden("df.lateralJoin(other.where(other.person_id == F.col('p.id').outer()), how='left')", () =>
    df.lateralJoin(other.where(other.col("person_id").eq(col("p.id").outer())), undefined, "left"),
  ),
  golden("df.lateralJoin(other, df.id == other.person_id, 'inner')", () =>
    df.lateralJoin(other, on, "inner"),
  ),
  golden("df.lateralJoin(other, how='cross')", () => df.lateralJoin(other, undefined, "cross")),
  golden("df._joinAsOf(other, 'born', 'day')", () => df.joinAsOf(other, "born", "day")),
  golden("df._joinAsOf(other, df.born, other.day, on='id', how='left')", () =>
    df.joinAsOf(other, df.col("born"), other.col("day"), { on: "id", how: "left" }),
  ),
  golden(
    "df._joinAsOf(other, 'age', 'id', on=df.id == other.person_id, tolerance=F.lit(5), allowExactMatches=False, direction='nearest')",
    () =>
      df.joinAsOf(other, "age", "id", {
        on,
        tolerance: lit(5),
        allowExactMatches: false,
        direction: "nearest",
      }),
  ),
  golden(
    "df._joinAsOf(other, 'updated', 'day', on=['id'], tolerance=F.expr('INTERVAL 1 DAY'), direction='forward')",
    () =>
      df.joinAsOf(other, "updated", "day", {
        on: ["id"],
        tolerance: expr("INTERVAL 1 DAY"),
        direction: "forward",
      }),
  ),
  golden("df.nearestByJoin(other, F.abs(df.age - other.id), 3, 'exact', 'distance')", () =>
    df.nearestByJoin(other, abs(df.col("age").minus(other.col("id"))), 3, "exact", "distance"),
  ),
  golden("df.nearestByJoin(other, F.col('height'), 1, 'approx', 'similarity', joinType='leftouter')", () =>
    df.nearestByJoin(other, col("height"), 1, "approx", "similarity", "leftouter"),
  ),
  golden("df.union(other)", () => df.union(other)),
  golden("df.unionAll(other)", () => df.unionAll(other)),
  golden("df.unionByName(other)", () => df.unionByName(other)),
  golden("df.unionByName(other, allowMissingColumns=True)", () =>
    df.unionByName(other, { allowMissingColumns: true }),
  ),
  golden("df.intersect(other)", () => df.intersect(other)),
  golden("df.intersectAll(other)", () => df.intersectAll(other)),
  golden("df.subtract(other)", () => df.subtract(other)),
  golden("df.subtract(df)", () => df.except(df)),
  golden("df.exceptAll(other)", () => df.exceptAll(other)),
  golden("df.union(df).union(df)", () => df.union(df).union(df)),
];
