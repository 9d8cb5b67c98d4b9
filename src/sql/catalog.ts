import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CatalogSchema } from "../../gen/spark/connect/catalog_pb.ts";
import type { Row } from "../arrow/row.ts";
import { currentExecutionScope } from "../connect/execution-scope.ts";
import { knownOptions } from "../core/named-values.ts";
import type {
  CatalogMetadata,
  ColumnMetadata,
  DatabaseMetadata,
  FunctionMetadata,
  TableMetadata,
  TablePartition,
} from "./catalog-metadata.ts";
import type { DataFrame } from "./data-frame.ts";
import { Execution } from "./execution.ts";
import { type OptionValue, withOptions } from "./option-value.ts";
import { relation } from "./plan/relation.ts";
import type { SparkSession } from "./spark-session.ts";
import type { StorageLevel } from "./storage-level.ts";
import type { StructType } from "./types/data-type.ts";
import { typeToProto } from "./types/type-proto.ts";

type CatalogOperation = NonNullable<MessageInitShape<typeof CatalogSchema>["catType"]>;

/** What a table is made of. */
export interface CreateTableOptions {
  /** Where its files are, as the server sees it: the table is an external one, and dropping it leaves them. */
  readonly path?: string;
  /** The data source: parquet, delta, csv, ... @default spark.sql.sources.default */
  readonly source?: string;
  /** Its columns. Without them they are those of the files at `path`. */
  readonly schema?: StructType;
  /** A comment on it. */
  readonly description?: string;
  /** Options of the data source. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/**
 * Catalogs, databases, tables, views and functions. Names may have parts, as in SQL: `catalog.database.table`.
 *
 * Every method asks the server, and throws a SparkError when what it names is not there. What needs a server of
 * Spark 4.2 is marked.
 *
 * @see org.apache.spark.sql.catalog.Catalog
 */
export class Catalog {
  readonly #session: SparkSession;

  /** Made by `spark.catalog`. */
  constructor(session: SparkSession) {
    this.#session = session;
  }

  /** The name of the catalog in which names without one are looked up. */
  async currentCatalog(): Promise<string> {
    return await this.#value({ case: "currentCatalog", value: {} });
  }

  /** Makes a catalog the one in which names without one are looked up, for this session. */
  async setCurrentCatalog(catalogName: string): Promise<void> {
    await this.#ask({ case: "setCurrentCatalog", value: { catalogName } });
  }

  /** The catalogs of the session whose name matches a pattern (`*` and `|` as in SHOW CATALOGS). */
  async listCatalogs(pattern?: string): Promise<readonly CatalogMetadata[]> {
    return await this.#list({ case: "listCatalogs", value: optional({ pattern }) });
  }

  /** The name of the database in which tables without one are looked up. */
  async currentDatabase(): Promise<string> {
    return await this.#value({ case: "currentDatabase", value: {} });
  }

  /** Makes a database the one in which tables without one are looked up, for this session. */
  async setCurrentDatabase(dbName: string): Promise<void> {
    await this.#ask({ case: "setCurrentDatabase", value: { dbName } });
  }

  /** Whether there is such a database. */
  async databaseExists(dbName: string): Promise<boolean> {
    return await this.#value({ case: "databaseExists", value: { dbName } });
  }

  /** The databases of the current catalog whose name matches a pattern. */
  async listDatabases(pattern?: string): Promise<readonly DatabaseMetadata[]> {
    return await this.#list({ case: "listDatabases", value: optional({ pattern }) });
  }

  /** What is known about a database. */
  async getDatabase(dbName: string): Promise<DatabaseMetadata> {
    return await this.#one({ case: "getDatabase", value: { dbName } });
  }

  /** Makes a database; `ifNotExists` leaves one that is there as it is. Spark 4.2. */
  async createDatabase(
    dbName: string,
    options: { readonly ifNotExists?: boolean; readonly properties?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const { ifNotExists = false, properties = {} } = options;
    await this.#ask({
      case: "createDatabase",
      value: { dbName, ifNotExists, properties: { ...properties } },
    });
  }

  /** Drops a database; with `cascade`, also what is in it. Thrown when it is not empty otherwise. Spark 4.2. */
  async dropDatabase(
    dbName: string,
    options: { readonly ifExists?: boolean; readonly cascade?: boolean } = {},
  ): Promise<void> {
    const { ifExists = false, cascade = false } = options;
    await this.#ask({ case: "dropDatabase", value: { dbName, ifExists, cascade } });
  }

  /** Whether there is such a table or view; a temporary view counts. */
  async tableExists(tableName: string, dbName?: string): Promise<boolean> {
    return await this.#value({ case: "tableExists", value: { tableName, ...optional({ dbName }) } });
  }

  /** The tables and views of a database, or of the current one; temporary views are always among them. */
  async listTables(dbName?: string, pattern?: string): Promise<readonly TableMetadata[]> {
    return await this.#list({ case: "listTables", value: optional({ dbName, pattern }) });
  }

  /** The views of a database, or of the current one; temporary views are always among them. Spark 4.2. */
  async listViews(dbName?: string, pattern?: string): Promise<readonly TableMetadata[]> {
    // The server takes a pattern for the whole catalog unless a database is named.
    const database = dbName ?? (pattern === undefined ? undefined : await this.currentDatabase());
    return await this.#list({ case: "listViews", value: optional({ dbName: database, pattern }) });
  }

  /** What is known about a table or view. */
  async getTable(tableName: string): Promise<TableMetadata> {
    return await this.#one({ case: "getTable", value: { tableName } });
  }

  /** The properties of a table, as SHOW TBLPROPERTIES lists them. Spark 4.2. */
  async getTableProperties(tableName: string): Promise<Readonly<Record<string, string>>> {
    const rows = await this.#ask({ case: "getTableProperties", value: { tableName } });
    return Object.fromEntries(rows.map((row) => [row[0], row[1]]));
  }

  /** The statement that makes a table like this one; with `asSerde`, in the syntax of Hive. Spark 4.2. */
  async getCreateTableString(tableName: string, asSerde = false): Promise<string> {
    return await this.#value({ case: "getCreateTableString", value: { tableName, asSerde } });
  }

  /** The columns of a table or view. */
  async listColumns(tableName: string, dbName?: string): Promise<readonly ColumnMetadata[]> {
    return await this.#list({ case: "listColumns", value: { tableName, ...optional({ dbName }) } });
  }

  /** The partitions of a table. Thrown when it is not partitioned. Spark 4.2. */
  async listPartitions(tableName: string): Promise<readonly TablePartition[]> {
    const rows = await this.#ask({ case: "listPartitions", value: { tableName } });
    return rows.map((row) => ({ partition: String(row[0]) }));
  }

  /** The functions of a database, or of the current one; built-in ones are always among them. */
  async listFunctions(dbName?: string, pattern?: string): Promise<readonly FunctionMetadata[]> {
    return await this.#list({ case: "listFunctions", value: optional({ dbName, pattern }) });
  }

  /** Whether there is such a function: built in, of this session, or stored. */
  async functionExists(functionName: string, dbName?: string): Promise<boolean> {
    return await this.#value({ case: "functionExists", value: { functionName, ...optional({ dbName }) } });
  }

  /** What is known about a function. */
  async getFunction(functionName: string): Promise<FunctionMetadata> {
    return await this.#one({ case: "getFunction", value: { functionName } });
  }

  /**
   * Makes a table now, empty or over files that exist, and gives its rows.
   *
   * @example await spark.catalog.createTable("runs", { schema: new StructType().add("id", LongType) })
   */
  async createTable(tableName: string, options: CreateTableOptions = {}): Promise<DataFrame> {
    const known = { schema: true, options: true, path: true, source: true, description: true } as const;
    const {
      schema,
      options: sourceOptions = {},
      path,
      source,
      description,
    } = knownOptions("createTable()", options, known);
    await this.#ask({
      case: "createTable",
      value: {
        tableName,
        options: withOptions({}, sourceOptions),
        ...optional({ path, source, description }),
        ...(schema === undefined ? {} : { schema: typeToProto(schema) }),
      },
    });
    return this.#session.table(tableName);
  }

  /** The same as `createTable`, by its older name. */
  async createExternalTable(tableName: string, options: CreateTableOptions = {}): Promise<DataFrame> {
    return await this.createTable(tableName, options);
  }

  /** Drops a table; `purge` skips a trash that the file system may have. Spark 4.2. */
  async dropTable(
    tableName: string,
    options: { readonly ifExists?: boolean; readonly purge?: boolean } = {},
  ): Promise<void> {
    const { ifExists = false, purge = false } = options;
    await this.#ask({ case: "dropTable", value: { tableName, ifExists, purge } });
  }

  /** Drops a view of the catalog. Spark 4.2. */
  async dropView(viewName: string, options: { readonly ifExists?: boolean } = {}): Promise<void> {
    await this.#ask({ case: "dropView", value: { viewName, ifExists: options.ifExists ?? false } });
  }

  /** Deletes every row of a table. Spark 4.2. */
  async truncateTable(tableName: string): Promise<void> {
    await this.#ask({ case: "truncateTable", value: { tableName } });
  }

  /** Counts bytes and rows of a table for the optimizer; with `noScan`, bytes only. Spark 4.2. */
  async analyzeTable(tableName: string, noScan = false): Promise<void> {
    await this.#ask({ case: "analyzeTable", value: { tableName, noScan } });
  }

  /** Drops a temporary view of this session. Whether there was one. */
  async dropTempView(viewName: string): Promise<boolean> {
    return await this.#value({ case: "dropTempView", value: { viewName } });
  }

  /** Drops a view of `global_temp`, which every session of the server has. Whether there was one. */
  async dropGlobalTempView(viewName: string): Promise<boolean> {
    return await this.#value({ case: "dropGlobalTempView", value: { viewName } });
  }

  /** Whether a table or view is kept in memory. */
  async isCached(tableName: string): Promise<boolean> {
    return await this.#value({ case: "isCached", value: { tableName } });
  }

  /** Keeps a table or view on the cluster, from its first use on. */
  async cacheTable(tableName: string, storageLevel?: StorageLevel): Promise<void> {
    await this.#ask({ case: "cacheTable", value: { tableName, ...optional({ storageLevel }) } });
    const release = () => this.uncacheTable(tableName);
    currentExecutionScope().onKept?.({
      key: `cached table ${tableName}`,
      name: `cached table ${tableName}`,
      release,
    });
  }

  /** Gives up what `cacheTable` keeps. */
  async uncacheTable(tableName: string): Promise<void> {
    await this.#ask({ case: "uncacheTable", value: { tableName } });
    currentExecutionScope().onGivenUp?.(`cached table ${tableName}`);
  }

  /** Gives up everything that is cached in the session's catalog. */
  async clearCache(): Promise<void> {
    await this.#ask({ case: "clearCache", value: {} });
  }

  /** Forgets what is known about the table's files, after others have changed them. */
  async refreshTable(tableName: string): Promise<void> {
    await this.#ask({ case: "refreshTable", value: { tableName } });
  }

  /** As `refreshTable`, for everything that was read below a path. */
  async refreshByPath(path: string): Promise<void> {
    await this.#ask({ case: "refreshByPath", value: { path } });
  }

  /** Finds the partitions of a table that are folders already. */
  async recoverPartitions(tableName: string): Promise<void> {
    await this.#ask({ case: "recoverPartitions", value: { tableName } });
  }

  async #ask(catType: CatalogOperation): Promise<Row[]> {
    const plan = relation({ case: "catalog", value: { catType } });
    return await Execution.query(this.#session.client, plan, {}).collect();
  }

  async #list<T>(operation: CatalogOperation): Promise<readonly T[]> {
    return (await this.#ask(operation)) as readonly unknown[] as readonly T[];
  }

  async #one<T>(operation: CatalogOperation): Promise<T> {
    return (await this.#ask(operation))[0] as unknown as T;
  }

  async #value<T>(operation: CatalogOperation): Promise<T> {
    return (await this.#ask(operation))[0]?.[0] as T;
  }
}

/** The entries that have a value. */
function optional<T extends Record<string, unknown>>(entries: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
