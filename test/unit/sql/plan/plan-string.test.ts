import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import { RelationSchema } from "../../../../gen/spark/connect/relations_pb.ts";
import type { Column } from "../../../../src/sql/column.ts";
import type { DataFrame } from "../../../../src/sql/data-frame.ts";
import { count, sum } from "../../../../src/sql/functions/aggregate-functions.ts";
import { max } from "../../../../src/sql/functions/aggregate-value-functions.ts";
import { col, expr, lit } from "../../../../src/sql/functions/call.ts";
import { when } from "../../../../src/sql/functions/conditional-functions.ts";
import type { RelationKind } from "../../../../src/sql/plan/relation.ts";
import { relationText } from "../../../../src/sql/plan/relation-text.ts";
import { Window } from "../../../../src/sql/window.ts";
import { spark } from "../plan-json.ts";

const flights = spark.table("flights");
const lines = (text: string) => text.trimEnd().split("\n");
const top = (df: DataFrame) => lines(df.planString())[0];

describe("planString", () => {
  it("prints a plan as a tree, the last operation first", () => {
    const df = flights
      .filter(col("delay").gt(15).and(col("origin").notEqual("SFO")))
      .join(spark.read.csv("/data/airports").select("iata", col("name").alias("airport")), "iata", "left")
      .groupBy("airport")
      .agg(count("*").alias("flights"), max("delay"));
    expect(lines(df.planString())).to.deep.equal([
      "Aggregate by [airport], [count(1) AS flights, max(delay)]",
      "+- Join LeftOuter using [iata]",
      "   :- Filter ((delay > 15) AND (NOT (origin = 'SFO')))",
      "   :  +- Read flights",
      "   +- Project [iata, name AS airport]",
      "      +- Read csv /data/airports",
    ]);
  });

  it("numbers what columns are taken from, and prints nothing twice", () => {
    const late = flights.filter("delay > 15");
    const joined = late.join(flights, late.col("id").eq(flights.col("next_id"))).union(late.select("*"));
    expect(lines(joined.planString())).to.deep.equal([
      "Union ALL",
      ":- Join Inner on (id#1 = next_id#2)",
      ":  :- #1 Filter delay > 15",
      ":  :  +- #2 Read flights",
      ":  +- #2 Read flights",
      "+- Project [*]",
      "   +- as #1 above",
    ]);
  });

  it("stays small where inputs are shared many times over, and takes deep plans", () => {
    let df = flights.select("id");
    for (let i = 0; i < 60; i++) df = df.union(df);
    expect(lines(df.planString())).to.have.lengthOf(122);
    let deep = flights;
    for (let i = 0; i < 2_000; i++) deep = deep.limit(i);
    expect(lines(deep.planString())).to.have.lengthOf(2_001);
  });

  it("prints expressions close to SQL", () => {
    const printed = (column: Column) => top(flights.select(column))?.slice("Project [".length, -1);
    expect(printed(when(col("a").isNull(), 1).otherwise(lit("x'y")))).to.equal(
      "CASE WHEN (a IS NULL) THEN 1 ELSE 'x''y' END",
    );
    expect(printed(col("a").isin(1, 2).or(col("b").between(1.5, 3n)))).to.equal(
      "((a IN (1, 2)) OR ((b >= 1.5) AND (b <= 3)))",
    );
    expect(printed(col("a").cast("decimal(10,2)"))).to.equal("CAST(a AS DECIMAL(10,2))");
    expect(printed(expr("a  +\n 1"))).to.equal("a + 1");
    const window = Window.partitionBy("a").orderBy(col("b").desc(), col("c").descNullsFirst());
    expect(printed(sum("x").over(window.rowsBetween(-1, Window.currentRow)))).to.equal(
      "sum(x) OVER (PARTITION BY a ORDER BY b DESC, c DESC NULLS FIRST ROWS BETWEEN -1 AND CURRENT ROW)",
    );
    expect(
      printed(
        col("s")
          .withField("f", lit(new Date(0)))
          .getField("f"),
      ),
    ).to.equal("update_fields(s, f = TIMESTAMP'1970-01-01T00:00:00Z')['f']");
    let deep = col("a");
    for (let i = 0; i < 2_000; i++) deep = deep.plus(1);
    expect(printed(deep)).to.include("…");
  });

  it("masks passwords", () => {
    const df = spark.read.jdbc("jdbc:postgresql://ann:pw1@db/x?password=pw2&a=1", "t", { password: "pw3" });
    expect(top(df)).to.equal(
      "Read jdbc t, dbtable = t, password = ***, url = jdbc:postgresql://***@db/x?password=***&a=1",
    );
  });

  it("has a line for every kind of relation", () => {
    const names = RelationSchema.oneofs[0]?.fields.map((field) => field.localName) ?? [];
    expect(names.length).to.be.at.least(61);
    for (const name of names) {
      const relType = { case: name, value: {} } as RelationKind;
      const text = relationText(create(RelationSchema, { relType }), () => "");
      expect(text, name)
        .to.match(/^[A-Z]/)
        .and.not.include("undefined");
    }
    expect(relationText(create(RelationSchema), () => "")).to.equal("Empty");
    const newer = { relType: { case: "fromTheFuture", value: {} } };
    expect(relationText(newer as never, () => "")).to.equal("fromTheFuture");
  });
});
