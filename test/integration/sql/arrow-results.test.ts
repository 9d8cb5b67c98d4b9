import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { expect } from "chai";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { type Row, rowValues } from "../../../src/arrow/row.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark } from "../spark.ts";

const text = `SELECT id, if(id % 3 = 0, NULL, concat('näme ', id)) AS name, id / 4 AS x, id % 2 = 0 AS even,
  array(id, NULL) AS list, named_struct('a', CAST(id AS INT)) AS s, CAST(id AS DECIMAL(20, 2)) AS d,
  TIMESTAMP_MICROS(id * 1000003) AS at FROM range(0, 25000, 1, 3)`;

describe("results as Arrow", () => {
  let spark: SparkSession;
  let df: DataFrame;
  before(async () => {
    spark = await getSpark();
    df = await spark.sql(text);
  });

  it("are one stream of all batches, the same rows as collect() gives", async () => {
    const [bytes, rows] = await Promise.all([df.toArrow(), df.collect()]);
    const batch = decodeBatch(bytes);
    expect(batch.numRows).to.equal(25_000);
    expect(batch.rows()).to.deep.equal(rows);
  });

  it("are read by apache-arrow", async () => {
    const table = apache.tableFromIPC(await df.toArrow());
    expect(table.numRows).to.equal(25_000);
    expect(table.batches.length).to.be.greaterThan(2);
    expect(table.schema.names).to.deep.equal(["id", "name", "x", "even", "list", "s", "d", "at"]);
    const ids = table.getChild("id") as apache.Vector<apache.Int64>;
    expect([...ids].reduce((sum, id) => (sum ?? 0n) + (id ?? 0n), 0n)).to.equal(312_487_500n);
    expect(table.getChild("name")?.nullCount).to.equal(8_334);
    expect(table.get(24_999)?.["name"]).to.equal(null);
    expect(table.get(24_998)?.["name"]).to.equal("näme 24998");
  });

  it("are read by flechette", async () => {
    const table = flechette.tableFromIPC(await df.toArrow(), { useBigInt: true });
    expect(table.numRows).to.equal(25_000);
    const row = table.at(12_346) as Record<string, unknown>;
    expect([row["id"], row["name"], row["x"], row["even"]]).to.deep.equal([
      12_346n,
      "näme 12346",
      3_086.5,
      true,
    ]);
    expect([...(row["list"] as Iterable<unknown>)]).to.deep.equal([12_346n, null]);
  });

  it("are one stream in pieces, which are a table of apache-arrow, or a file", async () => {
    const table = await apache.tableFromIPC(df.toArrowStream());
    expect(table.numRows).to.equal(25_000);
    expect(table.get(24_998)?.["name"]).to.equal("näme 24998");
    const pieces: Uint8Array[] = [];
    for await (const piece of df.toArrowStream()) pieces.push(piece);
    expect(Buffer.concat(pieces).equals(await df.toArrow())).to.equal(true);
    for await (const piece of df.toArrowStream()) {
      expect(piece.length).to.be.greaterThan(0);
      break;
    }
    expect((await apache.tableFromIPC(df.filter("id < 0").toArrowStream())).schema.names.length).to.equal(8);
  });

  it("come batch by batch, each a stream of its own, and stop when they are left", async () => {
    let rows = 0;
    for await (const stream of df.toArrowBatches()) rows += apache.tableFromIPC(stream).numRows;
    expect(rows).to.equal(25_000);
    for await (const stream of df.toArrowBatches()) {
      expect(decodeBatch(stream).numRows).to.be.greaterThan(0);
      break;
    }
    let seen = 0;
    for await (const row of df.toLocalIterator()) {
      expect(row["id"]).to.equal(BigInt(seen));
      if (++seen === 15_000) break;
    }
    expect(seen).to.equal(15_000);
  });

  it("have a schema without rows", async () => {
    const none = df.filter("id < 0");
    const table = apache.tableFromIPC(await none.toArrow());
    expect([table.numRows, table.schema.names.length]).to.deep.equal([0, 8]);
    const batches: Uint8Array[] = [];
    for await (const stream of none.toArrowBatches()) batches.push(stream);
    expect(batches.map((stream) => decodeBatch(stream).fields.length)).to.deep.equal(batches.map(() => 8));
    expect(batches.length).to.be.greaterThan(0);
  });

  // Spark's LZ4 takes milliseconds for every kilobyte.
  for (const [codec, count] of [
    ["lz4", 300],
    ["zstd", 25_000],
  ] as const) {
    it(`are read compressed with ${codec}, and given on uncompressed`, async () => {
      await spark.conf.set("spark.sql.execution.arrow.compression.codec", codec);
      try {
        const some = df.orderBy("id").limit(count);
        const rows = await some.collect();
        const bytes = await some.toArrow();
        expect(rows.length).to.equal(count);
        expect(decodeBatch(bytes).rows()).to.deep.equal(rows);
        expect(apache.tableFromIPC(bytes).get(268)?.["name"]).to.equal("näme 268");
      } finally {
        await spark.conf.unset("spark.sql.execution.arrow.compression.codec");
      }
    });
  }

  it("go back to the server as they came", async () => {
    const again = await spark.createDataFrame(await df.toArrow());
    expect((await again.schema()).simpleString()).to.equal((await df.schema()).simpleString());
    const [row] = await again.exceptAll(df).selectExpr("count(*)").collect();
    expect(rowValues(row as Row)).to.deep.equal([0n]);
    expect(await again.count()).to.equal(25_000n);
  });
});
