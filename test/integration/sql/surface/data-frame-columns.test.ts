import { expect } from "chai";
import { col, expr, IntegerType, LongType, lit, StructType, upper } from "../../../../src/sql/index.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { people } from "./people.ts";
import { rowsOf } from "./rows-of.ts";

describe("surface: columns of a DataFrame", () => {
  covers("DataFrame.alias", async (spark) => {
    const df = spark.range(2).alias("t");
    expect(await rowsOf(df.select("t.id", "t.*"))).to.deep.equal([
      [0n, 0n],
      [1n, 1n],
    ]);
  });

  covers("DataFrame.colRegex", async (spark) => {
    const df = await people(spark);
    expect(await df.select(df.colRegex("`(?i)^[CA].*`")).columns()).to.deep.equal(["city", "age"]);
  });

  covers("DataFrame.columns", async (spark) => {
    expect(await (await people(spark)).columns()).to.deep.equal(["id", "name", "city", "age", "height"]);
    const twice = spark.range(1).select("id", "id");
    expect(await twice.columns()).to.deep.equal(["id", "id"]);
  });

  covers("DataFrame.drop", async (spark) => {
    const df = await people(spark);
    expect(await df.drop("age", "nosuch", col("name")).columns()).to.deep.equal(["id", "city", "height"]);
    const [a, b] = [spark.range(2), spark.range(2)];
    const joined = a.join(b.withColumn("b", lit(1)), a.col("id").eq(b.col("id")));
    expect(await joined.drop(b.col("id")).columns()).to.deep.equal(["id", "b"]);
    expect(await joined.drop("id").columns(), "a name drops every column of the name").to.deep.equal(["b"]);
  });

  covers("DataFrame.metadataColumn", async (spark) => {
    const table = `metadata_${Date.now()}`;
    await spark.range(3).write.format("parquet").saveAsTable(table);
    try {
      const df = spark.table(table);
      const rows = await rowsOf(
        df.select(df.metadataColumn("_metadata").getField("file_name").endsWith(".parquet")).distinct(),
      );
      expect(rows).to.deep.equal([[true]]);
    } finally {
      await spark.sql(`DROP TABLE ${table}`);
    }
  });

  covers("DataFrame.select", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.select("name", col("age").plus(1), lit("x")).limit(1))).to.deep.equal([
      ["Ann", 31, "x"],
    ]);
    expect(await df.select().columns()).to.deep.equal([]);
    expect(await df.select("*", df.col("id")).columns()).to.have.length(6);
  });

  covers("DataFrame.selectExpr", async (spark) => {
    const df = await people(spark);
    expect(await rowsOf(df.selectExpr("max(age) - min(age) AS years", "count(city)"))).to.deep.equal([
      [40, 4n],
    ]);
  });

  covers("DataFrame.toDF", async (spark) => {
    const df = spark.range(1).withColumn("x", lit(1)).toDF("a", "b");
    expect(await df.columns()).to.deep.equal(["a", "b"]);
    const message = await refusal(spark.range(1).toDF("a", "b").columns());
    expect(message).to.match(/ASSIGNMENT_ARITY_MISMATCH|number of columns|NUM_COLUMNS/);
  });

  covers("DataFrame.to", async (spark) => {
    const schema = new StructType().add("age", LongType).add("id", LongType);
    const df = (await people(spark)).to(schema);
    expect(await df.dtypes()).to.deep.equal([
      ["age", "bigint"],
      ["id", "bigint"],
    ]);
    expect((await rowsOf(df))[0]).to.deep.equal([30n, 1n]);
    const lossy = spark.range(1).to(new StructType().add("id", IntegerType));
    expect(await rowsOf(lossy)).to.deep.equal([[0]]);
  });

  covers("DataFrame.toJSON", async (spark) => {
    const rows = await rowsOf((await people(spark)).toJSON());
    expect(JSON.parse(String(rows[0]?.[0]))).to.deep.equal({
      id: 1,
      name: "Ann",
      city: "Oslo",
      age: 30,
      height: 1.7,
    });
    expect(String(rows[3]?.[0]), "NULL is left out").to.equal('{"id":4,"name":"Dan","age":60}');
  });

  covers("DataFrame.withColumn", async (spark) => {
    const df = spark.range(2).withColumn("n", lit("x")).withColumn("id", col("id").multiply(10));
    expect(await rowsOf(df)).to.deep.equal([
      [0n, "x"],
      [10n, "x"],
    ]);
  });

  covers("DataFrame.withColumns", async (spark) => {
    const df = spark.range(1, 3).withColumns({ id: col("id").plus(1), before: col("id") });
    expect(await rowsOf(df), "all from the columns before").to.deep.equal([
      [2n, 1n],
      [3n, 2n],
    ]);
  });

  covers("DataFrame.withColumnRenamed", async (spark) => {
    const df = spark.range(1).withColumnRenamed("id", "key").withColumnRenamed("nosuch", "x");
    expect(await df.columns()).to.deep.equal(["key"]);
  });

  covers("DataFrame.withColumnsRenamed", async (spark) => {
    const df = (await people(spark)).withColumnsRenamed({ id: "key", city: "town" });
    expect(await df.columns()).to.deep.equal(["key", "name", "town", "age", "height"]);
  });

  covers("DataFrame.withMetadata", async (spark) => {
    const df = spark.range(1).withMetadata("id", { unit: "pieces", nested: { a: [1, 2] } });
    const schema = await df.schema();
    expect(schema.fields[0]?.metadata).to.deep.equal({ unit: "pieces", nested: { a: [1, 2] } });
    expect(await rowsOf(df)).to.deep.equal([[0n]]);
  });

  covers("DataFrame.zipWithIndex", async (spark) => {
    const df = spark.range(10, 16, 1, 3).zipWithIndex("n");
    expect(await rowsOf(df.orderBy("n"))).to.deep.equal(
      [10n, 11n, 12n, 13n, 14n, 15n].map((id, n) => [id, BigInt(n)]),
    );
    expect(await spark.range(1).zipWithIndex().columns()).to.deep.equal(["id", "index"]);
  });

  covers("DataFrame.transform", async (spark) => {
    const shout = (name: string) => upper(name).alias(name);
    const df = (await people(spark)).transform((all) => all.select(shout("name"))).limit(1);
    expect(await rowsOf(df)).to.deep.equal([["ANN"]]);
  });

  covers("DataFrame.sparkSession", async (spark) => {
    expect(spark.range(1).select(expr("id")).sparkSession).to.equal(spark);
  });
});
