import { randomUUID } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { col, type DataFrame, rowValues, type SparkSession } from "../../../../src/sql/index.ts";
import { getSpark, scratchFolder } from "../../spark.ts";
import { covers } from "./covers.ts";

const people = [
  [1, "Ann", "x"],
  [2, "Bob", "y"],
];
const names = ["id", "name", "part"];
const db = `surface_${randomUUID().slice(0, 8)}`;

const rows = async (df: DataFrame) =>
  (
    await df
      .select(...names)
      .orderBy("id")
      .collect()
  ).map(rowValues);

async function describedAs(spark: SparkSession, table: string, property: string): Promise<unknown> {
  const found = (await (await spark.sql(`DESCRIBE EXTENDED ${table}`)).collect()).map(rowValues);
  return found.find(([name]) => name === property)?.[1];
}

describe("surface: DataFrameWriter", () => {
  let folder: string;
  let df: DataFrame;
  const at = (name: string) => join(folder, name);

  before(async () => {
    folder = scratchFolder();
    const spark = await getSpark();
    df = await spark.createDataFrame(people, names);
    await spark.sql(`CREATE DATABASE ${db}`);
  });
  after(async () => {
    await (await getSpark()).sql(`DROP DATABASE ${db} CASCADE`);
    rmSync(folder, { recursive: true, force: true });
  });

  covers("DataFrameWriter.mode", async (spark) => {
    const write = (mode: "append" | "overwrite" | "ignore" | "error") =>
      df.write.mode(mode).parquet(at("mode"));
    await write("error");
    await write("ignore");
    expect(await rows(spark.read.parquet(at("mode")))).to.eql(people);
    await write("append");
    expect(await spark.read.parquet(at("mode")).count()).to.equal(4n);
    await write("overwrite");
    expect(await rows(spark.read.parquet(at("mode")))).to.eql(people);
    const thrown = await df.write.parquet(at("mode")).catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass", "PATH_ALREADY_EXISTS");
  });

  covers("DataFrameWriter.format", async (spark) => {
    await df.write.format("delta").save(at("format"));
    expect(await rows(spark.read.delta(at("format")))).to.eql(people);
  });

  covers("DataFrameWriter.save", async (spark) => {
    await df.write.save(at("save"));
    expect(await rows(spark.read.load(at("save")))).to.eql(people);
    await df.write.option("path", at("option-path")).save();
    expect(await rows(spark.read.load(at("option-path")))).to.eql(people);
  });

  covers("DataFrameWriter.option", async (spark) => {
    await df.coalesce(1).write.option("compression", "gzip").json(at("option"));
    expect(readdirSync(at("option")).some((name) => name.endsWith(".json.gz"))).to.equal(true);
    expect(await rows(spark.read.json(at("option")))).to.eql([
      [1n, "Ann", "x"],
      [2n, "Bob", "y"],
    ]);
  });

  covers("DataFrameWriter.options", async (spark) => {
    await df.coalesce(1).write.options({ header: true, sep: "|", lineSep: "\n" }).csv(at("options"));
    const lines = await spark.read.text(at("options")).collect();
    expect(lines.map((row) => row[0])).to.eql(["id|name|part", "1|Ann|x", "2|Bob|y"]);
  });

  covers("DataFrameWriter.partitionBy", async (spark) => {
    await df.write.partitionBy("part").parquet(at("partitionBy"));
    expect(readdirSync(at("partitionBy")).filter((name) => name.startsWith("part="))).to.have.members([
      "part=x",
      "part=y",
    ]);
    expect(await rows(spark.read.parquet(at("partitionBy")))).to.eql(people);
  });

  covers("DataFrameWriter.bucketBy", async (spark) => {
    await df.write.format("parquet").bucketBy(3, "id").saveAsTable(`${db}.buckets`);
    expect(await describedAs(spark, `${db}.buckets`, "Num Buckets")).to.equal("3");
    expect(await describedAs(spark, `${db}.buckets`, "Bucket Columns")).to.equal("[`id`]");
    expect(await rows(spark.table(`${db}.buckets`))).to.eql(people);
  });

  covers("DataFrameWriter.sortBy", async (spark) => {
    await df.write.format("parquet").bucketBy(2, "id").sortBy("name").saveAsTable(`${db}.sorted`);
    expect(await describedAs(spark, `${db}.sorted`, "Sort Columns")).to.equal("[`name`]");
  });

  covers("DataFrameWriter.clusterBy", async (spark) => {
    await df.write.format("parquet").clusterBy("id", "name").saveAsTable(`${db}.clusters`);
    const columns = await spark.catalog.listColumns(`${db}.clusters`);
    expect(columns.map(({ name, isCluster }) => [name, isCluster])).to.eql([
      ["id", true],
      ["name", true],
      ["part", false],
    ]);
  });

  covers("DataFrameWriter.saveAsTable", async (spark) => {
    await df.write.format("delta").saveAsTable(`${db}.saved`);
    await df.write.format("delta").mode("append").saveAsTable(`${db}.saved`);
    expect(await spark.table(`${db}.saved`).count()).to.equal(4n);
    const thrown = await df.write.saveAsTable(`${db}.saved`).catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass", "TABLE_OR_VIEW_ALREADY_EXISTS");
  });

  covers("DataFrameWriter.insertInto", async (spark) => {
    await spark.sql(`CREATE TABLE ${db}.into (id INT, name STRING, part STRING) USING parquet`);
    await df.write.insertInto(`${db}.into`);
    await df.write.insertInto(`${db}.into`, { overwrite: false });
    expect(await spark.table(`${db}.into`).count()).to.equal(4n);
    // By position: the names of the columns play no part.
    const other = df.select(col("id").alias("part"), col("name").alias("x"), col("part").alias("id"));
    await other.write.insertInto(`${db}.into`, { overwrite: true });
    expect(await rows(spark.table(`${db}.into`))).to.eql(people);
  });

  covers("DataFrameWriter.parquet", async (spark) => {
    await df.write.parquet(at("parquet"));
    expect(await rows(spark.read.parquet(at("parquet")))).to.eql(people);
  });

  covers("DataFrameWriter.orc", async (spark) => {
    await df.write.orc(at("orc"));
    expect(await rows(spark.read.orc(at("orc")))).to.eql(people);
  });

  covers("DataFrameWriter.json", async (spark) => {
    await df.write.json(at("json"));
    const read = spark.read.schema("id INT, name STRING, part STRING");
    expect(await rows(read.json(at("json")))).to.eql(people);
  });

  covers("DataFrameWriter.csv", async (spark) => {
    await df.write.csv(at("csv"));
    const read = spark.read.schema("id INT, name STRING, part STRING");
    expect(await rows(read.csv(at("csv")))).to.eql(people);
  });

  covers("DataFrameWriter.text", async (spark) => {
    await df.coalesce(1).select("name").write.text(at("text"));
    expect((await spark.read.text(at("text")).collect()).map(rowValues)).to.eql([["Ann"], ["Bob"]]);
  });

  covers("DataFrameWriter.xml", async (spark) => {
    await df.coalesce(1).write.option("rowTag", "person").xml(at("xml"));
    const text = (await spark.read.option("wholetext", true).text(at("xml")).collect()).map((row) => row[0]);
    expect(text.join("")).to.match(/<person>\s*<id>1<\/id>\s*<name>Ann<\/name>/);
  });

  covers("DataFrameWriter.jdbc", async (spark) => {
    const url = `jdbc:derby:memory:${randomUUID()};create=true`;
    const driver = "org.apache.derby.iapi.jdbc.AutoloadedDriver";
    await df.write.jdbc(url, "people", { driver });
    await df.write.mode("append").jdbc(url, "people", { driver });
    const read = spark.read.jdbc(url, "people", { driver });
    expect(await read.count()).to.equal(4n);
    expect(await rows(read.dropDuplicates())).to.eql(people);
  });
});

describe("surface: DataFrameWriterV2", () => {
  const table = (name: string) => `${db}_v2.${name}`;
  let df: DataFrame;

  before(async () => {
    const spark = await getSpark();
    df = await spark.createDataFrame(people, names);
    await spark.sql(`CREATE DATABASE ${db}_v2`);
  });
  after(async () => {
    await (await getSpark()).sql(`DROP DATABASE ${db}_v2 CASCADE`);
  });

  async function errorOf(work: Promise<unknown>): Promise<unknown> {
    return await work.then(
      () => undefined,
      (error: unknown) => Reflect.get(error as object, "errorClass"),
    );
  }

  covers("DataFrameWriterV2.create", async (spark) => {
    await df.writeTo(table("created")).using("delta").create();
    expect(await rows(spark.table(table("created")))).to.eql(people);
    expect(await errorOf(df.writeTo(table("created")).using("delta").create())).to.equal(
      "TABLE_OR_VIEW_ALREADY_EXISTS",
    );
  });

  covers("DataFrameWriterV2.using", async (spark) => {
    await df.writeTo(table("used")).using("delta").create();
    expect(await describedAs(spark, table("used"), "Provider")).to.equal("delta");
  });

  covers("DataFrameWriterV2.replace", async (spark) => {
    await df.writeTo(table("replaced")).using("delta").create();
    await spark.range(1).writeTo(table("replaced")).using("delta").replace();
    expect(await spark.table(table("replaced")).columns()).to.eql(["id"]);
    expect(await errorOf(df.writeTo(table("none")).using("delta").replace())).to.equal(
      "TABLE_OR_VIEW_NOT_FOUND",
    );
  });

  covers("DataFrameWriterV2.createOrReplace", async (spark) => {
    await spark.range(1).writeTo(table("either")).using("delta").createOrReplace();
    await df.writeTo(table("either")).using("delta").createOrReplace();
    expect(await rows(spark.table(table("either")))).to.eql(people);
  });

  covers("DataFrameWriterV2.append", async (spark) => {
    await df.writeTo(table("appended")).using("delta").create();
    await df.select("part", "name", "id").writeTo(table("appended")).append();
    expect(await spark.table(table("appended")).distinct().count()).to.equal(2n);
    expect(await spark.table(table("appended")).count()).to.equal(4n);
  });

  covers("DataFrameWriterV2.overwrite", async (spark) => {
    await df.writeTo(table("overwritten")).using("delta").create();
    const one = df.filter(col("id").eq(2)).withColumn("name", col("part"));
    await one.writeTo(table("overwritten")).overwrite(col("id").eq(2));
    expect(await rows(spark.table(table("overwritten")))).to.eql([
      [1, "Ann", "x"],
      [2, "y", "y"],
    ]);
  });

  covers("DataFrameWriterV2.overwritePartitions", async (spark) => {
    await df.writeTo(table("dynamic")).using("delta").partitionedBy("part").create();
    const one = df.filter(col("id").eq(2)).withColumn("name", col("part"));
    await one.writeTo(table("dynamic")).overwritePartitions();
    expect(await rows(spark.table(table("dynamic")))).to.eql([
      [1, "Ann", "x"],
      [2, "y", "y"],
    ]);
  });

  covers("DataFrameWriterV2.partitionedBy", async (spark) => {
    await df.writeTo(table("parts")).using("delta").partitionedBy("part", col("name")).create();
    const columns = await spark.catalog.listColumns(table("parts"));
    expect(columns.filter(({ isPartition }) => isPartition).map(({ name }) => name)).to.have.members([
      "part",
      "name",
    ]);
  });

  covers("DataFrameWriterV2.clusterBy", async (spark) => {
    await df.writeTo(table("clusters")).using("parquet").clusterBy("id").create();
    const columns = await spark.catalog.listColumns(table("clusters"));
    expect(columns.filter(({ isCluster }) => isCluster).map(({ name }) => name)).to.eql(["id"]);
  });

  covers("DataFrameWriterV2.tableProperty", async (spark) => {
    await df.writeTo(table("properties")).using("delta").tableProperty("team", "us").create();
    expect(await spark.catalog.getTableProperties(table("properties"))).to.include({ team: "us" });
  });

  covers("DataFrameWriterV2.option", async (spark) => {
    await df.writeTo(table("evolved")).using("delta").create();
    const wider = df.withColumn("more", col("id"));
    await wider.writeTo(table("evolved")).option("mergeSchema", true).append();
    expect(await spark.table(table("evolved")).columns()).to.eql([...names, "more"]);
  });

  covers("DataFrameWriterV2.options", async (spark) => {
    await df.writeTo(table("noted")).using("delta").create();
    await df.writeTo(table("noted")).options({ userMetadata: "by a test" }).append();
    const [last] = await (await spark.sql(`DESCRIBE HISTORY ${table("noted")} LIMIT 1`)).collect();
    expect(last).to.have.property("userMetadata", "by a test");
  });
});
