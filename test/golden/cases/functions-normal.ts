import { functions as F } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, other } from "../fixture.ts";

export const cases: readonly GoldenCase[] = [
  golden("F.col('age')", () => F.col("age")),
  golden("F.col('*')", () => F.col("*")),
  golden("F.col('people.*')", () => F.col("people.*")),
  golden("F.col('address.city')", () => F.col("address.city")),
  golden("F.column('age')", () => F.column("age")),
  golden("F.expr('age + 1')", () => F.expr("age + 1")),
  golden("F.call_function('upper', 'name')", () => F.callFunction("upper", "name")),
  golden("F.call_function('spark_catalog.default.f', F.lit(1), 'age')", () =>
    F.callFunction("spark_catalog.default.f", F.lit(1), "age"),
  ),
  golden("F.call_udf('f', 'age', F.lit(1))", () => F.callUdf("f", "age", F.lit(1))),
  golden("F.unwrap_udt('tags')", () => F.unwrapUdt("tags")),
  golden("F.broadcast(df)", () => F.broadcast(df)),
  golden("df.join(F.broadcast(other), 'id')", () => df.join(F.broadcast(other), "id")),
];
