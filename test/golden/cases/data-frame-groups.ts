import { avg, col, count, lit, max, sum } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("df.groupBy('name').count()", () => df.groupBy("name").count()),
  golden("df.groupBy().count()", () => df.groupBy().count()),
  golden("df.groupby('name', F.col('age') > 3).agg(F.count(F.lit(1)))", () =>
    df.groupBy("name", col("age").gt(3)).agg(count("*")),
  ),
  golden("df.groupBy('name').agg({'age': 'max', 'height': 'avg'})", () =>
    df.groupBy("name").agg({ age: "max", height: "avg" }),
  ),
  golden("df.groupBy('name').agg(F.max('age').alias('oldest'), F.sum('salary'))", () =>
    df.groupBy("name").agg(max("age").alias("oldest"), sum("salary")),
  ),
  golden("df.groupBy('name').sum('age')", () => df.groupBy("name").sum("age")),
  golden("df.groupBy('name').avg('age', 'height')", () => df.groupBy("name").avg("age", "height")),
  golden("df.groupBy('name').mean('age')", () => df.groupBy("name").mean("age")),
  golden("df.groupBy('name').min('age')", () => df.groupBy("name").min("age")),
  golden("df.groupBy('name').max('age')", () => df.groupBy("name").max("age")),
  golden("df.agg(F.max('age'))", () => df.agg(max("age"))),
  golden("df.agg({'age': 'max'})", () => df.agg({ age: "max" })),
  golden("df.rollup('name', 'age').count()", () => df.rollup("name", "age").count()),
  golden("df.rollup('name').sum('age')", () => df.rollup("name").sum("age")),
  golden("df.cube('name', df.age).agg(F.avg('height'))", () =>
    df.cube("name", df.col("age")).agg(avg("height")),
  ),
  golden("df.cube('name').count()", () => df.cube("name").count()),
  golden("df.groupingSets([['name', 'age'], ['name'], []], 'name', 'age').count()", () =>
    df.groupingSets([["name", "age"], ["name"], []], "name", "age").count(),
  ),
  golden("df.groupingSets([[F.col('name')]], 'name').agg(F.max('age'))", () =>
    df.groupingSets([[col("name")]], "name").agg(max("age")),
  ),
  golden("df.groupBy('name').pivot('active').sum('age')", () =>
    df.groupBy("name").pivot("active").sum("age"),
  ),
  golden("df.groupBy('name').pivot('active', [True, False]).sum('age')", () =>
    df.groupBy("name").pivot("active", [true, false]).sum("age"),
  ),
  golden("df.groupBy('name').pivot('age', [30, 31]).agg(F.count(F.lit(1)), F.max('height'))", () =>
    df.groupBy("name").pivot("age", [30, 31]).agg(count("*"), max("height")),
  ),
  golden("df.groupBy().pivot('name', ['Ann', 'Bob']).count()", () =>
    df.groupBy().pivot("name", ["Ann", "Bob"]).count(),
  ),
  golden("df.groupBy('name').pivot('height', [1.5]).count()", () =>
    df.groupBy("name").pivot("height", [1.5]).count(),
  ),
  golden("df.unpivot('id', ['age', 'height'], 'what', 'value')", () =>
    df.unpivot("id", ["age", "height"], "what", "value"),
  ),
  golden("df.unpivot(['id', F.col('name')], None, 'what', 'value')", () =>
    df.unpivot(["id", col("name")], undefined, "what", "value"),
  ),
  golden("df.unpivot([], 'age', 'what', 'value')", () => df.unpivot([], "age", "what", "value")),
  golden("df.melt(df.id, df.age, 'what', 'value')", () =>
    df.melt(df.col("id"), df.col("age"), "what", "value"),
  ),
  golden("df.transpose()", () => df.transpose()),
  golden("df.transpose('name')", () => df.transpose("name")),
  golden("df.transpose(df.id)", () => df.transpose(df.col("id"))),
  golden("df.groupBy(F.lit(1)).agg(F.sum(F.col('age') * 2))", () =>
    df.groupBy(lit(1)).agg(sum(col("age").multiply(2))),
  ),
];
