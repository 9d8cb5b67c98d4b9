import { toBinary } from "@bufbuild/protobuf";
import { expect } from "chai";
import { RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { count } from "../../../src/sql/functions/aggregate-functions.ts";
import { col, lit } from "../../../src/sql/functions/call.ts";
import { Observation } from "../../../src/sql/observation.ts";
import { resolvePlan } from "../../../src/sql/plan/resolve.ts";
import { planOf, spark } from "./plan-json.ts";

const range = (end: number) => ({ range: { start: "0", end: String(end), step: "1" } });
const df = spark.range(9);
const input = range(9);
const id = { unresolvedAttribute: { unparsedIdentifier: "id" } };
const one = { literal: { integer: 1 } };

describe("DataFrame transformations", () => {
  it("select and selectExpr", () => {
    expect(planOf(df.select("id", lit(1)))).to.deep.equal({ project: { input, expressions: [id, one] } });
    expect(planOf(df.selectExpr("id + 1"))).to.deep.equal({
      project: { input, expressions: [{ expressionString: { expression: "id + 1" } }] },
    });
  });

  it("filter by column and by text", () => {
    expect(planOf(df.where("id > 1"))).to.deep.equal({
      filter: { input, condition: { expressionString: { expression: "id > 1" } } },
    });
    expect(() => df.filter(true as never))
      .to.throw()
      .with.property("code", "USAGE_NOT_A_COLUMN");
  });

  it("withColumns, renames and drops", () => {
    expect(planOf(df.withColumns({ a: lit(1), b: col("id") }))).to.deep.equal({
      withColumns: {
        input,
        aliases: [
          { expr: one, name: ["a"] },
          { expr: id, name: ["b"] },
        ],
      },
    });
    expect(planOf(df.withColumnRenamed("id", "n"))).to.deep.equal({
      withColumnsRenamed: { input, renames: [{ colName: "id", newColName: "n" }] },
    });
    expect(planOf(df.drop("x", col("id")))).to.deep.equal({
      drop: { input, columns: [id], columnNames: ["x"] },
    });
    expect(() => df.withColumn("a", 1 as never))
      .to.throw()
      .with.property("code", "USAGE_NOT_A_COLUMN");
  });

  it("refers to its own columns by plan id", () => {
    const [left, right] = [spark.range(1), spark.range(2)];
    const ids = [left, right].map((side) => {
      const kind = side.col("id").toProto().exprType;
      return kind.case === "unresolvedAttribute" ? kind.value.planId : undefined;
    });
    expect(ids).to.deep.equal([left.toPlan().common?.planId, right.toPlan().common?.planId]);
    expect(ids[0]).not.to.equal(ids[1]);
  });

  it("joins", () => {
    const other = spark.range(2);
    const sides = { left: input, right: range(2) };
    expect(planOf(df.join(other, "id", "leftouter"))).to.deep.equal({
      join: { ...sides, joinType: "JOIN_TYPE_LEFT_OUTER", usingColumns: ["id"] },
    });
    expect(planOf(df.join(other, ["id", "x"]))).to.have.deep.nested.property("join.usingColumns", [
      "id",
      "x",
    ]);
    expect(planOf(df.join(other, [col("a"), col("b")], "anti"))).to.have.nested.property(
      "join.joinCondition.unresolvedFunction.functionName",
      "and",
    );
    expect(planOf(df.crossJoin(other))).to.deep.equal({ join: { ...sides, joinType: "JOIN_TYPE_CROSS" } });
    expect(() => df.join(other, "id", "lefft" as never))
      .to.throw()
      .that.deep.includes({ code: "USAGE_JOIN_TYPE", hint: 'Did you mean "left"?' });
    expect(() => df.join(other, ["id", col("x")] as never))
      .to.throw()
      .with.property("code", "USAGE_JOIN_ON");
  });

  it("groups, pivots and aggregates", () => {
    expect(planOf(df.groupBy("id").count())).to.deep.equal({
      aggregate: {
        input,
        groupType: "GROUP_TYPE_GROUPBY",
        groupingExpressions: [id],
        aggregateExpressions: [
          {
            alias: {
              expr: { unresolvedFunction: { functionName: "count", arguments: [one] } },
              name: ["count"],
            },
          },
        ],
      },
    });
    expect(planOf(df.rollup("id").sum("id"))).to.have.nested.property(
      "aggregate.groupType",
      "GROUP_TYPE_ROLLUP",
    );
    expect(planOf(df.groupBy("id").pivot("x", [1]).agg(count("*")))).to.deep.nested.include({
      "aggregate.groupType": "GROUP_TYPE_PIVOT",
      "aggregate.pivot.col.unresolvedAttribute.unparsedIdentifier": "x",
      "aggregate.pivot.values": [{ integer: 1 }],
    });
    expect(() => df.agg())
      .to.throw()
      .with.property("code", "USAGE_AGGREGATE");
    expect(() => df.rollup("id").pivot("x"))
      .to.throw()
      .with.property("code", "USAGE_PIVOT");
  });

  it("sorts, globally or not", () => {
    const order = [{ child: id, direction: "SORT_DIRECTION_ASCENDING", nullOrdering: "SORT_NULLS_FIRST" }];
    expect(planOf(df.orderBy("id"))).to.deep.equal({ sort: { input, order, isGlobal: true } });
    expect(planOf(df.sortWithinPartitions("id"))).to.deep.equal({ sort: { input, order, isGlobal: false } });
    expect(() => df.sort())
      .to.throw()
      .with.property("code", "USAGE_SORT");
  });

  it("limits, and refuses what is no number of rows", () => {
    expect(planOf(df.limit(3).offset(1))).to.deep.equal({
      offset: { input: { limit: { input, limit: 3 } }, offset: 1 },
    });
    for (const n of [-1, 0.5, 2 ** 31, Number.NaN]) {
      expect(() => df.limit(n))
        .to.throw()
        .with.property("code", "USAGE_OUT_OF_RANGE");
    }
  });

  it("combines sets", () => {
    const sides = { leftInput: input, rightInput: range(2) };
    const other = spark.range(2);
    expect(planOf(df.union(other))).to.deep.equal({
      setOp: {
        ...sides,
        setOpType: "SET_OP_TYPE_UNION",
        isAll: true,
        byName: false,
        allowMissingColumns: false,
      },
    });
    expect(planOf(df.unionByName(other, { allowMissingColumns: true }))).to.deep.equal({
      setOp: {
        ...sides,
        setOpType: "SET_OP_TYPE_UNION",
        isAll: true,
        byName: true,
        allowMissingColumns: true,
      },
    });
    expect(planOf(df.subtract(other))).to.deep.equal({
      setOp: {
        ...sides,
        setOpType: "SET_OP_TYPE_EXCEPT",
        isAll: false,
        byName: false,
        allowMissingColumns: false,
      },
    });
    expect(planOf(df.intersectAll(other))).to.deep.equal({
      setOp: {
        ...sides,
        setOpType: "SET_OP_TYPE_INTERSECT",
        isAll: true,
        byName: false,
        allowMissingColumns: false,
      },
    });
    expect(planOf(df.dropDuplicates("id"))).to.deep.equal({
      deduplicate: { input, columnNames: ["id"], allColumnsAsKeys: false, withinWatermark: false },
    });
  });

  it("partitions", () => {
    expect(planOf(df.repartition(3))).to.deep.equal({
      repartition: { input, numPartitions: 3, shuffle: true },
    });
    expect(planOf(df.coalesce(3))).to.deep.equal({
      repartition: { input, numPartitions: 3, shuffle: false },
    });
    expect(planOf(df.repartition(3, "id"))).to.deep.equal({
      repartitionByExpression: { input, partitionExprs: [id], numPartitions: 3 },
    });
    expect(() => df.repartition(0))
      .to.throw()
      .with.property("code", "USAGE_OUT_OF_RANGE");
    expect(() => df.repartitionByRange(3))
      .to.throw()
      .with.property("code", "USAGE_REPARTITION");
  });

  it("fills, drops and replaces", () => {
    expect(planOf(df.na.fill({ id: 0, x: "-" }))).to.deep.equal({
      fillNa: { input, cols: ["id", "x"], values: [{ long: "0" }, { string: "-" }] },
    });
    expect(planOf(df.na.drop({ how: "all" }))).to.deep.equal({ dropNa: { input, minNonNulls: 1 } });
    expect(planOf(df.na.replace(new Map([[1, 2]])))).to.deep.equal({
      replace: { input, replacements: [{ oldValue: { double: 1 }, newValue: { double: 2 } }] },
    });
  });

  it("aliases, hints, samples and observes", () => {
    expect(planOf(df.alias("t"))).to.deep.equal({ subqueryAlias: { input, alias: "t" } });
    expect(planOf(df.hint("broadcast"))).to.deep.equal({ hint: { input, name: "broadcast" } });
    expect(planOf(df.sample(0.5, { seed: 7 }))).to.deep.equal({
      sample: { input, upperBound: 0.5, withReplacement: false, seed: "7" },
    });
    expect(planOf(df.observe(new Observation("o"), count("id").as("n")))).to.have.nested.property(
      "collectMetrics.name",
      "o",
    );
    expect(() => df.observe("o"))
      .to.throw()
      .with.property("code", "USAGE_OBSERVE");
    expect(() => df.sample(2))
      .to.throw()
      .with.property("code", "USAGE_OUT_OF_RANGE");
  });

  it("never changes a plan that it builds on", () => {
    const before = JSON.stringify(planOf(df));
    df.select("id").filter("id > 1").join(df, "id").groupBy("id").count();
    expect(JSON.stringify(planOf(df))).to.equal(before);
  });

  it("encodes long chains in bytes linear in their length, and refuses those that no server parses", () => {
    const chain = (length: number) => {
      let df = spark.range(1);
      for (let i = 0; i < length; i++) df = df.filter(`id > ${i % 10}`);
      return df.toPlan();
    };
    const bytes = (length: number) => toBinary(RelationSchema, resolvePlan(chain(length))).length;
    expect(bytes(450)).to.be.within(9_000, 2.2 * bytes(225));
    expect(() => resolvePlan(chain(20_000)))
      .to.throw()
      .with.property("code", "SPARK_PLAN_TOO_DEEP");
  });
});
