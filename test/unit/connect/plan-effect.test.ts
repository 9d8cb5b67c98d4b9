import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import { PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import { isRead, isReadingSql } from "../../../src/connect/plan-effect.ts";

const reads = [
  "SELECT 1",
  "  -- a comment\n/* another */ select * from t",
  "WITH a AS (SELECT 1) SELECT * FROM a",
  "FROM t SELECT id",
  "((SELECT 1))",
  "VALUES (1)",
  "SHOW TABLES",
  "DESCRIBE TABLE t",
  "EXPLAIN INSERT INTO t SELECT 1",
  "SELECT 'delete from t'",
];
const writes = [
  "INSERT INTO t SELECT 1",
  "-- select\nINSERT INTO t SELECT 1",
  "/* SELECT /* nested */ */ DROP TABLE t",
  "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
  "FROM a INSERT INTO t SELECT *",
  "CREATE TABLE t AS SELECT 1",
  "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN DELETE",
  "SET x = 1",
  "USE db",
  "EXECUTE IMMEDIATE 'SELECT 1'",
  "BEGIN SELECT 1; END",
  "CALL system.optimize('t')",
  "CACHE TABLE t",
  "",
];

function rootOf(relType: object): boolean {
  return isRead(create(PlanSchema, { opType: { case: "root", value: { relType } } } as never));
}

describe("what a plan does", () => {
  for (const sql of reads)
    it(`reads: ${JSON.stringify(sql)}`, () => expect(isReadingSql(sql)).to.equal(true));
  for (const sql of writes)
    it(`may write: ${JSON.stringify(sql)}`, () => expect(isReadingSql(sql)).to.equal(false));

  it("is found in SQL and catalog operations deep in a plan", () => {
    const over = (input: object) => ({ case: "limit", value: { input: { relType: input }, limit: 1 } });
    const sql = (query: string) => ({ case: "sql", value: { query } });
    const catalog = (kind: string) => ({ case: "catalog", value: { catType: { case: kind, value: {} } } });
    expect(rootOf(over(over(sql("SELECT 1"))))).to.equal(true);
    expect(rootOf(over(over(sql("DROP TABLE t"))))).to.equal(false);
    expect(rootOf(catalog("listTables"))).to.equal(true);
    expect(rootOf(catalog("tableExists"))).to.equal(true);
    expect(rootOf(catalog("dropTempView"))).to.equal(false);
    expect(rootOf(catalog("createTable"))).to.equal(false);
    expect(rootOf(over({ case: "extension", value: {} }))).to.equal(false);
  });

  it("is a command unless the command only asks", () => {
    const command = (commandType: object) =>
      isRead(create(PlanSchema, { opType: { case: "command", value: { commandType } } } as never));
    const sqlCommand = (query: string) =>
      command({ case: "sqlCommand", value: { input: { relType: { case: "sql", value: { query } } } } });
    expect(sqlCommand("SELECT 1")).to.equal(true);
    expect(sqlCommand("DELETE FROM t")).to.equal(false);
    expect(command({ case: "writeOperation", value: { mode: 1 } })).to.equal(false);
    expect(command({ case: "createDataframeView", value: { name: "v" } })).to.equal(false);
    const query = (kind: string) =>
      command({ case: "streamingQueryCommand", value: { command: { case: kind, value: true } } });
    expect([query("status"), query("stop")]).to.eql([true, false]);
    expect(isRead(create(PlanSchema))).to.equal(false);
  });
});
