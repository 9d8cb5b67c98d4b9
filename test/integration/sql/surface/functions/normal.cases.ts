import { expect } from "chai";
import type { Column, functions, SparkSession } from "../../../../../src/sql/index.ts";
import type { FunctionTable } from "../function-cases.ts";

/** A struct with a value of a user-defined type, as only its schema says. */
const point = JSON.stringify({
  type: "struct",
  fields: [
    {
      name: "at",
      nullable: true,
      metadata: {},
      type: {
        type: "udt",
        pyClass: "geometry.PointUDT",
        serializedClass: "",
        sqlType: { type: "array", elementType: "double", containsNull: false },
      },
    },
  ],
});

const joined = (broadcast: typeof functions.broadcast) => async (spark: SparkSession) => {
  const few = broadcast(spark.range(2));
  expect(few.toPlan().relType).to.have.nested.property("value.name", "broadcast");
  return (await spark.range(5).join(few, "id").orderBy("id").collect()).map((row) => row["id"]);
};

const withTwiceOf = (column: Column) => async (spark: SparkSession) => {
  await (await spark.sql("CREATE TEMPORARY FUNCTION twice_of(n INT) RETURNS INT RETURN 2 * n")).collect();
  try {
    return (await spark.range(1).select(column.alias("n")).collect())[0]?.["n"];
  } finally {
    await (await spark.sql("DROP TEMPORARY FUNCTION twice_of")).collect();
  }
};

export const tables: readonly FunctionTable[] = [
  {
    from: (spark) => spark.sql("SELECT 1 AS `a.b`, named_struct('x', 2) AS s, 'text' AS t"),
    cases: {
      broadcast: (f) => [[joined(f.broadcast), [0n, 1n]]],
      callFunction: (f) => [
        [f.callFunction("upper", "t"), "TEXT"],
        [f.callFunction("system.builtin.concat", f.lit("a"), "t"), "atext"],
      ],
      callUdf: (f) => [[withTwiceOf(f.callUdf("twice_of", f.lit(21))), 42]],
      col: (f) => [
        [f.col("t"), "text"],
        [f.col("`a.b`"), 1],
        [f.col("s.x"), 2],
      ],
      column: (f) => [[f.column("s.x"), 2]],
      expr: (f) => [[f.expr("concat(t, s.x)"), "text2"]],
      unwrapUdt: (f) => [
        [f.unwrapUdt(f.fromJson(f.lit('{"at":[0.5,2]}'), f.lit(point)).getField("at")), [0.5, 2]],
      ],
    },
  },
];
