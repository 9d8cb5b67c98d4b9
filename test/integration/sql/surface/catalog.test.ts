import { randomUUID } from "node:crypto";
import { expect } from "chai";
import {
  IntegerType,
  rowValues,
  type SparkSession,
  StorageLevels,
  StringType,
  StructType,
} from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { covers } from "./covers.ts";

const db = `surface_${randomUUID().slice(0, 8)}`;
const t = `${db}.t`;

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => Reflect.get(error as object, "errorClass"),
  );
}

const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name);

async function values(spark: SparkSession, query: string): Promise<unknown[][]> {
  return (await (await spark.sql(query)).collect()).map(rowValues);
}

describe("surface: Catalog", () => {
  before(async () => {
    const spark = await getSpark();
    await spark.sql(`CREATE DATABASE ${db} COMMENT 'for tests'`);
    await spark.sql(
      `CREATE TABLE ${t} (id INT COMMENT 'key', day DATE) USING parquet PARTITIONED BY (day)
       COMMENT 'about' TBLPROPERTIES ('a' = 'b')`,
    );
    await spark.sql(`INSERT INTO ${t} VALUES (1, DATE'2001-01-01'), (2, DATE'2001-01-02')`);
    await spark.sql(`CREATE VIEW ${db}.v AS SELECT id FROM ${t}`);
    await spark.sql(`CREATE FUNCTION ${db}.twice(x INT) RETURNS INT COMMENT 'doubled' RETURN 2 * x`);
  });
  after(async () => {
    const spark = await getSpark();
    await spark.catalog.setCurrentDatabase("default");
    await spark.sql(`DROP DATABASE IF EXISTS ${db} CASCADE`);
  });

  covers("Catalog.currentCatalog", async (spark) => {
    expect(await spark.catalog.currentCatalog()).to.equal("spark_catalog");
  });

  covers("Catalog.setCurrentCatalog", async (spark) => {
    await spark.catalog.setCurrentCatalog("spark_catalog");
    expect(await codeOf(spark.catalog.setCurrentCatalog("no_such_catalog"))).to.equal("CATALOG_NOT_FOUND");
    expect(await spark.catalog.currentCatalog()).to.equal("spark_catalog");
  });

  covers("Catalog.listCatalogs", async (spark) => {
    expect(names(await spark.catalog.listCatalogs())).to.include("spark_catalog");
    expect(names(await spark.catalog.listCatalogs("spark*"))).to.eql(["spark_catalog"]);
    expect(await spark.catalog.listCatalogs("none*")).to.eql([]);
  });

  covers("Catalog.currentDatabase", async (spark) => {
    const session = await spark.cloneSession();
    expect(await session.catalog.currentDatabase()).to.equal("default");
    await session.stop();
  });

  covers("Catalog.setCurrentDatabase", async (spark) => {
    const session = spark.newSession();
    await session.catalog.setCurrentDatabase(db);
    expect(await session.catalog.currentDatabase()).to.equal(db);
    expect(await session.table("t").count()).to.equal(2n);
    expect(await codeOf(session.catalog.setCurrentDatabase("no_such_db"))).to.equal("SCHEMA_NOT_FOUND");
    await session.stop();
  });

  covers("Catalog.databaseExists", async (spark) => {
    expect(await spark.catalog.databaseExists(db)).to.equal(true);
    expect(await spark.catalog.databaseExists("no_such_db")).to.equal(false);
  });

  covers("Catalog.listDatabases", async (spark) => {
    const [found] = await spark.catalog.listDatabases(db);
    expect(found).to.include({ name: db, catalog: "spark_catalog", description: "for tests" });
    expect(names(await spark.catalog.listDatabases())).to.include.members(["default", db]);
  });

  covers("Catalog.getDatabase", async (spark) => {
    const found = await spark.catalog.getDatabase(db);
    expect(found).to.include({ name: db, description: "for tests" });
    expect(found.locationUri).to.match(/^\w+:.*surface_/);
    expect(await codeOf(spark.catalog.getDatabase("no_such_db"))).to.equal("SCHEMA_NOT_FOUND");
  });

  covers("Catalog.createDatabase", async (spark) => {
    const name = `${db}_made`;
    await spark.catalog.createDatabase(name, { properties: { team: "us" } });
    await spark.catalog.createDatabase(name, { ifNotExists: true });
    expect(await codeOf(spark.catalog.createDatabase(name))).to.equal("SCHEMA_ALREADY_EXISTS");
    expect(JSON.stringify(await values(spark, `DESCRIBE DATABASE EXTENDED ${name}`))).to.include("(team,us)");
    await spark.catalog.dropDatabase(name);
  });

  covers("Catalog.dropDatabase", async (spark) => {
    const name = `${db}_gone`;
    await spark.sql(`CREATE DATABASE ${name}`);
    await spark.sql(`CREATE TABLE ${name}.t (id INT) USING parquet`);
    expect(await codeOf(spark.catalog.dropDatabase(name))).to.equal("SCHEMA_NOT_EMPTY");
    await spark.catalog.dropDatabase(name, { cascade: true });
    expect(await spark.catalog.databaseExists(name)).to.equal(false);
    await spark.catalog.dropDatabase(name, { ifExists: true });
    expect(await codeOf(spark.catalog.dropDatabase(name))).to.equal("SCHEMA_NOT_FOUND");
  });

  covers("Catalog.tableExists", async (spark) => {
    expect(await spark.catalog.tableExists(t)).to.equal(true);
    expect(await spark.catalog.tableExists("t", db)).to.equal(true);
    expect(await spark.catalog.tableExists(`${db}.none`)).to.equal(false);
  });

  covers("Catalog.listTables", async (spark) => {
    expect(names(await spark.catalog.listTables(db))).to.include.members(["t", "v"]);
    const [found] = await spark.catalog.listTables(db, "t*");
    expect(found).to.deep.include({
      name: "t",
      catalog: "spark_catalog",
      namespace: [db],
      description: "about",
      tableType: "MANAGED",
      isTemporary: false,
    });
  });

  covers("Catalog.listViews", async (spark) => {
    const session = spark.newSession();
    await session.range(1).createTempView("passing");
    const views = await session.catalog.listViews(db);
    expect(names(views)).to.include("v").and.not.include("t");
    expect(names(await session.catalog.listViews(db, "v*"))).to.eql(["v"]);
    await session.catalog.setCurrentDatabase(db);
    expect(names(await session.catalog.listViews(undefined, "v*"))).to.eql(["v"]);
    await session.stop();
  });

  covers("Catalog.getTable", async (spark) => {
    expect(await spark.catalog.getTable(t)).to.include({
      name: "t",
      tableType: "MANAGED",
      description: "about",
    });
    expect(await spark.catalog.getTable(`${db}.v`)).to.include({ tableType: "VIEW", isTemporary: false });
    expect(await codeOf(spark.catalog.getTable("none"))).to.equal("TABLE_OR_VIEW_NOT_FOUND");
  });

  covers("Catalog.getTableProperties", async (spark) => {
    expect(await spark.catalog.getTableProperties(t)).to.include({ a: "b" });
  });

  covers("Catalog.getCreateTableString", async (spark) => {
    const statement = await spark.catalog.getCreateTableString(t);
    expect(statement)
      .to.match(/^CREATE TABLE .*\.t \(/)
      .and.include("PARTITIONED BY (day)")
      .and.include("'a' = 'b'");
    await spark.sql(`CREATE TABLE ${db}.hive (id INT) STORED AS TEXTFILE`);
    expect(await spark.catalog.getCreateTableString(`${db}.hive`, true)).to.include("ROW FORMAT SERDE");
  });

  covers("Catalog.listColumns", async (spark) => {
    const [id, day] = await spark.catalog.listColumns(t);
    expect(id).to.include({
      name: "id",
      description: "key",
      dataType: "int",
      nullable: true,
      isPartition: false,
    });
    expect(day).to.include({
      name: "day",
      dataType: "date",
      isPartition: true,
      isBucket: false,
      isCluster: false,
    });
    expect(names(await spark.catalog.listColumns("t", db))).to.eql(["id", "day"]);
  });

  covers("Catalog.listPartitions", async (spark) => {
    const partitions = await spark.catalog.listPartitions(t);
    expect(partitions).to.have.deep.members([
      { partition: "day=2001-01-01" },
      { partition: "day=2001-01-02" },
    ]);
  });

  covers("Catalog.listFunctions", async (spark) => {
    const found = (await spark.catalog.listFunctions(db, "twice"))[0];
    expect(found).to.deep.include({
      name: "twice",
      catalog: "spark_catalog",
      namespace: [db],
      isTemporary: false,
    });
    expect(names(await spark.catalog.listFunctions(db))).to.include.members(["twice", "upper"]);
  });

  covers("Catalog.functionExists", async (spark) => {
    expect(await spark.catalog.functionExists(`${db}.twice`)).to.equal(true);
    expect(await spark.catalog.functionExists("twice", db)).to.equal(true);
    expect(await spark.catalog.functionExists("no_such_function")).to.equal(false);
    expect(await values(spark, `SELECT ${db}.twice(21)`)).to.eql([[42]]);
  });

  covers("Catalog.getFunction", async (spark) => {
    expect(await spark.catalog.getFunction(`${db}.twice`)).to.deep.include({
      name: "twice",
      namespace: [db],
    });
    expect(await spark.catalog.getFunction("upper")).to.include({ name: "upper", isTemporary: true });
    expect(await codeOf(spark.catalog.getFunction("none"))).to.equal("UNRESOLVED_ROUTINE");
  });

  covers("Catalog.createTable", async (spark) => {
    const schema = new StructType().add("id", IntegerType).add("name", new StringType());
    const options = { source: "parquet", schema, description: "made" };
    const made = await spark.catalog.createTable(`${db}.made`, options);
    expect(await made.dtypes()).to.eql([
      ["id", "int"],
      ["name", "string"],
    ]);
    expect(await made.count()).to.equal(0n);
    expect(await spark.catalog.getTable(`${db}.made`)).to.include({
      description: "made",
      tableType: "MANAGED",
    });
  });

  covers("Catalog.createExternalTable", async (spark) => {
    const { locationUri } = await spark.catalog.getDatabase(db);
    const path = `${locationUri}/external`;
    await spark.range(3).write.option("header", true).csv(path);
    const table = await spark.catalog.createExternalTable(`${db}.external`, {
      path,
      source: "csv",
      options: { header: true, inferSchema: true },
    });
    expect((await table.orderBy("id").collect()).map(rowValues)).to.eql([[0], [1], [2]]);
    expect(await spark.catalog.getTable(`${db}.external`)).to.include({ tableType: "EXTERNAL" });
  });

  covers("Catalog.dropTable", async (spark) => {
    await spark.sql(`CREATE TABLE ${db}.gone (id INT) USING parquet`);
    await spark.catalog.dropTable(`${db}.gone`);
    expect(await spark.catalog.tableExists(`${db}.gone`)).to.equal(false);
    await spark.catalog.dropTable(`${db}.gone`, { ifExists: true, purge: true });
    expect(await codeOf(spark.catalog.dropTable(`${db}.gone`))).to.equal("TABLE_OR_VIEW_NOT_FOUND");
  });

  covers("Catalog.dropView", async (spark) => {
    await spark.sql(`CREATE VIEW ${db}.passing AS SELECT 1`);
    await spark.catalog.dropView(`${db}.passing`);
    expect(await spark.catalog.tableExists(`${db}.passing`)).to.equal(false);
    await spark.catalog.dropView(`${db}.passing`, { ifExists: true });
    expect(await codeOf(spark.catalog.dropView(`${db}.passing`))).to.equal("TABLE_OR_VIEW_NOT_FOUND");
  });

  covers("Catalog.truncateTable", async (spark) => {
    await spark.sql(`CREATE TABLE ${db}.full USING parquet AS SELECT 1 AS id`);
    await spark.catalog.truncateTable(`${db}.full`);
    expect(await spark.table(`${db}.full`).count()).to.equal(0n);
  });

  covers("Catalog.analyzeTable", async (spark) => {
    await spark.sql(`CREATE TABLE ${db}.counted USING parquet AS SELECT id FROM range(7)`);
    const statistics = async () => {
      const rows = await values(spark, `DESCRIBE EXTENDED ${db}.counted`);
      return rows.find(([name]) => name === "Statistics")?.[1];
    };
    await spark.catalog.analyzeTable(`${db}.counted`, true);
    expect(await statistics()).to.match(/^\d+ bytes/);
    await spark.catalog.analyzeTable(`${db}.counted`);
    expect(await statistics()).to.match(/^\d+ bytes, 7 rows/);
  });

  covers("Catalog.dropTempView", async (spark) => {
    await spark.range(1).createOrReplaceTempView("surface_temp");
    expect(await spark.catalog.dropTempView("surface_temp")).to.equal(true);
    expect(await spark.catalog.dropTempView("surface_temp")).to.equal(false);
  });

  covers("Catalog.dropGlobalTempView", async (spark) => {
    await spark.range(1).createOrReplaceGlobalTempView(`${db}_global`);
    expect(await spark.catalog.dropGlobalTempView(`${db}_global`)).to.equal(true);
    expect(await spark.catalog.dropGlobalTempView(`${db}_global`)).to.equal(false);
  });

  covers("Catalog.isCached", async (spark) => {
    expect(await spark.catalog.isCached(t)).to.equal(false);
    await spark.catalog.cacheTable(t);
    expect(await spark.catalog.isCached(t)).to.equal(true);
    await spark.catalog.uncacheTable(t);
  });

  covers("Catalog.cacheTable", async (spark) => {
    await spark.catalog.cacheTable(t, StorageLevels.DISK_ONLY);
    expect(await spark.table(t).storageLevel()).to.include({ useDisk: true, useMemory: false });
    await spark.catalog.uncacheTable(t);
  });

  covers("Catalog.uncacheTable", async (spark) => {
    await spark.catalog.cacheTable(t);
    await spark.catalog.uncacheTable(t);
    expect(await spark.catalog.isCached(t)).to.equal(false);
  });

  covers("Catalog.clearCache", async (spark) => {
    await spark.catalog.cacheTable(t);
    await spark.catalog.clearCache();
    expect(await spark.catalog.isCached(t)).to.equal(false);
  });

  covers("Catalog.refreshTable", async (spark) => {
    await spark.catalog.refreshTable(t);
    expect(await spark.table(t).count()).to.equal(2n);
    expect(await codeOf(spark.catalog.refreshTable("none"))).to.equal("TABLE_OR_VIEW_NOT_FOUND");
  });

  covers("Catalog.refreshByPath", async (spark) => {
    const { locationUri } = await spark.catalog.getDatabase(db);
    const path = `${locationUri}/refreshed`;
    await spark.range(3).write.parquet(path);
    const rows = await spark.read.parquet(path).cache();
    expect(await rows.count()).to.equal(3n);
    await spark.range(5).write.mode("overwrite").parquet(path);
    await spark.catalog.refreshByPath(path);
    expect(await spark.read.parquet(path).count()).to.equal(5n);
    await rows.unpersist();
  });

  covers("Catalog.recoverPartitions", async (spark) => {
    const { locationUri } = await spark.catalog.getDatabase(db);
    const path = `${locationUri}/parts`;
    await (await spark.sql("SELECT 1 AS id, 'x' AS part")).write.partitionBy("part").parquet(path);
    await spark.sql(
      `CREATE TABLE ${db}.parts (id INT, part STRING) USING parquet PARTITIONED BY (part) LOCATION '${path}'`,
    );
    expect(await spark.table(`${db}.parts`).count()).to.equal(0n);
    await spark.catalog.recoverPartitions(`${db}.parts`);
    expect(await values(spark, `SELECT * FROM ${db}.parts`)).to.eql([[1, "x"]]);
  });
});
