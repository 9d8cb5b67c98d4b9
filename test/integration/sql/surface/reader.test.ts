import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  col,
  type DataFrame,
  IntegerType,
  rowValues,
  StringType,
  StructType,
} from "../../../../src/sql/index.ts";
import { getSpark, scratchFolder } from "../../spark.ts";
import { covers } from "./covers.ts";

const rows = async (df: DataFrame) => (await df.orderBy(df.col("id")).collect()).map(rowValues);
const people = [
  [1, "Ann"],
  [2, "Bob"],
];
const schema = new StructType().add("id", IntegerType).add("name", new StringType());

describe("surface: DataFrameReader", () => {
  let folder: string;
  let df: DataFrame;
  const at = (name: string) => join(folder, name);

  before(async () => {
    folder = scratchFolder();
    df = await (await getSpark()).createDataFrame(people, schema);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  covers("DataFrameReader.format", async (spark) => {
    await df.write.orc(at("format"));
    expect(await rows(spark.read.format("orc").load(at("format")))).to.eql(people);
  });

  covers("DataFrameReader.load", async (spark) => {
    await df.write.parquet(at("load1"));
    await df.write.parquet(at("load2"));
    expect(await spark.read.load(at("load1"), at("load2")).count()).to.equal(4n);
  });

  covers("DataFrameReader.schema", async (spark) => {
    await df.write.csv(at("schema"));
    expect(await rows(spark.read.schema(schema).csv(at("schema")))).to.eql(people);
    expect(await spark.read.schema("id BIGINT, name STRING").csv(at("schema")).dtypes()).to.eql([
      ["id", "bigint"],
      ["name", "string"],
    ]);
  });

  covers("DataFrameReader.option", async (spark) => {
    await df.write.option("sep", ";").csv(at("option"));
    expect(await rows(spark.read.option("SEP", ";").schema(schema).csv(at("option")))).to.eql(people);
  });

  covers("DataFrameReader.options", async (spark) => {
    await df.write.options({ sep: "|", header: true }).csv(at("options"));
    const read = spark.read.options({ sep: "|", header: true, inferSchema: true });
    expect(await rows(read.csv(at("options")))).to.eql(people);
  });

  covers("DataFrameReader.table", async (spark) => {
    await df.createOrReplaceTempView("surface_people");
    expect(await rows(spark.read.table("surface_people"))).to.eql(people);
    await spark.catalog.dropTempView("surface_people");
  });

  covers("DataFrameReader.parquet", async (spark) => {
    await df.write.parquet(at("parquet"));
    expect(await rows(spark.read.parquet(at("parquet")))).to.eql(people);
  });

  covers("DataFrameReader.orc", async (spark) => {
    await df.write.orc(at("orc"));
    expect(await rows(spark.read.orc(at("orc")))).to.eql(people);
  });

  covers("DataFrameReader.text", async (spark) => {
    await df.coalesce(1).select("name").write.text(at("text"));
    const lines = await spark.read.text(at("text")).orderBy("value").collect();
    expect(lines.map(rowValues)).to.eql([["Ann"], ["Bob"]]);
    expect(await spark.read.option("wholetext", true).text(at("text")).count()).to.equal(1n);
  });

  covers("DataFrameReader.json", async (spark) => {
    await df.write.json(at("json"));
    expect(await rows(spark.read.schema(schema).json(at("json")))).to.eql(people);
    const lines = await spark.createDataFrame(['{"id":1,"name":"Ann"}', '{"id":2,"name":"Bob"}'], ["line"]);
    expect(await rows(spark.read.schema(schema).json(lines))).to.eql(people);
    expect(await spark.read.json(lines).dtypes()).to.eql([
      ["id", "bigint"],
      ["name", "string"],
    ]);
  });

  covers("DataFrameReader.csv", async (spark) => {
    await df.write.csv(at("csv"));
    expect(await rows(spark.read.schema(schema).csv(at("csv")))).to.eql(people);
    const lines = await spark.createDataFrame(["id;name", "1;Ann", "2;Bob"], ["line"]);
    const parsed = spark.read.options({ header: true, sep: ";", inferSchema: true }).csv(lines);
    expect(await rows(parsed)).to.eql(people);
    const typed = spark.read.schema(await spark.parseSchema("id INT, name STRING")).option("sep", ";");
    expect(await rows(typed.csv(lines.filter(col("line").notEqual("id;name"))))).to.eql(people);
  });

  covers("DataFrameReader.xml", async (spark) => {
    await df.write.options({ rowTag: "person", rootTag: "people" }).xml(at("xml"));
    const read = spark.read.option("rowTag", "person").schema(schema);
    expect(await rows(read.xml(at("xml")))).to.eql(people);
    const documents = await spark.createDataFrame(
      ["<person><id>1</id><name>Ann</name></person>", "<person><id>2</id><name>Bob</name></person>"],
      ["document"],
    );
    expect(await rows(read.xml(documents))).to.eql(people);
  });

  covers("DataFrameReader.jdbc", async (spark) => {
    const url = `jdbc:derby:memory:${randomUUID()};create=true`;
    const driver = "org.apache.derby.iapi.jdbc.AutoloadedDriver";
    await df.write.option("driver", driver).jdbc(url, "people");
    expect(await rows(spark.read.jdbc(url, "people", { driver }))).to.eql(people);
    const ranges = { column: "id", lowerBound: 0, upperBound: 4, numPartitions: 2 };
    const parts = spark.read.jdbc(url, "people", { driver }, ranges);
    expect(await rows(parts)).to.eql(people);
    const predicates = ['"id" = 2', '"id" > 2', '"id" < 1'];
    expect(await rows(spark.read.jdbc(url, "people", { driver }, { predicates }))).to.eql([[2, "Bob"]]);
  });

  covers("DataFrameReader.changes", async (spark) => {
    // No catalog of the test server has changes: the server answers that it understood, and has none.
    const name = `surface_changes_${randomUUID().slice(0, 8)}`;
    await df.write.format("delta").saveAsTable(name);
    const thrown = await spark.read
      .options({ startingVersion: 0, endingVersion: 1 })
      .changes(name)
      .collect()
      .catch((error: unknown) => error);
    await spark.catalog.dropTable(name);
    expect(thrown)
      .to.have.property("errorClass")
      .that.matches(/^UNSUPPORTED_FEATURE\./);
  });
});
