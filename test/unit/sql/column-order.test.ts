import { expect } from "chai";
import { col, lit, max, min, namedStruct } from "../../../src/sql/index.ts";
import { inferSchema, rowChunks } from "../../../src/sql/local-data.ts";
import { orderedEntries } from "../../../src/sql/plan/ordered-entries.ts";
import { IntegerType, StructField, StructType } from "../../../src/sql/types/data-type.ts";
import { thrownBy } from "../../thrown-by.ts";
import { planOf, protoOf, spark } from "./plan-json.ts";

const df = spark.range(3);

describe("column order", () => {
  it("is refused where an object has lost it, wherever the order counts", () => {
    const swapped = { "10": 10, "9": 9 };
    const cases: Record<string, () => unknown> = {
      rows: () => inferSchema([swapped]),
      "a later row": () => inferSchema([{ a: 1 }, { a: 1, "7": 2 }]),
      "a struct in a row": () => inferSchema([{ a: swapped }]),
      "a struct in an array": () => inferSchema([{ a: [swapped] }]),
      "a struct literal": () => lit(swapped),
      "a struct in an array literal": () => lit([swapped]),
      withColumns: () => df.withColumns({ "10": lit(1), "9": lit(2) }),
      "withColumns beside a text": () => df.withColumns({ a: lit(1), "9": lit(2) }),
      agg: () => df.agg({ "10": "max", "9": "min" }),
      "agg of groups": () => df.groupBy("id").agg({ "10": "max", id: "min" }),
    };
    for (const [name, run] of Object.entries(cases))
      expect(thrownBy(run).code, name).to.equal("USAGE_COLUMN_ORDER");
  });

  it("is kept where keys are texts, and where there is one key only", () => {
    for (const of of [{ "01": 1, "-1": 2, "1.5": 3, "1e3": 4, "4294967295": 5, b: 6, a: 7 }, { "10": 1 }]) {
      expect(orderedEntries("it", of, "")).to.deep.equal(Object.entries(of));
    }
    expect(Object.keys({ "01": 1, "4294967295": 5, b: 6, a: 7 })).to.deep.equal([
      "01",
      "4294967295",
      "b",
      "a",
    ]);
  });

  it("comes from the names or the schema where they are given, as the hint says", () => {
    const rows = [{ "10": 10, "9": 9 }];
    expect(inferSchema(rows, ["10", "9"]).names).to.deep.equal(["10", "9"]);
    const schema = new StructType(["10", "9"].map((name) => new StructField(name, IntegerType)));
    const limits = { maxRows: 10, maxBytes: 1_000_000 } as never;
    const asArrays = [...rowChunks([[10, 9]], schema, limits)];
    expect([...rowChunks(rows, schema, limits)]).to.deep.equal(asArrays);
  });

  it("is kept by what the other hints say", () => {
    const chained = df.withColumn("10", lit(1)).withColumn("9", lit(2));
    expect(JSON.stringify(planOf(chained))).to.match(/"9"\].*"10"\]|"10".*"9"/);
    expect(protoOf(namedStruct(lit("10"), lit(10), lit("9"), lit(9)))).to.have.nested.property(
      "unresolvedFunction.functionName",
      "named_struct",
    );
    expect(planOf(df.agg(max(col("10")), min(col("9"))))).to.have.nested.property(
      "aggregate.aggregateExpressions[1].unresolvedFunction.functionName",
      "min",
    );
  });
});
