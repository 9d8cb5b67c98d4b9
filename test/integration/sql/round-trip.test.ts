import { expect } from "chai";
import { type Row, rowValues } from "../../../src/arrow/row.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark } from "../spark.ts";
import { exact } from "./exact-value.ts";

/** Expressions of every type with the values at its edges; each becomes a column of its own. */
const matrix: Readonly<Record<string, readonly string[]>> = {
  void: ["NULL"],
  boolean: ["true", "false", "NULL"],
  tinyint: ["-128Y", "127Y", "0Y", "NULL"],
  smallint: ["-32768S", "32767S", "NULL"],
  int: ["-2147483648", "2147483647", "NULL"],
  bigint: ["-9223372036854775808L", "9223372036854775807L", "9007199254740993L", "NULL"],
  float: [
    "float('NaN')",
    "float('-Infinity')",
    "-0.0F",
    "float('1.4E-45')",
    "float('3.4028235E38')",
    "0.1F",
    "NULL",
  ],
  double: [
    "double('NaN')",
    "double('Infinity')",
    "-0.0D",
    "4.9E-324D",
    "1.7976931348623157E308D",
    "0.1D",
    "NULL",
  ],
  "decimal(38,38)": [
    "0.99999999999999999999999999999999999999BD",
    "-0.00000000000000000000000000000000000001BD",
    "NULL",
  ],
  "decimal(38,0)": ["99999999999999999999999999999999999999BD", "-1BD", "NULL"],
  "decimal(30,10)": ["12345678901234567890.1234567891BD", "-12345678901234567890.1234567891BD", "NULL"],
  "decimal(1,0)": ["9BD", "NULL"],
  string: ["''", "'ünï\\n\\'\"'", "'\\u0000'", "'😀'", "repeat('x', 100000)", "NULL"],
  binary: ["X''", "X'00FF10'", "NULL"],
  date: ["DATE'0001-01-01'", "DATE'9999-12-31'", "DATE'1969-12-31'", "DATE'1582-10-10'", "NULL"],
  timestamp: [
    "TIMESTAMP'0001-01-01T00:00:00Z'",
    "TIMESTAMP'9999-12-31T23:59:59.999999Z'",
    "TIMESTAMP'1969-12-31T23:59:59.999999Z'",
    "NULL",
  ],
  timestamp_ntz: [
    "TIMESTAMP_NTZ'0001-01-01T00:00:00'",
    "TIMESTAMP_NTZ'9999-12-31T23:59:59.999999'",
    "TIMESTAMP_NTZ'1969-12-31T23:59:59.999999'",
    "NULL",
  ],
  "time(6)": ["TIME'00:00:00'", "TIME'23:59:59.999999'", "NULL"],
  "interval year to month": ["INTERVAL '178956970-7' YEAR TO MONTH", "INTERVAL '-1-1' YEAR TO MONTH", "NULL"],
  "interval day to second": [
    "INTERVAL '106751991 04:00:54.775807' DAY TO SECOND",
    "INTERVAL '-1 02:03:04.000005' DAY TO SECOND",
    "NULL",
  ],
  variant: [
    `parse_json('{"a": [1, null, "x"], "b": {"c": 1.5, "d": 12345678901234567890}}')`,
    "CAST(DATE'9999-12-31' AS VARIANT)",
    "CAST(99999999999999999999999999999999999999BD AS VARIANT)",
    "parse_json('null')",
    "NULL",
  ],
  interval: [
    "make_interval(-1, -2, 0, -3, -4, -5, -6.789)",
    "make_interval(178956970, 7, 0, 2147483647, 2562047, 47, 16.854775)",
    "NULL",
  ],
  "array<variant>": ["array(parse_json('1'), NULL)", "NULL"],
  "map<string,struct<t:time(6),i:interval day to second>>": [
    "map('k', named_struct('t', TIME'23:59:59.999999', 'i', INTERVAL '-1 02:03:04.000005' DAY TO SECOND))",
    "map('n', named_struct('t', NULL, 'i', NULL))",
    "NULL",
  ],
  "array<struct<a:double,b:float>>": [
    "array(named_struct('a', -0.0D, 'b', float('NaN')), named_struct('a', NULL, 'b', NULL), NULL)",
  ],
  "array<int>": ["array()", "array(1, NULL, 3)", "NULL"],
  "array<array<string>>": ["array(array('a', NULL), NULL, array())", "NULL"],
  "map<int,string>": ["map()", "map(1, 'a', 2, NULL)", "NULL"],
  "map<struct<a:int,b:string>,array<bigint>>": [
    "map(named_struct('a', 1, 'b', 'x'), array(1L, NULL))",
    "NULL",
  ],
  "map<date,decimal(20,2)>": ["map(DATE'2001-02-03', 12345678901234567.89BD)", "NULL"],
  "struct<a:int,b:struct<c:string,d:array<date>>>": [
    "named_struct('a', NULL, 'b', named_struct('c', 'x', 'd', array(DATE'2001-02-03', NULL)))",
    "named_struct('a', 1, 'b', NULL)",
    "NULL",
  ],
  "array<struct<t:timestamp,m:map<string,double>>>": [
    "array(named_struct('t', TIMESTAMP'2001-02-03T04:05:06.000007Z', 'm', map('k', double('NaN'))), NULL)",
    "NULL",
  ],
};

describe("every type, there and back", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
    await spark.conf.set("spark.sql.timeType.enabled", true);
  });
  after(async () => {
    await spark.conf.unset("spark.sql.timeType.enabled");
  });

  for (const [type, expressions] of Object.entries(matrix)) {
    it(`SQL -> rows -> createDataFrame -> rows: ${type}`, async () => {
      const rows = expressions.map((text) => `SELECT CAST(${text} AS ${type}) AS v`).join(" UNION ALL ");
      const df = await spark.sql(rows);
      const schema = await df.schema();
      const first = await df.collect();
      expect(first.length).to.equal(expressions.length);
      const again = await spark.createDataFrame(first, schema);
      expect((await again.schema()).fields[0]?.dataType.simpleString()).to.equal(
        schema.fields[0]?.dataType.simpleString(),
      );
      const second = await again.collect();
      expect(second.map((row) => exact(row))).to.deep.equal(first.map((row) => exact(row)));
    });

    it(`typeof and text agree with Spark after the way back: ${type}`, async () => {
      const rows = expressions.map((text) => `SELECT CAST(${text} AS ${type}) AS v`).join(" UNION ALL ");
      const df = await spark.sql(rows);
      const again = await spark.createDataFrame(await df.collect(), await df.schema());
      const described = `SELECT typeof(v) AS t, hash(v IS NULL) AS h, to_json(struct(v)) AS j FROM d`;
      const text = /^(void|binary|interval)$|variant/.test(type)
        ? described.replace("to_json(struct(v))", "''")
        : described;
      const [ours, theirs] = await Promise.all([
        spark.sql(text, {}, { d: again }),
        spark.sql(text, {}, { d: df }),
      ]);
      const read = async (of: typeof ours) => (await of.collect()).map((row) => exact(row));
      const json = /time\(|interval (year|day)|map<struct|map<date/.test(type);
      if (!json) expect(await read(ours)).to.deep.equal(await read(theirs));
    });
  }

  it("keeps columns that share a name, nested ones too", async () => {
    const df = await spark.sql("SELECT 1 AS a, 'x' AS a, named_struct('b', 1, 'b', 'y') AS s, 2 AS a");
    const [row] = await df.collect();
    expect(rowValues(row as Row).map(exact)).to.deep.equal([
      "number 1",
      "string x",
      "Row{b: number 1, b: string y}",
      "number 2",
    ]);
    const again = await spark.createDataFrame([row as Row], await df.schema());
    const [back] = await again.collect();
    expect(exact(back)).to.equal(exact(row));
  });

  it("reads VARIANT and calendar intervals", async () => {
    const df = await spark.sql(
      'SELECT parse_json(\'{"a": [1, null, "x"]}\') AS v, make_interval(1, 2, 0, 3, 4, 5, 6.789) AS i',
    );
    const [row] = await df.collect();
    expect(String(row?.["i"])).to.equal("1 years 2 months 3 days 4 hours 5 minutes 6.789 seconds");
    const again = await (await spark.createDataFrame([row as Row], await df.schema())).collect();
    expect(exact(again[0]?.["i"])).to.equal(exact(row?.["i"]));
    expect(exact(again[0]?.["v"])).to.equal(exact(row?.["v"]));
  });

  it("infers types exactly", async () => {
    const df = await spark.createDataFrame([
      { id: 1, big: 3_000_000_000, x: 1.5, n: null, nested: { a: [1n] }, m: new Map([["k", 1]]) },
      { id: 2, big: 1, x: 2, n: null, nested: { a: [], b: "new" }, m: new Map() },
    ]);
    expect((await df.schema()).simpleString()).to.equal(
      "struct<id:int,big:bigint,x:double,n:void,nested:struct<a:array<bigint>,b:string>,m:map<string,int>>",
    );
    const rows = await df.collect();
    expect(rows.map((row) => exact(row))).to.deep.equal([
      "Row{id: number 1, big: bigint 3000000000, x: number 1.5, n: object null, nested: Row{a: [bigint 1], b: object null}, m: Map{string k: number 1}}",
      "Row{id: number 2, big: bigint 1, x: number 2, n: object null, nested: Row{a: [], b: string new}, m: Map{}}",
    ]);
  });

  it("takes 300,000 rows in one go, and every one of them arrives", async () => {
    const rows = Array.from({ length: 300_000 }, (_, i) => [BigInt(i), `row ${i}`, i / 7]);
    const df = await spark.createDataFrame(rows, "id BIGINT, name STRING, x DOUBLE");
    const sums = await df.selectExpr("count(*) n", "sum(id) s", "count(DISTINCT name) d").collect();
    expect([...(sums[0] as Row)]).to.deep.equal([300_000n, 44_999_850_000n, 300_000n]);
  }).timeout(180_000);
});
