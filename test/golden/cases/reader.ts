import { LongType, StringType, StructType } from "../../../src/sql/index.ts";
import { df, type GoldenCase, golden, spark } from "../fixture.ts";

const schema = new StructType().add("id", LongType).add("name", new StringType());
const strings = df.select("name");

export const cases: readonly GoldenCase[] = [
  golden("spark.table('people')", () => spark.table("people")),
  golden("spark.read.table('a.b')", () => spark.read.table("a.b")),
  golden("spark.read.option('versionAsOf', 3).table('a.b')", () =>
    spark.read.option("versionAsOf", 3).table("a.b"),
  ),
  golden("spark.read.schema('a INT').load('/p')", () => spark.read.schema("a INT").load("/p")),
  golden(
    "spark.read.format('delta').schema(T.StructType().add('id', T.LongType()).add('name', T.StringType())).load('/p')",
    () => spark.read.format("delta").schema(schema).load("/p"),
  ),
  golden(
    "spark.read.format('csv').option('header', True).option('sep', ';').schema('a INT').load(['/a', '/b'])",
    () => spark.read.format("csv").option("header", true).option("sep", ";").schema("a INT").load("/a", "/b"),
  ),
  golden(
    "spark.read.format('csv').options(header=False, maxColumns=7, samplingRatio=0.5).schema('a INT').load('/a')",
    () =>
      spark.read
        .format("csv")
        .options({ header: false, maxColumns: 7, samplingRatio: 0.5 })
        .schema("a INT")
        .load("/a"),
  ),
  golden("spark.read.schema('a INT').parquet('/a')", () => spark.read.schema("a INT").parquet("/a")),
  golden("spark.read.schema('a INT').orc('/a')", () => spark.read.schema("a INT").orc("/a")),
  golden("spark.read.schema('a INT').text('/a')", () =>
    spark.read.schema("a INT").option("wholetext", false).text("/a"),
  ),
  golden("spark.read.schema('a INT').parquet('/a', '/b', mergeSchema=True)", () =>
    spark.read.schema("a INT").option("mergeSchema", true).parquet("/a", "/b"),
  ),
  golden("spark.read.schema('a INT').text(['/a', '/b'], wholetext=True)", () =>
    spark.read.schema("a INT").option("wholetext", true).text("/a", "/b"),
  ),
  golden("spark.read.schema('a INT').json('/a', multiLine=True)", () =>
    spark.read.schema("a INT").option("multiLine", true).json("/a"),
  ),
  golden("spark.read.schema('a INT').csv(['/a', '/b'], header=True, sep='|')", () =>
    spark.read.schema("a INT").options({ header: true, sep: "|" }).csv("/a", "/b"),
  ),
  golden("spark.read.schema('a INT').xml('/a', rowTag='person')", () =>
    spark.read.schema("a INT").option("rowTag", "person").xml("/a"),
  ),
  golden("spark.read.json(df.select('name'))", () => spark.read.json(strings)),
  golden(
    "spark.read.schema(T.StructType().add('id', T.LongType()).add('name', T.StringType())).json(df.select('name'))",
    () => spark.read.schema(schema).json(strings),
  ),
  golden("spark.read.option('header', True).csv(df.select('name'))", () =>
    spark.read.option("header", true).csv(strings),
  ),
  golden(
    "spark.read.schema(T.StructType().add('id', T.LongType()).add('name', T.StringType())).csv(df.select('name'), sep=';')",
    () => spark.read.schema(schema).option("sep", ";").csv(strings),
  ),
  golden("spark.read.xml(df.select('name'), rowTag='person')", () =>
    spark.read.option("rowTag", "person").xml(strings),
  ),
  golden("spark.read.format('jdbc').option('url', 'jdbc:x').option('dbtable', 't').load()", () =>
    spark.read.format("jdbc").option("url", "jdbc:x").option("dbtable", "t").load(),
  ),
  golden("spark.read.jdbc('jdbc:x', 't')", () => spark.read.jdbc("jdbc:x", "t")),
  golden("spark.read.jdbc('jdbc:x', 't', properties={'user': 'u', 'fetchsize': '10'})", () =>
    spark.read.jdbc("jdbc:x", "t", { user: "u", fetchsize: 10 }),
  ),
  golden("spark.read.jdbc('jdbc:x', 't', 'id', 0, 100, 4, properties={'user': 'u'})", () =>
    spark.read.jdbc(
      "jdbc:x",
      "t",
      { user: "u" },
      { column: "id", lowerBound: 0, upperBound: 100, numPartitions: 4 },
    ),
  ),
  golden("spark.read.jdbc('jdbc:x', 't', predicates=['id < 5', 'id >= 5'])", () =>
    spark.read.jdbc("jdbc:x", "t", {}, { predicates: ["id < 5", "id >= 5"] }),
  ),
  golden("spark.read.changes('a.b')", () => spark.read.changes("a.b")),
  golden("spark.read.option('startingVersion', 1).option('endingVersion', '5').changes('a.b')", () =>
    spark.read.option("startingVersion", 1).option("endingVersion", "5").changes("a.b"),
  ),
];
