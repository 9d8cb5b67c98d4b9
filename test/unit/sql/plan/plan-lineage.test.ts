import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import { RelationSchema } from "../../../../gen/spark/connect/relations_pb.ts";
import type { DataFrame } from "../../../../src/sql/data-frame.ts";
import { count, sum } from "../../../../src/sql/functions/aggregate-functions.ts";
import { col, expr, lit } from "../../../../src/sql/functions/call.ts";
import { upper } from "../../../../src/sql/functions/string-functions.ts";
import type { Origin } from "../../../../src/sql/plan/lineage/origin.ts";
import { type PlanLineage, planLineage } from "../../../../src/sql/plan/lineage/plan-lineage.ts";
import type { RelationKind } from "../../../../src/sql/plan/relation.ts";
import { Window } from "../../../../src/sql/window.ts";
import { spark } from "../plan-json.ts";

const flights = spark.table("air.flights");
const airports = spark.read
  .schema("iata STRING, name STRING, pos STRUCT<x: INT, y: INT>")
  .csv("/data/airports");

const lineage = (df: DataFrame): PlanLineage => df.lineage();

/** `source.column>operation>operation`, and `?reason`. */
function shortly({ sources, unknown }: Origin): string[] {
  return [
    ...sources.map((use) => [`${use.source}.${use.column}`, ...use.operations].join(">")),
    ...unknown.map((reason) => `?${reason}`),
  ];
}

const columns = (df: DataFrame) =>
  Object.fromEntries(lineage(df).columns.map((column) => [column.name, shortly(column)]));

describe("planLineage", () => {
  it("follows columns through selections, new names and expressions", () => {
    const df = flights
      .withColumn("late", col("delay").gt(lit(15)))
      .withColumnRenamed("origin", "iata")
      .select("late", "iata", upper(col("carrier")).alias("c"), col("delay").plus(col("late").cast("int")));
    expect(columns(df)).to.deep.equal({
      late: ["air.flights.delay>>"],
      iata: ["air.flights.origin"],
      c: ["air.flights.carrier>upper"],
      "(delay + CAST(late AS INT))": ["air.flights.delay>+", "air.flights.delay>>>cast>+"],
    });
    expect(lineage(df)).to.deep.include({ passed: [], unknown: [] });
  });

  it("says which columns only the server knows", () => {
    const df = flights.withColumn("Delay", lit(0)).withColumnRenamed("origin", "from").drop("secret");
    expect(columns(df)).to.deep.equal({ Delay: [], from: ["air.flights.origin"] });
    expect(lineage(df).passed).to.deep.equal([
      { sources: ["air.flights"], except: ["delay", "from", "origin", "secret"], operations: [] },
    ]);
    expect(lineage(spark.table("t").na.fill(0)).passed).to.deep.equal([
      { sources: ["t"], except: [], operations: ["fillna"] },
    ]);
    expect(columns(flights.select(expr("a + b").alias("x"), flights.colRegex("`a.*`")))).to.deep.equal({
      x: ["?SQL text a + b"],
    });
    expect(lineage(flights.select(flights.colRegex("`a.*`"))).unknown).to.deep.equal([
      "the columns that match `a.*`",
    ]);
  });

  it("knows the columns of a schema, and fields and qualified names", () => {
    expect(columns(airports.alias("a").select("a.*", col("a.pos.x").alias("x"), "a.name"))).to.deep.equal({
      iata: ["csv /data/airports.iata"],
      name: ["csv /data/airports.name"],
      pos: ["csv /data/airports.pos"],
      x: ["csv /data/airports.pos>getField"],
    });
    expect(columns(spark.range(3).select(col("id").multiply(2).alias("n")))).to.deep.equal({ n: [] });
  });

  it("joins by names, by columns of either side and by aliases", () => {
    const joined = flights.withColumnRenamed("origin", "iata").join(airports, "iata", "full");
    const known = columns(joined);
    expect(known).to.have.all.keys("iata", "name", "pos");
    expect(known["iata"]).to.deep.equal(["air.flights.origin", "csv /data/airports.iata"]);
    expect(shortly(lineage(joined).rows)).to.deep.equal([
      "air.flights.origin>join",
      "csv /data/airports.iata>join",
    ]);

    const [left, right] = [spark.table("l"), spark.table("r")];
    const both = left.join(right, left.col("id").eq(right.col("ref")));
    expect(columns(both.select(left.col("id"), right.col("v"), "w"))).to.deep.equal({
      id: ["l.id"],
      v: ["r.v"],
      w: ["?w is a column of one of l, r"],
    });
    expect(shortly(lineage(both).rows)).to.deep.equal(["l.id>=>join", "r.ref>=>join"]);
    expect(
      columns(left.alias("a").join(right.alias("b")).select("a.id", col("b.id").alias("x"))),
    ).to.deep.equal({
      id: ["l.id"],
      x: ["r.id"],
    });
    expect(lineage(left.join(right, "id", "semi")).passed.map((one) => one.sources)).to.deep.equal([["l"]]);
  });

  it("aggregates, with what decides about rows", () => {
    const df = flights
      .filter(col("delay").isNotNull())
      .groupBy("origin")
      .agg(sum("delay").alias("total"), count("*").alias("n"));
    expect(columns(df)).to.deep.equal({
      origin: ["air.flights.origin"],
      total: ["air.flights.delay>sum"],
      n: [],
    });
    expect(shortly(lineage(df).rows)).to.deep.equal([
      "air.flights.delay>isNotNull>filter",
      "air.flights.origin>group by",
    ]);
    expect(columns(flights.groupBy("origin").pivot("day", ["mo", "tu"]).agg(sum("delay")))).to.deep.equal({
      origin: ["air.flights.origin"],
      mo: ["air.flights.delay>sum", "air.flights.day>pivot"],
      tu: ["air.flights.delay>sum", "air.flights.day>pivot"],
    });
    const ranked = flights.select(sum("delay").over(Window.partitionBy("origin")).alias("s"));
    expect(columns(ranked)).to.deep.equal({ s: ["air.flights.delay>sum>over", "air.flights.origin>window"] });
  });

  it("unions by position and by name", () => {
    const [a, b] = [spark.table("a").select("x", "y"), spark.table("b").select("p", "q")];
    expect(columns(a.union(b))).to.deep.equal({ x: ["a.x", "b.p"], y: ["a.y", "b.q"] });
    expect(columns(a.unionByName(spark.table("b")).select("x"))).to.deep.equal({ x: ["a.x", "b.x"] });
    expect(columns(spark.table("a").unionByName(spark.table("b")).select("x"))).to.deep.equal({
      x: ["a.x", "b.x"],
    });
    expect(lineage(spark.table("a").union(b)).unknown).to.include(
      "a union by position of columns that only the server knows",
    );
    expect(columns(a.except(b))).to.deep.equal({ x: ["a.x"], y: ["a.y"] });
  });

  it("answers for every kind of relation", () => {
    for (const { localName } of RelationSchema.oneofs[0]?.fields ?? []) {
      const relType = { case: localName, value: {} } as RelationKind;
      const { columns: named, passed, unknown } = planLineage(create(RelationSchema, { relType }));
      expect(named.length + passed.length + unknown.length, localName).to.be.at.least(0);
    }
    expect(
      planLineage(create(RelationSchema, { relType: { case: "cachedRemoteRelation", value: {} } })),
    ).to.deep.include({ columns: [], unknown: ["the columns of cachedRemoteRelation"] });
  });

  it("takes deep plans and shared inputs", () => {
    let df = flights.select("id");
    for (let i = 0; i < 3_000; i++) df = df.withColumn("id", col("id").plus(1));
    expect(columns(df)).to.deep.equal({ id: ["air.flights.id>+"] });
    for (let i = 0; i < 60; i++) df = df.union(df);
    expect(columns(df)).to.deep.equal({ id: ["air.flights.id>+"] });
  });
});
