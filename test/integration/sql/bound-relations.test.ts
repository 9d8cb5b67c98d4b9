import { expect } from "chai";
import { col } from "../../../src/sql/functions/call.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark } from "../spark.ts";

describe("SQL over bound relations", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
  });

  it("keeps 200 concurrent queries with the same name apart", async () => {
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        const events = spark.range(i * 10, i * 10 + 3);
        const df = await spark.sql("SELECT sum(events.id) AS total FROM events", {}, { events });
        return (await df.collect())[0]?.["total"];
      }),
    );
    expect(results).to.deep.equal(Array.from({ length: 200 }, (_, i) => BigInt(30 * i + 3)));
  });

  it("runs one DataFrame many times at once", async () => {
    const df = await spark.sql("SELECT id FROM t", {}, { t: spark.range(5) });
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0 ? df.count() : df.schema().then((s) => s.fields.length),
      ),
    );
    expect(counts).to.deep.equal(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 5n : 1)));
  });

  it("leaves a view of the same name alone, and its own names behind no trace", async () => {
    await spark.range(7).createOrReplaceTempView("bound_view");
    const bound = await spark.sql("SELECT count(*) AS n FROM bound_view", {}, { bound_view: spark.range(2) });
    expect((await bound.collect())[0]?.["n"]).to.equal(2n);
    expect(await spark.table("bound_view").count()).to.equal(7n);
    expect((await bound.collect())[0]?.["n"]).to.equal(2n);
    const names = (await spark.catalog.listTables()).map((table) => table.name);
    expect(names.filter((name) => name.startsWith("__sparkwright"))).to.deep.equal([]);
    await spark.catalog.dropTempView("bound_view");
  });

  it("joins bound relations, itself bound again, and derived further", async () => {
    const a = await spark.createDataFrame([
      { id: 1, name: "x" },
      { id: 2, name: "y" },
    ]);
    const joined = await spark.sql(
      "WITH big AS (SELECT * FROM a WHERE id > :least) SELECT big.id, b.name FROM big JOIN a b ON big.id = b.id",
      { least: 1 },
      { a },
    );
    const outer = await spark.sql("SELECT a.name, j.id FROM j, a WHERE a.id = j.id", {}, { j: joined, a });
    const self = outer.join(outer.select(col("id").as("other")), col("id").eq(col("other")));
    expect((await self.collect()).map((row) => ({ ...row }))).to.deep.equal([{ name: "y", id: 2, other: 2 }]);
  });

  it("writes what a statement selects from a bound relation", async function () {
    this.timeout(180_000);
    await spark.sql("CREATE DATABASE IF NOT EXISTS sql_bound");
    await spark.sql("CREATE OR REPLACE TABLE sql_bound.target (id BIGINT, v STRING) USING delta");
    const updates = spark.range(3).selectExpr("id", "concat('v', id) AS v");
    await spark.sql("INSERT INTO sql_bound.target SELECT * FROM updates WHERE id < 2", {}, { updates });
    await spark.sql(
      "MERGE INTO sql_bound.target t USING updates ON t.id = updates.id " +
        "WHEN MATCHED THEN UPDATE SET v = concat(updates.v, '!') WHEN NOT MATCHED THEN INSERT *",
      {},
      { updates },
    );
    const rows = await spark.table("sql_bound.target").orderBy("id").collect();
    expect(rows.map((row) => [...row])).to.deep.equal([
      [0n, "v0!"],
      [1n, "v1!"],
      [2n, "v2"],
    ]);
    await spark.sql(
      "CREATE OR REPLACE TABLE sql_bound.copy USING delta AS SELECT * FROM updates",
      {},
      { updates },
    );
    expect(await spark.table("sql_bound.copy").count()).to.equal(3n);
    await spark.sql("DROP DATABASE sql_bound CASCADE");
  });

  it("caches and uncaches by what it computes, not by the names it was sent with", async () => {
    const df = await spark.sql("SELECT id * 2 AS d FROM t", {}, { t: spark.range(100) });
    await df.cache();
    expect(await df.explainString()).to.contain("InMemoryTableScan");
    await df.unpersist(true);
    expect(await df.explainString()).not.to.contain("InMemoryTableScan");
  });

  it("binds in statements that begin with something else than SELECT", async () => {
    const x = spark.range(2);
    for (const text of [
      "VALUES (5L) UNION ALL TABLE x",
      "(SELECT 5L) UNION ALL SELECT * FROM x",
      "VALUES (5L) |> UNION ALL TABLE x",
    ]) {
      const rows = await (await spark.sql(text, {}, { x })).collect();
      expect(rows.map(([id]) => id).sort(), text).to.deep.equal([0n, 1n, 5n]);
    }
  });

  it("keeps parameters out of the paths of variants and the types of fields", async () => {
    const text =
      "SELECT parse_json('{\"a\": 7}'):a::int AS a, v:a::int AS b, CAST(named_struct('a', :a) AS STRUCT<a:int>) AS s " +
      "FROM (SELECT parse_json('{\"a\": 8}') AS v)";
    const [row] = await (await spark.sql(text, { a: 9, int: 10 })).collect();
    expect(row).to.deep.nested.include({ a: 7, b: 8, "s.a": 9 });
  });

  it("takes relations whose columns share a name", async () => {
    const twice = spark.range(2).select(col("id"), col("id"));
    const df = await spark.sql("SELECT * FROM twice", {}, { twice });
    expect((await df.collect()).map((row) => [...row])).to.deep.equal([
      [0n, 0n],
      [1n, 1n],
    ]);
  });
});
