import { expect } from "chai";
import fc from "fast-check";
import { Decimal } from "../../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../../src/arrow/values/local-date.ts";
import { Timestamp } from "../../../../src/arrow/values/timestamp.ts";
import { col, lit } from "../../../../src/sql/functions/call.ts";
import { substituteParameters } from "../../../../src/sql/plan/sql-parameters.ts";
import { sqlTokens } from "../../../../src/sql-text/sql-tokens.ts";

const one = (value: unknown) => substituteParameters("?", [value]);

describe("substituteParameters", () => {
  it("writes every value as a literal of its type", () => {
    const cases: readonly (readonly [unknown, string])[] = [
      [1, "1"],
      [-1, "(-1)"],
      [3_000_000_000, "3000000000L"],
      [-0, "(-0.0D)"],
      [1e21, "1E21D"],
      [Number.NaN, "double('NaN')"],
      [Decimal.parse("1.50"), "CAST('1.50' AS DECIMAL(3, 2))"],
      ["plain", "'plain'"],
      ["it's", 'r"it\'s"'],
      ['a "b" \\', "r'a \"b\" \\'"],
      [`'"`, "CAST(X'2722' AS STRING)"],
      ["$".concat("{env:HOME}"), "CAST(X'247b656e763a484f4d457d' AS STRING)"],
      [null, "NULL"],
      [new Uint8Array([255]), "X'ff'"],
      [LocalDate.parse("2001-02-03"), "DATE'2001-02-03'"],
      [new LocalDate(3_000_000), "date_from_unix_date(3000000)"],
      [new Timestamp(-1n), "timestamp_micros(-1L)"],
      [[1, null], "array(1, NULL)"],
      [new Map([["k", 1n]]), "map('k', 1L)"],
      [{ a: [true] }, "named_struct('a', array(TRUE))"],
      [lit(1).as("x"), "1"],
    ];
    for (const [value, text] of cases) expect(one(value)).to.equal(text);
  });

  it("puts named values where they are meant, and nowhere else", () => {
    const sql = "SELECT ':a', `:a`, x::int, :a, :ab -- :a\n/* :a */ FROM t WHERE y=:a AND s > \":a\"";
    expect(substituteParameters(sql, { a: 1, int: 2 })).to.equal(
      "SELECT ':a', `:a`, x::int, 1, :ab -- :a\n/* :a */ FROM t WHERE y=1 AND s > \":a\"",
    );
  });

  it("writes numbers of an interval as they are", () => {
    expect(substituteParameters("SELECT INTERVAL :n DAY, INTERVAL ? DAY", { n: -3 })).to.equal(
      "SELECT INTERVAL -3 DAY, INTERVAL ? DAY",
    );
    expect(substituteParameters("INTERVAL ? DAY + ?", [-3n, -3n])).to.equal("INTERVAL -3 DAY + (-3L)");
  });

  it("leaves the paths of variants and the types of fields alone", () => {
    const sql = "SELECT v:a, v :a, t.v:a.b, parse_json(s):a, l[0]:a, `v`:a, CAST(s AS STRUCT<d:a>)";
    expect(substituteParameters(sql, { a: 1 })).to.equal(sql);
    expect(substituteParameters("SELECT:a WHERE x LIKE :a AND(:a) LIMIT:a", { a: 1 })).to.equal(
      "SELECT 1 WHERE x LIKE 1 AND(1) LIMIT 1",
    );
  });

  it("puts values in order, and counts them", () => {
    expect(substituteParameters("SELECT ?, '?', ? -- ?", [1, 2])).to.equal("SELECT 1, '?', 2 -- ?");
    for (const args of [[1], [1, 2, 3]]) {
      expect(() => substituteParameters("SELECT ?, ?", args))
        .to.throw()
        .with.property("code", "USAGE_SQL_ARGUMENT");
    }
    expect(substituteParameters("SELECT?FROM t", [1])).to.equal("SELECT 1 FROM t");
    expect(substituteParameters("SELECT map[?]", {})).to.equal("SELECT map[?]");
  });

  it("refuses columns, which only a plan can hold", () => {
    expect(() => one(col("x")))
      .to.throw()
      .with.property("code", "USAGE_SQL_ARGUMENT");
  });

  it("writes a token where Spark takes no expression", () => {
    const cases: readonly (readonly [string, unknown, string])[] = [
      ["COMMENT ON TABLE t IS ?", `'"\\$`, `COMMENT ON TABLE t IS '\\'"\\\\$'`],
      ["COMMENT ON TABLE t IS ?", "$".concat("{x}"), "COMMENT ON TABLE t IS '$\\u007bx}'"],
      [
        "ALTER TABLE t SET TBLPROPERTIES ('k' = ?)",
        "it's",
        `ALTER TABLE t SET TBLPROPERTIES ('k' = r"it's")`,
      ],
      ["ALTER TABLE t SET TBLPROPERTIES ('k' = ?)", 3n, "ALTER TABLE t SET TBLPROPERTIES ('k' = 3)"],
      ["SELECT x LIKE y ESCAPE ?", "\\", "SELECT x LIKE y ESCAPE r'\\'"],
      ["FROM t VERSION AS OF ?", 1n, "FROM t VERSION AS OF 1"],
      ["FROM t VERSION AS OF ?", 3_000_000_000n, "FROM t VERSION AS OF 3000000000"],
      ["FROM t TIMESTAMP AS OF ?", "2024-01-01", "FROM t TIMESTAMP AS OF '2024-01-01'"],
      ["FROM t TABLESAMPLE (? PERCENT)", 0.5, "FROM t TABLESAMPLE (0.5 PERCENT)"],
      ["FROM t TABLESAMPLE (? ROWS)", 5n, "FROM t TABLESAMPLE (5 ROWS)"],
      ["FROM t TABLESAMPLE (10 ROWS) REPEATABLE (?)", 5n, "FROM t TABLESAMPLE (10 ROWS) REPEATABLE (5)"],
      ["FROM t LIMIT ?", 5n, "FROM t LIMIT 5"],
      ["FROM t LIMIT 1 OFFSET ?", 5n, "FROM t LIMIT 1 OFFSET 5"],
      [
        "SELECT sum(x) OVER (ORDER BY y ROWS ? PRECEDING)",
        2n,
        "SELECT sum(x) OVER (ORDER BY y ROWS 2 PRECEDING)",
      ],
      ["SELECT DATE ?", "2024-01-01", "SELECT DATE '2024-01-01'"],
      ["SELECT CAST(x AS DECIMAL(?, 2))", 10n, "SELECT CAST(x AS DECIMAL(10, 2))"],
      ["SELECT ?, f(?)".slice(0, 8), 5n, "SELECT 5L"],
    ];
    for (const [sql, value, text] of cases) expect(substituteParameters(sql, [value]), sql).to.equal(text);
  });

  it("is never more than one token or call, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const tokens = sqlTokens(one(text));
        const literal = tokens.length === 1 && tokens[0]?.kind === "string";
        expect(
          literal ||
            tokens
              .map((token) => token.text)
              .join(" ")
              .startsWith("CAST ( X '"),
        ).to.equal(true);
        expect(tokens.length).to.be.lessThan(8);
      }),
    );
  });
});
