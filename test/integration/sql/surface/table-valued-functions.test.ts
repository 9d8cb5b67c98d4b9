import { expect } from "chai";
import { lit, parseJson, rowFields } from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";
import { refusal } from "./checks.ts";
import { covers } from "./covers.ts";
import { rowsOf, sortedRowsOf } from "./rows-of.ts";

describe("surface: table-valued functions", () => {
  covers("TableValuedFunction.range", async (spark) => {
    expect(await rowsOf(spark.tvf.range(2))).to.deep.equal([[0n], [1n]]);
    expect(await rowsOf(spark.tvf.range(1, 6, 2))).to.deep.equal([[1n], [3n], [5n]]);
  });

  covers("TableValuedFunction.explode", async (spark) => {
    expect(await rowsOf(spark.tvf.explode([3, 4]))).to.deep.equal([[3], [4]]);
    const map = spark.tvf.explode(new Map([["a", 1]]));
    expect(await map.columns()).to.deep.equal(["key", "value"]);
    expect(await rowsOf(map)).to.deep.equal([["a", 1]]);
  });

  covers("TableValuedFunction.explode_outer", async (spark) => {
    expect(await rowsOf(spark.tvf.explodeOuter(lit(null).cast("array<int>")))).to.deep.equal([[null]]);
  });

  covers("TableValuedFunction.posexplode", async (spark) => {
    expect(await rowsOf(spark.tvf.posexplode(["a", "b"]))).to.deep.equal([
      [0, "a"],
      [1, "b"],
    ]);
  });

  covers("TableValuedFunction.posexplode_outer", async (spark) => {
    expect(await rowsOf(spark.tvf.posexplodeOuter(lit(null).cast("array<int>")))).to.deep.equal([
      [null, null],
    ]);
  });

  covers("TableValuedFunction.inline", async (spark) => {
    const rows = await spark.tvf
      .inline([
        { a: 1, b: "x" },
        { a: 2, b: "y" },
      ])
      .collect();
    expect(rows.map((row) => rowFields(row))).to.deep.equal([
      ["a", "b"],
      ["a", "b"],
    ]);
    expect(rows.map((row) => [row["a"], row["b"]])).to.deep.equal([
      [1, "x"],
      [2, "y"],
    ]);
  });

  covers("TableValuedFunction.inline_outer", async (spark) => {
    const none = lit(null).cast("array<struct<a: int, b: string>>");
    expect(await rowsOf(spark.tvf.inlineOuter(none))).to.deep.equal([[null, null]]);
  });

  covers("TableValuedFunction.json_tuple", async (spark) => {
    const df = spark.tvf.jsonTuple('{"a": 1, "b": {"c": 2}}', "a", "b", "nosuch");
    expect(await rowsOf(df)).to.deep.equal([["1", '{"c":2}', null]]);
  });

  covers("TableValuedFunction.stack", async (spark) => {
    expect(await rowsOf(spark.tvf.stack(2, 1, "a", 2))).to.deep.equal([
      [1, "a"],
      [2, null],
    ]);
  });

  covers("TableValuedFunction.collations", async (spark) => {
    const df = spark.tvf.collations().where("NAME = 'UTF8_LCASE'");
    expect(await df.count()).to.equal(1n);
  });

  covers("TableValuedFunction.sql_keywords", async (spark) => {
    const df = spark.tvf.sqlKeywords().where("keyword IN ('SELECT', 'TABLE')").select("keyword");
    expect(await sortedRowsOf(df)).to.deep.equal([["SELECT"], ["TABLE"]]);
  });

  covers("TableValuedFunction.variant_explode", async (spark) => {
    const df = spark.tvf.variantExplode(parseJson(lit('{"a": 1, "b": true}')));
    expect((await rowsOf(df)).map(([pos, key]) => [pos, key])).to.deep.equal([
      [0, "a"],
      [1, "b"],
    ]);
  });

  covers("TableValuedFunction.variant_explode_outer", async (spark) => {
    const df = spark.tvf.variantExplodeOuter(parseJson(lit("[]")));
    expect(await rowsOf(df)).to.deep.equal([[null, null, null]]);
  });

  covers("TableValuedFunction.python_worker_logs", async (spark) => {
    const logs = spark.tvf.pythonWorkerLogs();
    expect(await refusal(logs.collect())).to.match(/FEATURE_NOT_ENABLED/);
    await spark.conf.set("spark.sql.pyspark.worker.logging.enabled", true);
    try {
      expect(await logs.columns()).to.include.members(["ts", "level", "msg"]);
    } finally {
      await spark.conf.unset("spark.sql.pyspark.worker.logging.enabled");
    }
  });

  it("calls a table function of the user by its name", async () => {
    const spark = await getSpark();
    await spark.sql(
      "CREATE OR REPLACE TEMPORARY FUNCTION twice(x INT) RETURNS TABLE (a INT, b INT) RETURN SELECT x, x * 2",
    );
    try {
      expect(await rowsOf(spark.tvf.call("twice", 21))).to.deep.equal([[21, 42]]);
    } finally {
      await spark.sql("DROP TEMPORARY FUNCTION twice");
    }
  });

  covers("DataFrame.asTable", async (spark) => {
    // Only functions of Python take tables; the refusal shows that the table has arrived, with its type.
    const message = await refusal(spark.tvf.call("explode", spark.range(3).asTable()).collect());
    expect(message).to.match(/functiontablesubqueryargument.*STRUCT<id: BIGINT NOT NULL>/);
  });
});
