import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CatalogSchema } from "../../gen/spark/connect/catalog_pb.ts";
import type { Row } from "../arrow/row.ts";
import { currentExecutionScope, viewKey } from "../connect/execution-scope.ts";
import { Execution } from "./execution.ts";
import { relation } from "./plan/relation.ts";
import type { SparkSession } from "./spark-session.ts";
import type { StorageLevel } from "./storage-level.ts";

type CatalogOperation = NonNullable<MessageInitShape<typeof CatalogSchema>["catType"]>;

/** @see org.apache.spark.sql.catalog.CatalogMetadata */
export interface CatalogMetadata {
  readonly name: string;
  readonly description: string | null;
}

/** @see org.apache.spark.sql.catalog.Database */
export interface DatabaseMetadata {
  readonly name: string;
  readonly catalog: string | null;
  readonly description: string | null;
  readonly locationUri: string;
}

/** @see org.apache.spark.sql.catalog.Table */
export interface TableMetadata {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  readonly tableType: string;
  readonly isTemporary: boolean;
}

/** @see org.apache.spark.sql.catalog.Column */
export interface ColumnMetadata {
  readonly name: string;
  readonly description: string | null;
  readonly dataType: string;
  readonly nullable: boolean;
  readonly isPartition: boolean;
  readonly isBucket: boolean;
  readonly isCluster: boolean;
}

/**
 * Databases, tables and views. Names may have parts, as in SQL: `catalog.database.table`.
 *
 * @see org.apache.spark.sql.catalog.Catalog
 */
export class Catalog {
  readonly #session: SparkSession;

  constructor(session: SparkSession) {
    this.#session = session;
  }

  async currentCatalog(): Promise<string> {
    return await this.#value({ case: "currentCatalog", value: {} });
  }

  async setCurrentCatalog(catalogName: string): Promise<void> {
    await this.#ask({ case: "setCurrentCatalog", value: { catalogName } });
  }

  async listCatalogs(pattern?: string): Promise<readonly CatalogMetadata[]> {
    return await this.#list({ case: "listCatalogs", value: optional({ pattern }) });
  }

  async currentDatabase(): Promise<string> {
    return await this.#value({ case: "currentDatabase", value: {} });
  }

  async setCurrentDatabase(dbName: string): Promise<void> {
    await this.#ask({ case: "setCurrentDatabase", value: { dbName } });
  }

  async databaseExists(dbName: string): Promise<boolean> {
    return await this.#value({ case: "databaseExists", value: { dbName } });
  }

  async listDatabases(pattern?: string): Promise<readonly DatabaseMetadata[]> {
    return await this.#list({ case: "listDatabases", value: optional({ pattern }) });
  }

  async getDatabase(dbName: string): Promise<DatabaseMetadata> {
    return await this.#one({ case: "getDatabase", value: { dbName } });
  }

  async tableExists(tableName: string, dbName?: string): Promise<boolean> {
    return await this.#value({ case: "tableExists", value: { tableName, ...optional({ dbName }) } });
  }

  /** The tables and views of a database, or of the current one; temporary views are always among them. */
  async listTables(dbName?: string, pattern?: string): Promise<readonly TableMetadata[]> {
    return await this.#list({ case: "listTables", value: optional({ dbName, pattern }) });
  }

  async getTable(tableName: string): Promise<TableMetadata> {
    return await this.#one({ case: "getTable", value: { tableName } });
  }

  async listColumns(tableName: string, dbName?: string): Promise<readonly ColumnMetadata[]> {
    return await this.#list({ case: "listColumns", value: { tableName, ...optional({ dbName }) } });
  }

  async functionExists(functionName: string, dbName?: string): Promise<boolean> {
    return await this.#value({ case: "functionExists", value: { functionName, ...optional({ dbName }) } });
  }

  /** Whether there was such a view. */
  async dropTempView(viewName: string): Promise<boolean> {
    const dropped = await this.#value<boolean>({ case: "dropTempView", value: { viewName } });
    currentExecutionScope().onGivenUp?.(viewKey(viewName));
    return dropped;
  }

  /** Whether there was such a view. */
  async dropGlobalTempView(viewName: string): Promise<boolean> {
    return await this.#value({ case: "dropGlobalTempView", value: { viewName } });
  }

  async isCached(tableName: string): Promise<boolean> {
    return await this.#value({ case: "isCached", value: { tableName } });
  }

  async cacheTable(tableName: string, storageLevel?: StorageLevel): Promise<void> {
    await this.#ask({ case: "cacheTable", value: { tableName, ...optional({ storageLevel }) } });
    const release = () => this.uncacheTable(tableName);
    currentExecutionScope().onKept?.({
      key: `cached table ${tableName}`,
      name: `cached table ${tableName}`,
      release,
    });
  }

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
