import type { DatasetConfig } from "../../config/project.ts";

/** A dataset as OpenLineage names it, after its naming conventions (openlineage.io/docs/spec/naming). */
export interface DatasetIdentity {
  readonly namespace: string;
  readonly name: string;
}

/** Where the tables of a run are listed. */
export interface CatalogFacts {
  /** A Spark Connect URL, or `embedded`. */
  readonly remote: string;
  readonly conf: Readonly<Record<string, string>>;
  /** For what only the project itself can find. */
  readonly namespace: string;
}

/** The identity of a dataset of the project. */
export function datasetIdentity(dataset: DatasetConfig, catalog: CatalogFacts): DatasetIdentity {
  const { name, location, format, options, source } = dataset;
  if (source !== undefined) return { namespace: catalog.namespace, name: `${source}.${name}` };
  const found =
    format === "jdbc"
      ? jdbcIdentity(options)
      : format === "kafka"
        ? kafkaIdentity(options)
        : location.kind === "table"
          ? tableIdentity(location.table, catalog)
          : location.kind === "path"
            ? pathIdentity(location.path)
            : undefined;
  return found ?? { namespace: catalog.namespace, name };
}

const canonicalSchemes: Readonly<Record<string, string>> = {
  s3a: "s3",
  s3n: "s3",
  abfs: "abfss",
  wasb: "wasbs",
};
const objectStores = new Set(["s3", "gs", "abfss", "wasbs"]);

/** A folder or file, as a path or URI; `undefined` when it is neither. */
export function pathIdentity(path: string): DatasetIdentity | undefined {
  const uri = /^([A-Za-z][\w+.-]*):(?:\/\/([^/]*))?(\/?.*)$/.exec(path);
  const [, scheme = "file", authority = "", rest = path] = uri ?? [];
  const name = rest.replace(/\/+$/, "");
  if (scheme === "file") {
    if (!rest.startsWith("/")) return undefined;
    return { namespace: authority === "" ? "file" : `file://${authority}`, name: name === "" ? "/" : name };
  }
  const canonical = canonicalSchemes[scheme] ?? scheme;
  const namespace = authority === "" ? canonical : `${canonical}://${authority}`;
  const inStore = objectStores.has(canonical) ? name.replace(/^\/+/, "") : name;
  return { namespace, name: inStore === "" ? "/" : inStore };
}

/** A table: `table`, `database.table` or `catalog.database.table`. */
export function tableIdentity(table: string, { remote, conf, namespace }: CatalogFacts): DatasetIdentity {
  const parts = tableParts(table);
  const name = (parts.length === 1 ? ["default", ...parts] : parts).join(".");
  const metastore = /^thrift:\/\/([^,/]+)/.exec(conf["spark.hadoop.hive.metastore.uris"] ?? "")?.[1];
  if (metastore !== undefined && parts.length < 3) return { namespace: `hive://${metastore}`, name };
  if (remote === "embedded") return { namespace, name };
  const host = /^\w+:\/\/([^/;]+)/.exec(remote)?.[1] ?? "unknown";
  if (/\.(azure)?databricks\.(com|net)(:\d+)?$/.test(host)) {
    const catalog =
      parts.length === 3 ? name : `${conf["spark.databricks.sql.initial.catalog.name"] ?? "main"}.${name}`;
    return { namespace: `unitycatalog://${host.replace(/:443$/, "")}`, name: catalog };
  }
  return { namespace: `spark://${host}`, name };
}

/** The parts of a name, without backquotes and without the catalog that every session has. */
function tableParts(table: string): string[] {
  const parts = [...table.matchAll(/`((?:[^`]|``)*)`|([^.`]+)/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll("``", "`") ?? plain ?? "",
  );
  return parts.length === 3 && parts[0] === "spark_catalog" ? parts.slice(1) : parts;
}

interface JdbcStore {
  readonly scheme: string;
  readonly port: number;
  /** How many parts the whole name of a table has. */
  readonly parts: 2 | 3;
  /** Of a table whose name says none. */
  readonly schema?: string;
}

const jdbcStores: Readonly<Record<string, JdbcStore>> = {
  postgresql: { scheme: "postgres", port: 5432, parts: 3, schema: "public" },
  mysql: { scheme: "mysql", port: 3306, parts: 2 },
  mariadb: { scheme: "mysql", port: 3306, parts: 2 },
  sqlserver: { scheme: "mssql", port: 1433, parts: 3, schema: "dbo" },
  oracle: { scheme: "oracle", port: 1521, parts: 3 },
  db2: { scheme: "db2", port: 50000, parts: 3 },
  redshift: { scheme: "redshift", port: 5439, parts: 3, schema: "public" },
};

function jdbcIdentity(given: Readonly<Record<string, string>>): DatasetIdentity | undefined {
  const { url, dbtable } = lowerCased(given);
  // A query in brackets is no table.
  if (url === undefined || dbtable === undefined || /[\s(]/.test(dbtable)) return undefined;
  const [, driver = "", place = ""] = /^jdbc:(\w+):(?:thin:@)?(?:\/\/)?(.*)$/.exec(url) ?? [];
  // Before the last @ stand the user and the password.
  const rest = place.replace(/^[^?;]*@(?:\/\/)?/, "");
  if (driver === "sqlite") return { namespace: "sqlite", name: `${rest.replace(/\?.*$/, "")}.${dbtable}` };
  const [, host, port, path = ""] = /^([^:/;?]+)(?::(\d+))?(?:[/:;]([^?;]*))?/.exec(rest) ?? [];
  if (host === undefined) return undefined;
  const store = jdbcStores[driver] ?? { scheme: driver, port: undefined, parts: 3, schema: undefined };
  const database = /database(?:Name)?=([^;]+)/i.exec(rest)?.[1] ?? path;
  const parts = tableParts(dbtable);
  if (parts.length === 1 && store.schema !== undefined) parts.unshift(store.schema);
  if (parts.length < store.parts && database !== "") parts.unshift(database);
  const at = port ?? store.port;
  return { namespace: `${store.scheme}://${host}${at === undefined ? "" : `:${at}`}`, name: parts.join(".") };
}

function kafkaIdentity(given: Readonly<Record<string, string>>): DatasetIdentity | undefined {
  const options = lowerCased(given);
  const [server] = (options["kafka.bootstrap.servers"] ?? "").split(",");
  const topic = options["topic"] ?? options["subscribe"];
  if (server === undefined || server === "" || topic === undefined) return undefined;
  return { namespace: `kafka://${server.trim()}${/:\d+$/.test(server) ? "" : ":9092"}`, name: topic };
}

/** Spark's options know no case. */
function lowerCased(options: Readonly<Record<string, string>>): Readonly<Partial<Record<string, string>>> {
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key.toLowerCase(), value]));
}
