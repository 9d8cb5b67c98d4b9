import { col, lit, parseJson } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, spark } from "../fixture.ts";

const { tvf } = spark;
const structs = [{ a: 1, b: "x" }];

export const cases: readonly GoldenCase[] = [
  golden("spark.tvf.range(5)", () => tvf.range(5)),
  golden("spark.tvf.range(1, 9, 2, 3)", () => tvf.range(1, 9, 2, 3)),
  golden("spark.tvf.explode(F.array(F.lit(1), F.lit(2)))", () => tvf.explode([1, 2])),
  golden("spark.tvf.explode_outer(F.create_map(F.lit('a'), F.lit(1)))", () =>
    tvf.explodeOuter(new Map([["a", 1]])),
  ),
  golden("spark.tvf.posexplode(F.array(F.lit(1)))", () => tvf.posexplode([1])),
  golden("spark.tvf.posexplode_outer(F.array(F.lit(1)))", () => tvf.posexplodeOuter([1])),
  golden("spark.tvf.inline(F.array(F.named_struct(F.lit('a'), F.lit(1), F.lit('b'), F.lit('x'))))", () =>
    tvf.inline(structs),
  ),
  golden(
    "spark.tvf.inline_outer(F.array(F.named_struct(F.lit('a'), F.lit(1), F.lit('b'), F.lit('x'))))",
    () => tvf.inlineOuter(structs),
  ),
  golden("spark.tvf.json_tuple(F.lit('{}'), F.lit('a'), F.lit('b'))", () => tvf.jsonTuple("{}", "a", "b")),
  golden("spark.tvf.stack(F.lit(2), F.lit(1), F.lit(2), F.lit(3))", () => tvf.stack(2, 1, 2, 3)),
  golden("spark.tvf.collations()", () => tvf.collations()),
  golden("spark.tvf.sql_keywords()", () => tvf.sqlKeywords()),
  golden("spark.tvf.variant_explode(F.parse_json(F.lit('[1]')))", () =>
    tvf.variantExplode(parseJson(lit("[1]"))),
  ),
  golden("spark.tvf.variant_explode_outer(F.parse_json(F.lit('[1]')))", () =>
    tvf.variantExplodeOuter(parseJson(lit("[1]"))),
  ),
  golden("spark.tvf.python_worker_logs()", () => tvf.pythonWorkerLogs()),
  golden("spark.tvf._fn('explode', F.array())", () => tvf.call("explode", [])),
  golden("spark.tvf.explode(F.col('tags').outer())", () => tvf.explode(col("tags").outer())),
  golden("df.lateralJoin(spark.tvf.json_tuple(F.col('name').outer(), F.lit('a')))", () =>
    df.lateralJoin(tvf.jsonTuple(col("name").outer(), "a")),
  ),
];
