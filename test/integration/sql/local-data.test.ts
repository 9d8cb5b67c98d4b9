import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { expect } from "chai";
import { type Row, rowValues } from "../../../src/arrow/row.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { DoubleType, LongType, StringType, StructType } from "../../../src/sql/index.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { getSpark } from "../spark.ts";

describe("local data on the server", () => {
  let spark: SparkSession;
  before(async () => {
    spark = await getSpark();
  });

  const kindOf = (df: DataFrame) => df.toPlan().relType.case;
  const valuesOf = async (df: DataFrame) => (await df.collect()).map((row) => rowValues(row));

  it("takes a million rows, each of which arrives, from rows that exist one at a time", async () => {
    const million = 1_000_000;
    function* rows() {
      for (let i = 0; i < million; i++) yield [BigInt(i), `row ${i}`, i / 7];
    }
    const schema = new StructType().add("id", LongType).add("name", new StringType()).add("x", DoubleType);
    const df = await spark.createDataFrame(rows(), schema);
    expect(kindOf(df)).to.equal("chunkedCachedLocalRelation");
    const [row] = await df
      .selectExpr("count(*)", "sum(id)", "count(DISTINCT name)", "sum(abs(x - id / 7D))", "min(name)")
      .collect();
    expect(rowValues(row as Row)).to.deep.equal([1_000_000n, 499_999_500_000n, 1_000_000n, 0, "row 0"]);
  }).timeout(240_000);

  it("uploads nothing twice, and cuts rows as the server says", async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => ({ id: i, text: "x".repeat(40) }));
    await spark.conf.set("spark.sql.session.localRelationChunkSizeRows", 7_000);
    try {
      const [a, b] = [await spark.createDataFrame(rows), await spark.createDataFrame(rows)];
      const { value } = a.toPlan().relType;
      expect(value).to.deep.equal(b.toPlan().relType.value);
      const { dataHashes } = value as { dataHashes: readonly string[] };
      expect(dataHashes.length).to.be.within(5, 6);
      const known = await spark.client.artifactStatus(dataHashes.map((hash) => `cache/${hash}`));
      expect(known.size).to.equal(dataHashes.length);
      expect(await a.union(b).count()).to.equal(60_000n);
    } finally {
      await spark.conf.unset("spark.sql.session.localRelationChunkSizeRows");
    }
  });

  it("puts several batches into one plan below the threshold, and all of them arrive", async () => {
    await spark.conf.set("spark.sql.session.localRelationCacheThreshold", 64 * 2 ** 20);
    try {
      const rows = Array.from({ length: 50_000 }, (_, i) => [i, `row ${i}`]);
      const df = await spark.createDataFrame(rows, ["id", "name"]);
      expect(kindOf(df)).to.equal("localRelation");
      const [row] = await df.selectExpr("count(*)", "sum(id)", "max(id)").collect();
      expect(rowValues(row as Row)).to.deep.equal([50_000n, 1_249_975_000n, 49_999]);
    } finally {
      await spark.conf.unset("spark.sql.session.localRelationCacheThreshold");
    }
  });

  it("refuses more than the server allows", async () => {
    await spark.conf.set("spark.sql.session.localRelationSizeLimit", 1_500_000);
    try {
      const rows = Array.from({ length: 100_000 }, (_, i) => [i, `row ${i}`]);
      const error = await spark.createDataFrame(rows).catch((thrown: unknown) => thrown);
      expect(error).to.have.property("code", "SPARK_LOCAL_DATA_TOO_LARGE");
    } finally {
      await spark.conf.unset("spark.sql.session.localRelationSizeLimit");
    }
  });

  it("takes no rows, async rows, single values and a type for them", async () => {
    expect(await valuesOf(await spark.createDataFrame([], "id BIGINT, name STRING"))).to.deep.equal([]);
    async function* rows() {
      yield { id: 1, name: "a" };
      yield { id: 2, name: null };
    }
    expect(await valuesOf(await spark.createDataFrame(rows()))).to.deep.equal([
      [1, "a"],
      [2, null],
    ]);
    const values = await spark.createDataFrame([1, 2], LongType);
    expect(values.toPlan().relType.case).to.equal("localRelation");
    expect((await values.schema()).simpleString()).to.equal("struct<value:bigint>");
    expect(await valuesOf(values)).to.deep.equal([[1n], [2n]]);
  });

  it("casts on the server what need not fit exactly", async () => {
    const rows = [
      { id: "17", day: "2001-02-03", x: 1 },
      { id: "18", day: null, x: 2.5 },
    ];
    const schema = "id BIGINT, day DATE, x DECIMAL(10,2)";
    const error = await spark.createDataFrame(rows, schema).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "VALUE_WRONG_TYPE");
    expect(String(error)).to.include('column "id", row 0');
    const df = await spark.createDataFrame(rows, schema, { verifySchema: false });
    expect((await df.schema()).simpleString()).to.equal("struct<id:bigint,day:date,x:decimal(10,2)>");
    expect((await valuesOf(df)).map((values) => values.map(String))).to.deep.equal([
      ["17", "2001-02-03", "1.00"],
      ["18", "null", "2.50"],
    ]);
  });

  describe("from Arrow", () => {
    const names = ["a", "é", null, "a", "a text longer than twelve bytes", "a"];
    const expected = names.map((name, i) => [i, name, i % 2 === 0, BigInt(i) * 2n, [i, null], { y: i / 4 }]);

    function apacheTable(...parts: readonly (readonly [number, number])[]): apache.Table {
      const dictionary = new apache.Dictionary(new apache.Utf8(), new apache.Int32());
      const list = new apache.List(new apache.Field("item", new apache.Int32(), true));
      const struct = new apache.Struct([new apache.Field("y", new apache.Float64(), true)]);
      const part = (from: number, to: number) =>
        new apache.Table({
          id: apache.vectorFromArray(
            expected.slice(from, to).map((row) => row[0]),
            new apache.Int32(),
          ),
          name: apache.vectorFromArray(names.slice(from, to), dictionary),
          even: apache.vectorFromArray(
            expected.slice(from, to).map((row) => row[2]),
            new apache.Bool(),
          ),
          big: apache.vectorFromArray(
            expected.slice(from, to).map((row) => row[3]),
            new apache.Int64(),
          ),
          list: apache.vectorFromArray(
            expected.slice(from, to).map((row) => row[4]),
            list,
          ),
          s: apache.vectorFromArray(
            expected.slice(from, to).map((row) => row[5]),
            struct,
          ),
        });
      const [first, ...others] = parts.map(([from, to]) => part(from, to));
      return (first as apache.Table).concat(...others) as apache.Table;
    }

    const checked = async (df: DataFrame) => {
      const rows = (await valuesOf(df)).map((values) => values.map((v) => (isRow(v) ? { ...v } : v)));
      expect(rows).to.deep.equal(expected);
    };
    const isRow = (value: unknown): value is Row => (value as object | null)?.constructor.name === "Row";

    it("a table of apache-arrow in several batches, whole and sliced, and its bytes", async () => {
      const table = apacheTable([0, 2], [2, 6]);
      expect(table.batches.length).to.equal(2);
      const [whole, sliced, stream, file] = await Promise.all([
        spark.createDataFrame(table),
        spark.createDataFrame(table.slice(1, 5)),
        spark.createDataFrame(apache.tableToIPC(table, "stream")),
        spark.createDataFrame(apache.tableToIPC(apacheTable([0, 6]), "file")),
      ]);
      expect((await whole.schema()).simpleString()).to.equal(
        "struct<id:int,name:string,even:boolean,big:bigint,list:array<int>,s:struct<y:double>>",
      );
      await Promise.all([whole, stream, file].map(checked));
      expect(
        (await sliced.select("id", "name", "even").collect()).map((row) => rowValues(row)),
      ).to.deep.equal(expected.slice(1, 5).map((row) => row.slice(0, 3)));
    });

    it("a table of flechette, and its bytes", async () => {
      const table = flechette.tableFromArrays(
        {
          name: names,
          n: [1, 2, 3, null, 5, 6],
          u: [0, 1, 2, 3, 4, 4294967295],
          at: [0, 1, 2, 3, 4, 1_700_000_000_123],
          day: [0, 86_400_000, -86_400_000, 0, 0, null],
        },
        {
          types: {
            name: flechette.dictionary(flechette.utf8()),
            n: flechette.int64(),
            u: flechette.uint32(),
            at: flechette.timestamp(flechette.TimeUnit.MILLISECOND, "UTC"),
            day: flechette.dateMillisecond(),
          },
          maxBatchRows: 4,
        },
      );
      const bytes = flechette.tableToIPC(table, { format: "stream" }) as Uint8Array;
      const [df, again] = await Promise.all([spark.createDataFrame(table), spark.createDataFrame(bytes)]);
      expect((await df.schema()).simpleString()).to.equal(
        "struct<name:string,n:bigint,u:bigint,at:timestamp,day:date>",
      );
      const rows = await valuesOf(df);
      expect(rows[5]?.map(String)).to.deep.equal([
        "a",
        "6",
        "4294967295",
        "2023-11-14T22:13:20.123Z",
        "null",
      ]);
      expect(rows.map((row) => row[0])).to.deep.equal(names);
      expect(rows.map((row) => String(row[4]))).to.deep.equal([
        "1970-01-01",
        "1970-01-02",
        "1969-12-31",
        "1970-01-01",
        "1970-01-01",
        "null",
      ]);
      expect((await valuesOf(again)).map(String)).to.deep.equal(rows.map(String));
    });

    it("under other names, with other types, and without rows", async () => {
      const table = new apache.Table({ id: apache.vectorFromArray([1, 2], new apache.Int32()) });
      const renamed = await spark.createDataFrame(table, ["n"]);
      expect(await valuesOf(renamed.selectExpr("n + 1"))).to.deep.equal([[2], [3]]);
      const wider = await spark.createDataFrame(table, "n BIGINT");
      expect(await valuesOf(wider)).to.deep.equal([[1n], [2n]]);
      const text = await spark.createDataFrame(table, "n STRING", { verifySchema: false });
      expect(await valuesOf(text)).to.deep.equal([["1"], ["2"]]);
      const none = await spark.createDataFrame(apache.tableToIPC(table.slice(0, 0)));
      expect(await valuesOf(none)).to.deep.equal([]);
      expect((await none.schema()).simpleString()).to.equal("struct<id:int>");
    });

    it("large tables in chunks, of which every row arrives", async () => {
      const n = 200_000;
      const table = new apache.Table({
        id: apache.vectorFromArray(
          Array.from({ length: n }, (_, i) => i),
          new apache.Int32(),
        ),
        name: apache.vectorFromArray(
          Array.from({ length: n }, (_, i) => (i % 3 === 0 ? null : `name ${i}`)),
          new apache.Utf8(),
        ),
      });
      const df = await spark.createDataFrame(table);
      expect(kindOf(df)).to.equal("chunkedCachedLocalRelation");
      const [row] = await df
        .selectExpr("count(*)", "sum(id)", "count(name)", "count_if(name = concat('name ', id))")
        .collect();
      expect(rowValues(row as Row)).to.deep.equal([200_000n, 19_999_900_000n, 133_333n, 133_333n]);
    });
  });
});
