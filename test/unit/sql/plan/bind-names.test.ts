import { expect } from "chai";
import { bindNames } from "../../../../src/sql/plan/bind-names.ts";

const bind = (sql: string, ...names: readonly string[]) =>
  bindNames(sql, new Map(names.map((name) => [name, `_${name}`])));

describe("bindNames", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a query", "SELECT * FROM t", "SELECT * FROM `_t` AS `t`"],
    ["a name in any case and quoting", "SELECT * FROM T JOIN `t` u", "SELECT * FROM `_t` AS `T` JOIN `_t` u"],
    [
      "after comments and hints",
      "-- t\n/* t /* t */ t */ select /*+ BROADCAST(t) */ t.x from t",
      "-- t\n/* t /* t */ t */ select /*+ BROADCAST(t) */ t.x from `_t` AS `t`",
    ],
    [
      "a query of the user's WITH",
      "WITH x AS (SELECT * FROM t) SELECT * FROM x, t",
      "WITH x AS (SELECT * FROM `_t` AS `t`) SELECT * FROM x, `_t` AS `t`",
    ],
    [
      "a name that the user's WITH takes over",
      "WITH t AS (SELECT * FROM t), y AS (SELECT * FROM t) SELECT * FROM t",
      "WITH t AS (SELECT * FROM `_t` AS `t`), y AS (SELECT * FROM t) SELECT * FROM t",
    ],
    [
      "a recursive WITH",
      "WITH RECURSIVE r(n) MAX RECURSION LEVEL 200 AS (SELECT 1 UNION ALL SELECT n FROM r JOIN t) SELECT * FROM r",
      "WITH RECURSIVE r(n) MAX RECURSION LEVEL 200 AS (SELECT 1 UNION ALL SELECT n FROM r JOIN `_t` AS `t`) SELECT * FROM r",
    ],
    [
      "queries in parentheses",
      "(SELECT * FROM t) UNION (SELECT 1)",
      "(SELECT * FROM `_t` AS `t`) UNION (SELECT 1)",
    ],
    ["an operand without parentheses", "((SELECT 1)) UNION FROM t", "((SELECT 1)) UNION FROM `_t` AS `t`"],
    ["TABLE", "VALUES (1) UNION TABLE t", "VALUES (1) UNION SELECT * FROM `_t` AS `t`"],
    [
      "a subquery in parentheses of its own",
      "DELETE FROM t WHERE id IN ((SELECT id FROM t)) AND id > 1",
      "DELETE FROM t WHERE id IN ((SELECT id FROM `_t` AS `t`)) AND id > 1",
    ],
    ["INSERT", "INSERT INTO t SELECT * FROM t", "INSERT INTO t SELECT * FROM `_t` AS `t`"],
    [
      "CREATE TABLE AS",
      "CREATE TABLE x USING delta AS SELECT * FROM t",
      "CREATE TABLE x USING delta AS SELECT * FROM `_t` AS `t`",
    ],
    [
      "MERGE",
      "MERGE INTO x USING t ON x.id = t.id WHEN MATCHED THEN DELETE",
      "MERGE INTO x USING `_t` AS `t` ON x.id = t.id WHEN MATCHED THEN DELETE",
    ],
    [
      "an alias of the user",
      "MERGE INTO x USING t AS s ON x.id = s.id WHEN MATCHED THEN DELETE",
      "MERGE INTO x USING `_t` AS s ON x.id = s.id WHEN MATCHED THEN DELETE",
    ],
    ["a query that begins with FROM", "FROM t |> WHERE id > 1", "FROM `_t` AS `t` |> WHERE id > 1"],
    ["statements of a script", "SELECT 1; SELECT * FROM t", "SELECT 1; SELECT * FROM `_t` AS `t`"],
    ["EXPLAIN", "EXPLAIN SELECT * FROM t", "EXPLAIN SELECT * FROM `_t` AS `t`"],
    [
      "samples",
      "SELECT * FROM t TABLESAMPLE (3 ROWS), t u",
      "SELECT * FROM `_t` TABLESAMPLE (3 ROWS) AS `t`, `_t` u",
    ],
    ["tables of functions", "SELECT * FROM f(TABLE(t))", "SELECT * FROM f(TABLE(`_t`))"],
    ["names as texts", "SELECT * FROM IDENTIFIER('t')", "SELECT * FROM `_t` AS `t`"],
  ];
  for (const [name, sql, bound] of cases) it(name, () => expect(bind(sql, "t")).to.equal(bound));

  it("leaves strings, columns, other tables and other uses of words alone", () => {
    for (const sql of [
      "SHOW TABLES",
      "CREATE TABLE x (t INT) WITH SERDEPROPERTIES ('SELECT' = 't')",
      "DROP TABLE `select`",
      "SELECT t, 'FROM t', `t`, t.t, extract(day FROM t) FROM x.t, default.t",
      "MERGE INTO x USING y ON x.id = y.id WHEN NOT MATCHED THEN INSERT (id) VALUES (y.id)",
    ]) {
      expect(bind(sql, "t")).to.equal(sql);
    }
  });

  it("refuses statements that outlive the names, or run other text", () => {
    for (const sql of [
      "CREATE OR REPLACE TEMP VIEW v AS SELECT * FROM t",
      "create view v as select * from t",
      "CACHE TABLE c AS SELECT * FROM t",
      "EXECUTE IMMEDIATE 'SELECT * FROM t'",
    ]) {
      expect(() => bind(sql, "t"), sql)
        .to.throw(/ cannot name t$/)
        .with.property("code", "USAGE_SQL_RELATION");
    }
  });

  it("binds names with dots, in any quoting, and the columns that are named by them", () => {
    for (const name of ["a.b", "`a`.`b`", "A . `b`"]) {
      expect(bind(`SELECT a.b.x, b.y FROM ${name} WHERE a.x`, "a.b"), name).to.equal(
        "SELECT `b`.x, b.y FROM `_a.b` AS `b` WHERE a.x",
      );
    }
    expect(bind("SELECT `a.b`.x FROM `a.b`", "a.b")).to.equal("SELECT `a.b`.x FROM `_a.b` AS `a.b`");
    expect(bind("SELECT a.b.x, c.b.x FROM a.b JOIN c.b ON a.b.x = c.b.x", "a.b", "c.b")).to.equal(
      "SELECT `a.b`.x, `c.b`.x FROM `_a.b` AS `a.b` JOIN `_c.b` AS `c.b` ON `a.b`.x = `c.b`.x",
    );
  });

  it("binds several names, and quotes them", () => {
    expect(bind("SELECT * FROM `a``b`, c", "a`b", "c")).to.equal(
      "SELECT * FROM `_a``b` AS `a``b`, `_c` AS `c`",
    );
  });
});
