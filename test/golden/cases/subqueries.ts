import { array, col, lit, max, struct, sum, when } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, other, spark } from "../fixture.ts";

const mine = other.where(other.col("person_id").eq(col("p.id").outer()));

export const cases: readonly GoldenCase[] = [
  golden("df.select(other.select(F.max('amount')).scalar())", () =>
    df.select(other.select(max("amount")).scalar()),
  ),
  golden("df.where(other.where(other.person_id == F.col('p.id').outer()).exists())", () =>
    df.where(mine.exists()),
  ),
  golden("df.where(~other.where(other.person_id == F.col('p.id').outer()).exists())", () =>
    df.where(mine.exists().not()),
  ),
  golden("df.where(df.age > other.agg(F.max('id')).scalar())", () =>
    df.where(df.col("age").gt(other.agg(max("id")).scalar())),
  ),
  golden("df.where(F.col('id').isin(other.select('person_id')))", () =>
    df.where(col("id").isin(other.select("person_id"))),
  ),
  golden("df.where(F.struct('id', 'born').isin(other.select('person_id', 'day')))", () =>
    df.where(struct("id", "born").isin(other.select("person_id", "day"))),
  ),
  golden("df.where(~F.col('id').isin(other.select('person_id')) & F.col('active'))", () =>
    df.where(col("id").isin(other.select("person_id")).not().and(col("active"))),
  ),
  golden(
    "df.withColumn('total', other.where(other.person_id == F.col('p.id').outer()).select(F.sum('amount')).scalar())",
    () => df.withColumn("total", mine.select(sum("amount")).scalar()),
  ),
  golden(
    "df.select('id', other.select(F.max('id')).scalar() + 1, other.select(F.max('amount')).scalar().alias('m'))",
    () =>
      df.select(
        "id",
        other.select(max("id")).scalar().plus(1),
        other.select(max("amount")).scalar().alias("m"),
      ),
  ),
  golden("df.orderBy(other.select(F.max('id')).scalar().desc())", () =>
    df.orderBy(other.select(max("id")).scalar().desc()),
  ),
  golden("df.groupBy('name').agg(F.max(F.col('age') + other.select(F.max('id')).scalar()))", () =>
    df.groupBy("name").agg(max(col("age").plus(other.select(max("id")).scalar()))),
  ),
  golden("df.where(other.where(other.id.isin(df.select('id'))).exists())", () =>
    df.where(other.where(other.col("id").isin(df.select("id"))).exists()),
  ),
  golden("df.join(other, other.where(F.col('id') == 1).exists())", () =>
    df.join(other, other.where(col("id").eq(1)).exists()),
  ),
  golden("df.where(other.exists()).alias('x').select('x.id')", () =>
    df.where(other.exists()).alias("x").select("x.id"),
  ),
  golden("df.where(other.exists()).join(other, 'id')", () => df.where(other.exists()).join(other, "id")),
  golden("df.where(other.exists()).collect()", () => df.where(other.exists()).collect()),
  golden("df.repartition(3, other.select(F.max('id')).scalar())", () =>
    df.repartition(3, other.select(max("id")).scalar()),
  ),
  golden("spark.tvf.explode(F.array(other.select(F.max('id')).scalar()))", () =>
    spark.tvf.explode(array(other.select(max("id")).scalar())),
  ),
  golden("df.drop(other.select(F.max('id')).scalar())", () => df.drop(other.select(max("id")).scalar())),
  golden("df.where(other.exists()).where(other.where('id > 1').exists())", () =>
    df.where(other.exists()).where(other.where("id > 1").exists()),
  ),
  golden("df.select(F.when(other.exists(), F.lit(1)).otherwise(df.select(F.max('id')).scalar()))", () =>
    df.select(when(other.exists(), lit(1)).otherwise(df.select(max("id")).scalar())),
  ),
];
