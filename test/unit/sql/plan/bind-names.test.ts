import { expect } from "chai";
import { bindNames } from "../../../../src/sql/plan/bind-names.ts";

const bind = (sql: string, ...names: readonly string[]) =>
  bindNames(sql, new Map(names.map((name) => [name, `_${name}`])));
const t = "`t` AS (SELECT * FROM `_t`)";

describe("bindNames", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["a query", "SELECT * FROM t", `WITH ${t} SELECT * FROM t`],
    [
      "after comments and hints",
      "-- SELECT\n/* a /* b */ c */ select /*+ BROADCAST(t) */ 1",
      `-- SELECT\n/* a /* b */ c */ WITH ${t} select /*+ BROADCAST(t) */ 1`,
    ],
    [
      "a query of the user's WITH",
      "WITH x AS (SELECT * FROM t) SELECT * FROM x, t",
      `WITH x AS (WITH ${t} SELECT * FROM t), ${t} SELECT * FROM x, t`,
    ],
    [
      "a name that the user's WITH takes over",
      "WITH t AS (SELECT * FROM t), y AS (SELECT * FROM t) SELECT * FROM t",
      `WITH t AS (WITH ${t} SELECT * FROM t), y AS (SELECT * FROM t) SELECT * FROM t`,
    ],
    [
      "columns of the user's WITH",
      "WITH x(a, b) AS (SELECT 1, 2) SELECT * FROM x",
      `WITH x(a, b) AS (WITH ${t} SELECT 1, 2), ${t} SELECT * FROM x`,
    ],
    [
      "a recursive WITH",
      "WITH RECURSIVE r AS (SELECT 1 UNION ALL SELECT * FROM r) SELECT * FROM r",
      `WITH RECURSIVE r AS (WITH ${t} SELECT 1 UNION ALL SELECT * FROM r), ${t} SELECT * FROM r`,
    ],
    [
      "queries in parentheses",
      "(SELECT * FROM t) UNION (SELECT 1)",
      `WITH ${t} (SELECT * FROM t) UNION (SELECT 1)`,
    ],
    ["an operand without parentheses", "((SELECT 1)) UNION FROM t", `WITH ${t} ((SELECT 1)) UNION FROM t`],
    ["a query that begins with VALUES", "VALUES (1) UNION TABLE t", `WITH ${t} VALUES (1) UNION TABLE t`],
    [
      "INSERT of VALUES and more",
      "INSERT INTO x (a) VALUES (1) UNION SELECT * FROM t",
      `INSERT INTO x (a) WITH ${t} VALUES (1) UNION SELECT * FROM t`,
    ],
    [
      "a subquery in parentheses of its own",
      "DELETE FROM x WHERE id IN ((SELECT id FROM t)) AND id > 1",
      `DELETE FROM x WHERE id IN ((WITH ${t} SELECT id FROM t)) AND id > 1`,
    ],
    [
      "subqueries once, from outside",
      "SELECT (SELECT max(id) FROM t) FROM t",
      `WITH ${t} SELECT (SELECT max(id) FROM t) FROM t`,
    ],
    ["INSERT", "INSERT INTO x SELECT * FROM t", `INSERT INTO x WITH ${t} SELECT * FROM t`],
    [
      "CREATE TABLE AS",
      "CREATE TABLE x USING delta AS SELECT * FROM t",
      `CREATE TABLE x USING delta AS WITH ${t} SELECT * FROM t`,
    ],
    [
      "DELETE by a subquery",
      "DELETE FROM x WHERE id IN (SELECT id FROM t)",
      `DELETE FROM x WHERE id IN (WITH ${t} SELECT id FROM t)`,
    ],
    [
      "MERGE",
      "MERGE INTO x USING t ON x.id = t.id WHEN MATCHED THEN DELETE",
      "MERGE INTO x USING (SELECT * FROM `_t`) AS `t` ON x.id = t.id WHEN MATCHED THEN DELETE",
    ],
    [
      "MERGE with an alias",
      "MERGE INTO x USING t AS s ON x.id = s.id WHEN MATCHED THEN DELETE",
      "MERGE INTO x USING (SELECT * FROM `_t`) AS s ON x.id = s.id WHEN MATCHED THEN DELETE",
    ],
    ["a query that begins with FROM", "FROM t |> WHERE id > 1", `WITH ${t} FROM t |> WHERE id > 1`],
    ["statements of a script", "SELECT 1; SELECT * FROM t", `WITH ${t} SELECT 1; WITH ${t} SELECT * FROM t`],
    ["EXPLAIN", "EXPLAIN SELECT * FROM t", `EXPLAIN WITH ${t} SELECT * FROM t`],
    ["EXPLAIN of a TABLE", "EXPLAIN TABLE t", `EXPLAIN WITH ${t} TABLE t`],
    ["a table of a TABLE", "CREATE TABLE view AS TABLE t", `CREATE TABLE view AS WITH ${t} TABLE t`],
  ];
  for (const [name, sql, bound] of cases) it(name, () => expect(bind(sql, "t")).to.equal(bound));

  it("leaves strings, quoted names and other uses of words alone", () => {
    for (const sql of [
      "SHOW TABLES",
      "CREATE TABLE x (t INT) WITH SERDEPROPERTIES ('SELECT' = 't')",
      "DROP TABLE `select`",
      "CREATE TABLE x (values INT)",
      "MERGE INTO x USING y ON x.id = y.id WHEN NOT MATCHED THEN INSERT (id) VALUES (y.id)",
    ]) {
      expect(bind(sql, "t")).to.equal(sql);
    }
    expect(bind("SELECT ')', r'\\', \"(\", `with)` FROM t", "t")).to.equal(
      `WITH ${t} SELECT ')', r'\\', "(", \`with)\` FROM t`,
    );
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

  it("binds several names, and quotes them", () => {
    expect(bind("SELECT 1", "a`b", "c")).to.equal(
      "WITH `a``b` AS (SELECT * FROM `_a``b`), `c` AS (SELECT * FROM `_c`) SELECT 1",
    );
  });
});
