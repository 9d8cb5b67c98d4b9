import { expect } from "chai";
import type { DatasetConfig, DatasetLocation } from "../../../src/config/project.ts";
import { datasetIdentity } from "../../../src/observe/lineage/dataset-identity.ts";

const embedded = { remote: "embedded", conf: {}, namespace: "shop" };

function dataset(location: DatasetLocation, format: string, options = {}, source?: string): DatasetConfig {
  return {
    name: "raw.orders",
    location,
    format,
    mode: "overwrite",
    partitionBy: [],
    mergeKeys: [],
    options,
    ...(source !== undefined && { source }),
  };
}
const identity = (...args: Parameters<typeof dataset>) => {
  const { namespace, name } = datasetIdentity(dataset(...args), embedded);
  return `${namespace} ${name}`;
};
const at = (path: string) => identity({ kind: "path", path }, "parquet");
const jdbc = (url: string, dbtable: string) =>
  identity({ kind: "path", path: "orders" }, "jdbc", { URL: url, dbTable: dbtable });

describe("the OpenLineage name of a dataset", () => {
  it("of files is their store and their path", () => {
    expect(at("/data/orders/")).to.equal("file /data/orders");
    expect(at("file:/data/orders")).to.equal("file /data/orders");
    expect(at("file:///data/orders")).to.equal("file /data/orders");
    expect(at("file://nas/orders")).to.equal("file://nas /orders");
    expect(at("s3a://lake/raw/orders")).to.equal("s3://lake raw/orders");
    expect(at("s3://lake/")).to.equal("s3://lake /");
    expect(at("gs://lake/raw")).to.equal("gs://lake raw");
    expect(at("hdfs://nn:8020/raw/orders")).to.equal("hdfs://nn:8020 /raw/orders");
    expect(at("abfs://c@acc.dfs.core.windows.net/raw")).to.equal("abfss://c@acc.dfs.core.windows.net raw");
    expect(at("dbfs:/raw")).to.equal("dbfs /raw");
  });

  it("of a table is its catalog's", () => {
    const table = (name: string, facts = {}) => {
      const config = dataset({ kind: "table", table: name }, "delta");
      const found = datasetIdentity(config, { ...embedded, ...facts });
      return `${found.namespace} ${found.name}`;
    };
    expect(table("raw.orders")).to.equal("shop raw.orders");
    expect(table("spark_catalog.raw.orders")).to.equal("shop raw.orders");
    expect(table("orders")).to.equal("shop default.orders");
    expect(table("`we``ird`.`a.b`")).to.equal("shop we`ird.a.b");
    expect(table("lake.raw.orders", { remote: "sc://spark.local:15002/;token=x" })).to.equal(
      "spark://spark.local:15002 lake.raw.orders",
    );
    const conf = { "spark.hadoop.hive.metastore.uris": "thrift://meta:9083,thrift://other:9083" };
    expect(table("raw.orders", { conf })).to.equal("hive://meta:9083 raw.orders");
    const remote = "sc://dbc-1.cloud.databricks.com:443/;token=x";
    expect(table("main.raw.orders", { remote })).to.equal(
      "unitycatalog://dbc-1.cloud.databricks.com main.raw.orders",
    );
  });

  it("of a database's table is the database's, without user and password", () => {
    expect(jdbc("jdbc:postgresql://u:p@db:6432/shop?ssl=true", "orders")).to.equal(
      "postgres://db:6432 shop.public.orders",
    );
    expect(jdbc("jdbc:postgresql://u:p@s/s@db/shop", "orders")).to.equal(
      "postgres://db:5432 shop.public.orders",
    );
    expect(jdbc("jdbc:oracle:thin:u/p@//db:1522/svc", "sales.o")).to.equal("oracle://db:1522 svc.sales.o");
    expect(jdbc("jdbc:postgresql://db/shop", "sales.orders")).to.equal(
      "postgres://db:5432 shop.sales.orders",
    );
    expect(jdbc("jdbc:mysql://db/shop", "orders")).to.equal("mysql://db:3306 shop.orders");
    expect(jdbc("jdbc:mysql://db/shop", "other.orders")).to.equal("mysql://db:3306 other.orders");
    expect(jdbc("jdbc:sqlserver://db;databaseName=shop;user=u", "orders")).to.equal(
      "mssql://db:1433 shop.dbo.orders",
    );
    expect(jdbc("jdbc:oracle:thin:@//db:1522/svc", "sales.orders")).to.equal(
      "oracle://db:1522 svc.sales.orders",
    );
    expect(jdbc("jdbc:oracle:thin:@db:1521:sid", "sales.orders")).to.equal(
      "oracle://db:1521 sid.sales.orders",
    );
    expect(jdbc("jdbc:sqlite:/data/shop.db", "orders")).to.equal("sqlite /data/shop.db.orders");
    expect(jdbc("jdbc:mysql://db/shop", "(select 1) q")).to.equal("shop raw.orders");
  });

  it("of a topic is the broker's, of a data source the project's", () => {
    const kafka = { "kafka.bootstrap.servers": "k1:9093, k2:9093", subscribe: "orders" };
    expect(identity({ kind: "path", path: "orders" }, "kafka", kafka)).to.equal("kafka://k1:9093 orders");
    expect(identity({ kind: "path", path: "orders" }, "json", {}, "crm")).to.equal("shop crm.raw.orders");
  });
});
