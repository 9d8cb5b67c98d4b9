import { toJson } from "@bufbuild/protobuf";
import { expect } from "chai";
import { type Plan, PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import { ConnectClient } from "../../../src/connect/connect-client.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { col, upper } from "../../../src/sql/functions/index.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { LongType, StructType } from "../../../src/sql/types/data-type.ts";
import { planOf, spark } from "./plan-json.ts";

/** A client that keeps the plans it is given and answers nothing. */
class RecordingClient extends ConnectClient {
  readonly plans: Plan[] = [];

  override execute(plan: Plan): ReturnType<ConnectClient["execute"]> {
    this.plans.push(plan);
    return { operationId: "", async *[Symbol.asyncIterator]() {} };
  }
}

async function commandOf(write: (df: DataFrame) => Promise<void>): Promise<Record<string, unknown>> {
  const client = new RecordingClient({ remote: "sc://localhost:1" });
  await write(new SparkSession(client).range(1));
  const [plan] = client.plans;
  if (plan === undefined) throw new Error("nothing was sent");
  const { command } = toJson(PlanSchema, plan) as { command: Record<string, Record<string, unknown>> };
  const [name, { input: _input, ...rest }] = Object.entries(command)[0] as [string, Record<string, unknown>];
  return { [name]: rest };
}

describe("DataFrameReader", () => {
  it("reads paths with format, schema and options, the last of a key in any case counting", () => {
    const df = spark.read
      .format("csv")
      .schema(new StructType().add("id", LongType))
      .options({ header: false, SEP: ";" })
      .option("Header", true)
      .load("/a", "/b");
    expect(planOf(df)).to.deep.equal({
      read: {
        dataSource: {
          format: "csv",
          schema: '{"fields":[{"metadata":{},"name":"id","nullable":true,"type":"long"}],"type":"struct"}',
          options: { SEP: ";", Header: "true" },
          paths: ["/a", "/b"],
        },
      },
    });
  });

  it("reads tables and JDBC", () => {
    expect(planOf(spark.table("a.b"))).to.deep.equal({ read: { namedTable: { unparsedIdentifier: "a.b" } } });
    expect(planOf(spark.read.jdbc("jdbc:x", "t", { user: "u" }))).to.deep.equal({
      read: { dataSource: { format: "jdbc", options: { user: "u", url: "jdbc:x", dbtable: "t" } } },
    });
    expect(() => spark.read.option("x", null as never))
      .to.throw()
      .with.property("code", "USAGE_OPTION");
  });
});

describe("DataFrameReader of what is not files", () => {
  it("splits a table behind JDBC by ranges or by conditions, and refuses half a split", () => {
    const ranges = { column: "id", lowerBound: 0, upperBound: 10n, numPartitions: 2 };
    expect(planOf(spark.read.jdbc("jdbc:x", "t", { user: "u" }, ranges))).to.have.deep.nested.property(
      "read.dataSource.options",
      {
        partitionColumn: "id",
        lowerBound: "0",
        upperBound: "10",
        numPartitions: "2",
        user: "u",
        url: "jdbc:x",
        dbtable: "t",
      },
    );
    const unusable = [
      { ...ranges, numPartitions: 0 },
      { ...ranges, column: "" },
      { ...ranges, lowerBound: undefined },
      { predicates: [] },
    ];
    for (const split of unusable) {
      expect(() => spark.read.jdbc("jdbc:x", "t", {}, split as never))
        .to.throw()
        .with.property("code", "USAGE_JDBC_SPLIT");
    }
  });

  it("says what a schema cannot be used for", () => {
    expect(() => spark.read.schema("a INT").json(spark.range(1)))
      .to.throw()
      .with.property("code", "USAGE_SCHEMA");
    expect(() => spark.read.schema("a INT").changes("t"))
      .to.throw()
      .with.property("code", "USAGE_CHANGES_SCHEMA");
  });
});

describe("DataFrameWriter", () => {
  it("writes to a path", async () => {
    const write = (df: DataFrame) =>
      df.write
        .format("delta")
        .mode("overwrite")
        .option("replaceWhere", "day > 1")
        .partitionBy("day")
        .save("/p");
    expect(await commandOf(write)).to.deep.equal({
      writeOperation: {
        source: "delta",
        path: "/p",
        mode: "SAVE_MODE_OVERWRITE",
        partitioningColumns: ["day"],
        options: { replaceWhere: "day > 1" },
      },
    });
  });

  it("writes to a table, in buckets and in order", async () => {
    expect(await commandOf((df) => df.write.bucketBy(4, "a").sortBy("b").saveAsTable("db.t"))).to.deep.equal({
      writeOperation: {
        table: { tableName: "db.t", saveMethod: "TABLE_SAVE_METHOD_SAVE_AS_TABLE" },
        sortColumnNames: ["b"],
        bucketBy: { bucketColumnNames: ["a"], numBuckets: 4 },
      },
    });
    expect(await commandOf((df) => df.write.mode("append").insertInto("t"))).to.have.nested.property(
      "writeOperation.table.saveMethod",
      "TABLE_SAVE_METHOD_INSERT_INTO",
    );
  });

  it("never takes an unknown mode for another one", () => {
    for (const mode of ["overwrit", "", "constructor", "replace"]) {
      expect(() => spark.range(1).write.mode(mode as never))
        .to.throw()
        .with.property("code", "USAGE_SAVE_MODE");
    }
  });

  it("refuses buckets, orders and clusters without columns, and partitions that are none", () => {
    const { write } = spark.range(1);
    for (const call of [() => write.bucketBy(2), () => write.sortBy(), () => write.clusterBy()]) {
      expect(call).to.throw().with.property("code", "USAGE_NO_COLUMNS");
    }
    expect(() => write.bucketBy(0, "a"))
      .to.throw()
      .with.property("code", "USAGE_OUT_OF_RANGE");
    for (const column of [col("a").plus(1), upper("a")]) {
      expect(() => spark.range(1).writeTo("t").partitionedBy(column))
        .to.throw()
        .with.property("code", "USAGE_PARTITION");
    }
  });

  it("asks for schema evolution where it is wanted", async () => {
    expect(await commandOf((df) => df.write.withSchemaEvolution().saveAsTable("t"))).to.have.nested.property(
      "writeOperation.withSchemaEvolution",
      true,
    );
    expect(await commandOf((df) => df.writeTo("t").withSchemaEvolution().append())).to.have.nested.property(
      "writeOperationV2.withSchemaEvolution",
      true,
    );
  });

  it("writes by data source V2", async () => {
    const write = (df: DataFrame) => df.writeTo("t").option("a", 1).overwrite(col("day").eq(1));
    expect(await commandOf(write)).to.deep.nested.include({
      "writeOperationV2.mode": "MODE_OVERWRITE",
      "writeOperationV2.tableName": "t",
      "writeOperationV2.options": { a: "1" },
    });
  });
});
