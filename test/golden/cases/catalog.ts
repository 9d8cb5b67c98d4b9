import { LongType, StorageLevels, StringType, StructType } from "../../../src/sql/index.ts";
import { type GoldenCase, golden, spark } from "../fixture.ts";

const schema = new StructType().add("id", LongType).add("name", new StringType());

export const cases: readonly GoldenCase[] = [
  golden("spark.catalog.currentCatalog()", () => spark.catalog.currentCatalog()),
  golden("spark.catalog.setCurrentCatalog('c')", () => spark.catalog.setCurrentCatalog("c")),
  golden("spark.catalog.listCatalogs()", () => spark.catalog.listCatalogs()),
  golden("spark.catalog.listCatalogs('s*')", () => spark.catalog.listCatalogs("s*")),
  golden("spark.catalog.currentDatabase()", () => spark.catalog.currentDatabase()),
  golden("spark.catalog.setCurrentDatabase('d')", () => spark.catalog.setCurrentDatabase("d")),
  golden("spark.catalog.listDatabases()", () => spark.catalog.listDatabases()),
  golden("spark.catalog.listDatabases('d*')", () => spark.catalog.listDatabases("d*")),
  golden("spark.catalog.getDatabase('c.d')", () => spark.catalog.getDatabase("c.d")),
  golden("spark.catalog.databaseExists('d')", () => spark.catalog.databaseExists("d")),
  golden("spark.catalog.createDatabase('d')", () => spark.catalog.createDatabase("d")),
  golden("spark.catalog.dropDatabase('d')", () => spark.catalog.dropDatabase("d")),
  golden("spark.catalog.listTables()", () => spark.catalog.listTables()),
  golden("spark.catalog.listTables('d')", () => spark.catalog.listTables("d")),
  golden("spark.catalog.listTables('d', 't*')", () => spark.catalog.listTables("d", "t*")),
  golden("spark.catalog.listViews()", () => spark.catalog.listViews()),
  golden("spark.catalog.listViews('d')", () => spark.catalog.listViews("d")),
  golden("spark.catalog.listViews('d', 'v*')", () => spark.catalog.listViews("d", "v*")),
  golden("spark.catalog.getTable('d.t')", () => spark.catalog.getTable("d.t")),
  golden("spark.catalog.tableExists('d.t')", () => spark.catalog.tableExists("d.t")),
  golden("spark.catalog.tableExists('t', 'd')", () => spark.catalog.tableExists("t", "d")),
  golden("spark.catalog.getTableProperties('d.t')", () => spark.catalog.getTableProperties("d.t")),
  golden("spark.catalog.getCreateTableString('d.t')", () => spark.catalog.getCreateTableString("d.t")),
  golden("spark.catalog.listColumns('d.t')", () => spark.catalog.listColumns("d.t")),
  golden("spark.catalog.listColumns('t', 'd')", () => spark.catalog.listColumns("t", "d")),
  golden("spark.catalog.listPartitions('d.t')", () => spark.catalog.listPartitions("d.t")),
  golden("spark.catalog.listFunctions()", () => spark.catalog.listFunctions()),
  golden("spark.catalog.listFunctions('d')", () => spark.catalog.listFunctions("d")),
  golden("spark.catalog.functionExists('f')", () => spark.catalog.functionExists("f")),
  golden("spark.catalog.functionExists('f', 'd')", () => spark.catalog.functionExists("f", "d")),
  golden("spark.catalog.getFunction('d.f')", () => spark.catalog.getFunction("d.f")),
  golden("spark.catalog.createTable('d.t')", () => spark.catalog.createTable("d.t")),
  golden("spark.catalog.dropTable('d.t')", () => spark.catalog.dropTable("d.t")),
  golden("spark.catalog.dropView('d.v')", () => spark.catalog.dropView("d.v")),
  golden("spark.catalog.truncateTable('d.t')", () => spark.catalog.truncateTable("d.t")),
  golden("spark.catalog.analyzeTable('d.t')", () => spark.catalog.analyzeTable("d.t")),
  golden("spark.catalog.dropTempView('v')", () => spark.catalog.dropTempView("v")),
  golden("spark.catalog.dropGlobalTempView('v')", () => spark.catalog.dropGlobalTempView("v")),
  golden("spark.catalog.isCached('t')", () => spark.catalog.isCached("t")),
  golden("spark.catalog.cacheTable('t')", () => spark.catalog.cacheTable("t")),
  golden("spark.catalog.uncacheTable('t')", () => spark.catalog.uncacheTable("t")),
  golden("spark.catalog.clearCache()", () => spark.catalog.clearCache()),
  golden("spark.catalog.refreshTable('t')", () => spark.catalog.refreshTable("t")),
  golden("spark.catalog.refreshByPath('/p')", () => spark.catalog.refreshByPath("/p")),
  golden("spark.catalog.recoverPartitions('t')", () => spark.catalog.recoverPartitions("t")),
  golden("spark.catalog.listFunctions('d', 'f*')", () => spark.catalog.listFunctions("d", "f*")),
  golden("spark.catalog.getCreateTableString('d.t', True)", () =>
    spark.catalog.getCreateTableString("d.t", true),
  ),
  golden("spark.catalog.analyzeTable('d.t', noScan=True)", () => spark.catalog.analyzeTable("d.t", true)),
  golden("spark.catalog.createDatabase('d', ifNotExists=True, properties={'a': 'b'})", () =>
    spark.catalog.createDatabase("d", { ifNotExists: true, properties: { a: "b" } }),
  ),
  golden("spark.catalog.dropDatabase('d', ifExists=True, cascade=True)", () =>
    spark.catalog.dropDatabase("d", { ifExists: true, cascade: true }),
  ),
  golden("spark.catalog.dropTable('d.t', ifExists=True, purge=True)", () =>
    spark.catalog.dropTable("d.t", { ifExists: true, purge: true }),
  ),
  golden("spark.catalog.dropView('d.v', ifExists=True)", () =>
    spark.catalog.dropView("d.v", { ifExists: true }),
  ),
  golden(
    "spark.catalog.createTable('d.t', path='/p', source='csv', description='about', header='true')",
    () =>
      spark.catalog.createTable("d.t", {
        path: "/p",
        source: "csv",
        description: "about",
        options: { header: true },
      }),
  ),
  golden(
    "spark.catalog.createTable('d.t', schema=T.StructType().add('id', T.LongType()).add('name', T.StringType()))",
    () => spark.catalog.createTable("d.t", { schema }),
  ),
  golden("spark.catalog.createExternalTable('d.t', path='/p', source='orc')", () =>
    spark.catalog.createExternalTable("d.t", { path: "/p", source: "orc" }),
  ),
  golden("spark.catalog.cacheTable('t', __import__('pyspark').StorageLevel.DISK_ONLY)", () =>
    spark.catalog.cacheTable("t", StorageLevels.DISK_ONLY),
  ),
];
