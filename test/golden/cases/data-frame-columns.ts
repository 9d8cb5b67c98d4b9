import { col, DateType, expr, LongType, lit, StructType, upper } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, other, spark } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.select()", () => df.select()),
  golden("df.select('id', 'name')", () => df.select("id", "name")),
  golden("df.select('*')", () => df.select("*")),
  golden("df.alias('p').select('p.*', 'p.id')", () => df.alias("p").select("p.*", "p.id")),
  golden("df.select(F.col('age') + 1, F.lit(True))", () => df.select(col("age").plus(1), lit(true))),
  golden("df.select(df.id, df['name'])", () => df.select(df.col("id"), df.col("name"))),
  golden("df.select(df['*'])", () => df.select(df.col("*"))),
  golden("df.select('address.city')", () => df.select("address.city")),
  golden("df.select(df.address.city)", () => df.select(df.col("address").getField("city"))),
  golden("df.select(df.tags[0], df.scores['x'])", () =>
    df.select(df.col("tags").getItem(0), df.col("scores").getItem("x")),
  ),
  golden("df.selectExpr('id + 1', 'upper(name) AS n')", () => df.selectExpr("id + 1", "upper(name) AS n")),
  golden("df.select(df.colRegex('`a.*`'))", () => df.select(df.colRegex("`a.*`"))),
  golden("df.select(df.metadataColumn('_metadata'))", () => df.select(df.metadataColumn("_metadata"))),
  golden("df.withColumn('n', F.upper('name'))", () => df.withColumn("n", upper("name"))),
  golden("df.withColumn('n', F.lit(None))", () => df.withColumn("n", lit(null))),
  golden("df.withColumns({'a': F.lit(1), 'b': F.col('age')})", () =>
    df.withColumns({ a: lit(1), b: col("age") }),
  ),
  golden("df.withColumnRenamed('age', 'years')", () => df.withColumnRenamed("age", "years")),
  golden("df.withColumnsRenamed({'age': 'years', 'id': 'key'})", () =>
    df.withColumnsRenamed({ age: "years", id: "key" }),
  ),
  golden("df.withMetadata('age', {})", () => df.withMetadata("age", {})),
  golden("df.drop('age')", () => df.drop("age")),
  golden("df.drop('age', 'nosuch')", () => df.drop("age", "nosuch")),
  golden("df.drop(df.age)", () => df.drop(df.col("age"))),
  golden("df.drop('id', F.col('age'))", () => df.drop("id", col("age"))),
  golden("df.drop()", () => df.drop()),
  golden("df.toDF(*'abcdefghijk')", () => df.toDF(..."abcdefghijk")),
  golden("df.to(T.StructType().add('id', T.DateType()).add('age', T.LongType(), False))", () =>
    df.to(new StructType().add("id", DateType).add("age", LongType, false)),
  ),
  golden("df.zipWithIndex()", () => df.zipWithIndex()),
  golden("df.zipWithIndex('n')", () => df.zipWithIndex("n")),
  golden("df.toJSON()", () => df.toJSON()),
  golden("df.alias('p')", () => df.alias("p")),
  golden("df.alias('a').join(df.alias('b'), F.col('a.id') == F.col('b.id'))", () =>
    df.alias("a").join(df.alias("b"), col("a.id").eq(col("b.id"))),
  ),
  golden("df.transform(lambda d: d.select('id'))", () => df.transform((d) => d.select("id"))),
  golden("df.select(F.expr('id'), other.id)", () => df.select(expr("id"), other.col("id"))),
  golden("spark.range(3).select('id')", () => spark.range(3).select("id")),
];
