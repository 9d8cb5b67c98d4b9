import { expect } from "chai";
import { ConnectClient } from "../../../src/connect/connect-client.ts";
import { col, count, expr, lit, Observation, struct, when } from "../../../src/sql/index.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { planOf, protoOf, spark } from "./plan-json.ts";

const df = spark.range(9);
const other = spark.range(3);

/** Bad calls by the code that they fail with, before anything is sent. */
const refused: Readonly<Record<string, readonly (() => unknown)[]>> = {
  USAGE_OUT_OF_RANGE: [
    () => df.limit(-1),
    () => df.offset(0.5),
    () => df.sample(-0.1),
    () => df.sample(1.5),
    () => df.sample(true as never),
    () => df.sample(Number.POSITIVE_INFINITY, { withReplacement: true }),
    () => df.sample(0.5, { seed: 0.5 }),
    () => df.sample(0.5, { seed: 2n ** 63n }),
    () => df.randomSplit([]),
    () => df.randomSplit([0, 0]),
    () => df.randomSplit([1, -1]),
    () => df.randomSplit([1, Number.NaN]),
    () => spark.range(0, 3, 1, 1.5),
    () => spark.range(2n ** 63n),
    () => df.repartition(0),
    () => df.repartitionById(0, "id"),
    () => df.coalesce(-1),
    () => df.freqItems(["id"], 0),
    () => df.sampleBy("id", new Map([[1, 2]])),
    () => df.nearestByJoin(other, lit(1), 0, "exact", "distance"),
    () => df.nearestByJoin(other, lit(1), 100_001, "exact", "distance"),
  ],
  USAGE_JOIN_TYPE: [
    () => df.join(other, "id", "lefft" as never),
    () => df.lateralJoin(other, undefined, "full" as never),
    () => df.joinAsOf(other, "id", "id", { direction: "back" as never }),
    () => df.joinAsOf(other, "id", "id", { how: "nearest" as never }),
    () => df.nearestByJoin(other, lit(1), 1, "rough" as never, "distance"),
    () => df.nearestByJoin(other, lit(1), 1, "exact", "near" as never),
    () => df.nearestByJoin(other, lit(1), 1, "exact", "distance", "full" as never),
  ],
  USAGE_JOIN_ON: [() => df.joinAsOf(other, "id", "id", { on: ["id", col("id")] as never })],
  USAGE_UNPIVOT: [() => df.unpivot("id", [], "k", "v")],
  USAGE_REPARTITION: [
    () => df.repartitionByRange(3),
    () => df.repartition(),
    () => df.repartition(1, 2 as never),
  ],
  USAGE_WATERMARK: [() => df.withWatermark("", "1 hour"), () => df.withWatermark("at", "")],
  USAGE_NA_FILL: [() => df.fillNa({})],
  USAGE_NA_VALUE: [
    () => df.fillNa(null as never),
    () => df.fillNa({ id: [1] as never }),
    () => df.replace([[null, 1]]),
    () => df.replace([[new Date(), new Date()]]),
  ],
  USAGE_INEXACT_VALUE: [() => df.replace([[2n ** 53n, 1n]]), () => df.replace([[1n, -(2n ** 63n)]])],
  USAGE_NA_REPLACE: [() => df.replace([["a", 1]]), () => df.replace([[true, 1]])],
  USAGE_MERGE: [
    () => df.mergeInto("t", lit(true)).whenMatched().update({}),
    () => df.mergeInto("t", lit(true)).whenNotMatched().insert({}),
  ],
  USAGE_NOT_A_COLUMN: [
    () => df.filter(1 as never),
    () => df.select(1 as never),
    () =>
      df
        .mergeInto("t", lit(true))
        .whenMatched()
        .update({ id: 1 as never }),
    () => when(lit(true), 1).when(true as never, 2),
  ],
  USAGE_WHEN: [
    () => col("id").when(lit(true), 1),
    () => col("id").otherwise(1),
    () => when(lit(true), 1).otherwise(2).otherwise(3),
  ],
  USAGE_ISIN: [() => col("id").isin(1, other)],
  USAGE_DROP_FIELDS: [() => col("s").dropFields()],
  USAGE_JSON_TUPLE: [() => spark.tvf.jsonTuple("{}")],
  USAGE_TABLE_ARGUMENT: [
    () => df.asTable().orderBy("id"),
    () => df.asTable().partitionBy("id").partitionBy("id"),
    () => df.asTable().withSinglePartition().partitionBy("id"),
    () => df.asTable().partitionBy("id").withSinglePartition(),
  ],
  USAGE_PIVOT: [
    () => df.cube("id").pivot("id"),
    () => df.groupingSets([["id"]], "id").pivot("id"),
    () => df.groupBy().pivot("id").pivot("id"),
  ],
  USAGE_OPTION: [
    () => df.dropNa("all" as never),
    () => df.dropNa({ hwo: "all" } as never),
    () => df.sample(0.5, 7 as never),
    () => df.joinAsOf(other, "id", "id", { tolerence: 1 } as never),
    () => df.withColumns(new Map([["x", lit(1)]]) as never),
    () => df.withColumnsRenamed([["id", "x"]] as never),
    () => spark.read.options(new Map([["header", true]]) as never),
    () => df.write.options(null as never),
    () => df.toLocalIterator({ limit: 3 } as never),
  ],
  USAGE_NOT_A_DATAFRAME: [() => df.join([] as never), () => df.union(undefined as never)],
  USAGE_SAVE_MODE: [() => df.write.mode(undefined as never)],
  USAGE_WINDOW: [() => col("id").over(undefined as never)],
  USAGE_OBSERVE: [
    () => df.observe("seen"),
    () => {
      const once = new Observation();
      df.observe(once, count("*"));
      df.observe(once, count("*"));
    },
  ],
  USAGE_SORT: [() => df.sort(), () => df.sortWithinPartitions()],
};

describe("usage of DataFrames", () => {
  for (const [code, calls] of Object.entries(refused)) {
    it(`fails with ${code}`, () => {
      for (const call of calls) {
        expect(call, String(call)).to.throw().with.property("code", code);
      }
    });
  }

  it("fails before it sends, where a promise is given", async () => {
    const calls: readonly [string, () => Promise<unknown>][] = [
      ["USAGE_MERGE", () => df.mergeInto("t", lit(true)).merge()],
      ["USAGE_CORRELATION", () => df.corr("id", "id", "spearman" as never)],
      ["USAGE_OUT_OF_RANGE", () => df.approxQuantile("id", [1.5], 0)],
      ["USAGE_OUT_OF_RANGE", () => df.approxQuantile("id", [0.5], -1)],
      ["USAGE_OUT_OF_RANGE", () => df.take(-1)],
      ["USAGE_OPTION", () => df.write.csv("/tmp/x", { header: true } as never)],
      ["USAGE_OPTION", () => df.write.insertInto("t", true as never)],
      ["USAGE_OPTION", () => df.writeStream.start("/tmp/x", { format: "delta" } as never)],
      ["USAGE_OPTION", () => spark.catalog.createTable("t", { location: "/tmp/x" } as never)],
      ["USAGE_OPTION", () => spark.sql("SELECT 1", null as never)],
      ["USAGE_OPTION", () => df.showString(2, false as never)],
      ["USAGE_OPTION", () => df.checkpoint(false as never)],
      ["USAGE_OPTION", () => spark.sql("SELECT 1", {}, null as never)],
      ["USAGE_NOT_A_DATAFRAME", () => spark.sql("SELECT 1", {}, { x: [1] as never })],
      ["USAGE_SCHEMA", () => spark.createDataFrame([[1]], 5 as never)],
      ["USAGE_SCHEMA", () => spark.createDataFrame([[1]], null as never)],
      ["USAGE_EXPLAIN_MODE", () => df.explainString("all" as never)],
    ];
    for (const [code, call] of calls) {
      const error: unknown = await call().catch((caught: unknown) => caught);
      expect(error, String(call)).to.have.property("code", code);
    }
  });

  it("takes no DataFrame of another session", () => {
    const foreign = new SparkSession(new ConnectClient({ remote: "sc://localhost:1" })).range(1);
    const calls = [
      () => df.join(foreign),
      () => df.union(foreign),
      () => df.lateralJoin(foreign),
      () => df.joinAsOf(foreign, "id", "id"),
      () => df.nearestByJoin(foreign, lit(1), 1, "exact", "distance"),
    ];
    for (const call of calls) expect(call).to.throw().with.property("code", "USAGE_OTHER_SESSION");
  });
});

describe("subqueries", () => {
  const planId = other.toPlan().common?.planId;

  it("bring their plans along, each once", () => {
    const both = df.where(other.exists().or(col("id").gt(other.scalar())));
    const kind = both.toPlan().relType;
    const value = kind.case === "withRelations" ? kind.value : undefined;
    expect(value?.root?.relType.case).to.equal("filter");
    expect(value?.references.map((plan) => plan.common?.planId)).to.deep.equal([planId]);
  });

  it("are found in lambdas, sort orders, windows and cases", () => {
    const found = [
      df.orderBy(other.scalar().desc()),
      df.select(when(other.exists(), 1).otherwise(2).alias("x")),
      df.groupBy("id").agg(expr("max(id)").plus(other.scalar())),
      df.groupingSets([[other.scalar()]], "id").count(),
      df.unpivot("id", other.scalar(), "k", "v"),
    ];
    for (const one of found) expect(planOf(one)).to.have.nested.property("withRelations.references[0].range");
    expect(planOf(df.select("id"))).to.have.property("project");
  });

  it("leave the plan ids of columns to the whole", () => {
    const late = df.where(other.exists());
    const { exprType } = late.col("id").toProto();
    expect(exprType.case === "unresolvedAttribute" && exprType.value.planId).to.equal(
      late.toPlan().common?.planId,
    );
    expect(late.toPlan().relType.case).to.equal("withRelations");
  });

  it("take the fields of a struct as values", () => {
    expect(protoOf(struct("a", "b").isin(other))).to.deep.nested.include({
      "subqueryExpression.subqueryType": "SUBQUERY_TYPE_IN",
      "subqueryExpression.inSubqueryValues": [
        { unresolvedAttribute: { unparsedIdentifier: "a" } },
        { unresolvedAttribute: { unparsedIdentifier: "b" } },
      ],
    });
  });

  it("arrange a table argument", () => {
    const argument = other.asTable().partitionBy("id").orderBy(col("id").desc());
    expect(protoOf(argument.toProto())).to.deep.nested.include({
      "subqueryExpression.tableArgOptions.partitionSpec": [
        { unresolvedAttribute: { unparsedIdentifier: "id" } },
      ],
      "subqueryExpression.tableArgOptions.orderSpec[0].direction": "SORT_DIRECTION_DESCENDING",
    });
    expect(protoOf(other.asTable().withSinglePartition().toProto())).to.have.nested.property(
      "subqueryExpression.tableArgOptions.withSinglePartition",
      true,
    );
    expect(planOf(spark.tvf.call("f", other.asTable()))).to.have.nested.property(
      "withRelations.root.unresolvedTableValuedFunction.functionName",
      "f",
    );
  });
});
