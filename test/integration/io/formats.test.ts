import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { loadInput } from "../../../src/io/load-input.ts";
import { scratchFolder } from "../spark.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("formats", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("formats");
  });
  after(async () => {
    await on.close();
  });

  const read = async (dataset: DatasetConfig) =>
    (await (await loadInput(on.session, dataset, undefined)).collect()).map((row) =>
      Object.values(row).map(String).join(" "),
    );

  it("are read back as they were written, with the declared columns where files do not say them", async () => {
    const folder = scratchFolder();
    const flat = [
      { name: "id", type: "bigint", nullable: true },
      { name: "big", type: "decimal(30,2)", nullable: true },
      { name: "at", type: "timestamp_ntz", nullable: true },
      { name: "instant", type: "timestamp", nullable: true },
    ];
    const query =
      "select 9007199254740993 as id, cast('123456789012345678901234567890.12' as decimal(32,2)) as big," +
      " timestamp_ntz'2001-01-01 00:00:00.123456' as at, timestamp'2001-01-01 00:00:00.000007Z' as instant";
    const fits = query
      .replaceAll("123456789012345678901234567890.12", "1234567890123456789012345678.12")
      .replace("32,2", "30,2");
    for (const format of ["parquet", "orc", "json", "csv", "delta"]) {
      const dataset = on.dataset(format, {
        format,
        location: { kind: "path", path: `${folder}/${format}` },
        schema: flat,
        options: format === "csv" ? { header: "true" } : {},
      });
      expect((await on.save(dataset, fits)).error, format).to.equal(undefined);
      expect(await read(dataset), format).to.deep.equal([
        "9007199254740993 1234567890123456789012345678.12 2001-01-01T00:00:00.123456 2001-01-01T00:00:00.000007Z",
      ]);
      expect((await on.save({ ...dataset, mode: "error" }, fits)).error?.code, format).to.equal(
        "DATASET_EXISTS",
      );
      expect((await on.save({ ...dataset, mode: "ignore" }, fits)).saved?.outcome, format).to.equal(
        "ignored",
      );
    }
    const strict = on.dataset("strict", { format: "parquet", mode: "error" });
    expect((await on.save(strict, "select 1 as id")).error).to.equal(undefined);
    expect((await on.save(strict, "select 2 as id")).error?.code).to.equal("DATASET_EXISTS");
    expect(await read(strict)).to.deep.equal(["1"]);
    const text = on.dataset("text", { format: "text", location: { kind: "path", path: `${folder}/text` } });
    expect((await on.save(text, "select 'a,b' as value")).saved?.rows).to.equal(1n);
    expect(await read(text)).to.deep.equal(["a,b"]);
  });

  it("csv: every text comes back as it was, unless the dataset's own options say otherwise", async () => {
    const alphabet = ["a", " ", "\t", ",", '"', "'", "\\", "\n", "\r", "#", "é", "\u0000", "\u00a0"];
    const texts = [
      ...[
        "",
        " ",
        "  lead",
        "trail  ",
        "new\nline",
        "cr\rx",
        "crlf\r\n",
        'q"uote',
        '"whole"',
        '""',
        "back\\",
      ],
      ...['a\\"b', "NULL", "null", "\\N", "a,b", "#hash", "007", "\u{1f600}"],
      ...alphabet.flatMap((one) => alphabet.flatMap((two) => [one + two, `"${one}${two}`, `${one}"${two}`])),
    ];
    const columns = (schema: string) =>
      schema.split(", ").map((column) => {
        const [name = "", type = ""] = column.split(" ");
        return { name, type, nullable: true };
      });
    const saveAndRead = async (schema: string, rows: readonly unknown[][], some: Partial<DatasetConfig>) => {
      const location = { kind: "path", path: `${scratchFolder()}/x` } as const;
      const declared = { format: "csv", isOutput: true, schema: columns(schema), location };
      const dataset = on.dataset("texts", { ...declared, ...some });
      const frame = await on.session.createDataFrame(rows, schema);
      await frame.createOrReplaceTempView("texts");
      const saved = await on.save(dataset, "select * from texts");
      expect(saved.error).to.equal(undefined);
      const found = await (await loadInput(on.session, dataset, undefined)).collect();
      return found.map((row) => Object.values(row));
    };
    const inOrder = (rows: readonly unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();
    const wide = texts.map((text, index) => [text, index, index % 2 ? text : null]);
    const narrow = [...texts, null].map((text) => [text]);
    for (const some of [
      { options: {} },
      { options: { header: "true", SEP: ";" } },
      { options: { quote: "'" } },
      { location: { kind: "table", table: `${on.db}.texts` } },
    ] satisfies readonly Partial<DatasetConfig>[]) {
      const told = JSON.stringify(some);
      expect(inOrder(await saveAndRead("s string, n int, t string", wide, some)), told).to.deep.equal(
        inOrder(wide),
      );
      expect(inOrder(await saveAndRead("s string", narrow, some)), told).to.deep.equal(inOrder(narrow));
    }
    const trimmed = { options: { IgnoreTrailingWhitespace: "true", nullValue: "none" } };
    const two = [["a ", null]];
    expect(await saveAndRead("s string, t string", two, trimmed)).to.deep.equal([["a", null]]);
    expect(await saveAndRead("s string, t string", two, { ...trimmed, isOutput: false })).to.deep.equal([
      ["a", null],
    ]);
  });

  it("refuse what they cannot hold before anything is written", async () => {
    const refused: readonly (readonly [string, string, string])[] = [
      ["csv", "select array(1) as list", "csv cannot hold column 'list', which is array<int>"],
      ["text", "select 1 as n", "text holds one column of type string, not n int"],
      ["text", "select 'a' as a, 'b' as b", "text holds one column of type string, not a string, b string"],
      ["kafka", "select 'v' as value, 1 as price", "a Kafka message has no column 'price'"],
      ["kafka", "select 1 as value", "column 'value' of a Kafka message cannot be int"],
    ];
    for (const [format, query, message] of refused) {
      const location = { kind: "path", path: `${scratchFolder()}/x` } as const;
      const { error } = await on.save(on.dataset("d", { format, location, mode: "append" }), query);
      expect(error, message).to.include({ code: "DATASET_FORMAT_TYPE" });
      expect(error?.message).to.contain(message);
    }
  });

  it("say which package a server lacks, where it lacks one", async () => {
    const location = { kind: "path", path: `${scratchFolder()}/avro` } as const;
    const dataset = on.dataset("avro", { format: "avro", location });
    const { saved, error } = await on.save(dataset, "select 1 as id");
    if (error === undefined) expect(saved?.rows).to.equal(1n);
    else {
      expect(error).to.include({ code: "DATASET_FORMAT_MISSING" });
      expect(error).to.have.property("hint").that.contains("org.apache.spark:spark-avro");
    }
  });

  it("jdbc: read by table and query, written in every mode, on a real Derby, telling no password", async () => {
    const url = `jdbc:derby:${scratchFolder()}/db;create=true`;
    const options = {
      url,
      driver: "org.apache.derby.jdbc.EmbeddedDriver",
      dbtable: "accounts",
      user: "etl",
      password: "s3cret-word",
    };
    const jdbc = (some: Partial<DatasetConfig> = {}) =>
      on.dataset("accounts", { format: "jdbc", location: { kind: "options" }, options, ...some });
    const rows = "select 1 as id, 'ann' as name union all select 2, 'bob'";
    const first = await on.save(jdbc({ mode: "error" }), rows);
    expect(first.error).to.equal(undefined);
    expect(first.saved).to.include({ outcome: "written", rows: 2n });
    expect((await on.save(jdbc({ mode: "error" }), rows)).error?.code).to.equal("DATASET_EXISTS");
    expect((await on.save(jdbc({ mode: "ignore" }), rows)).saved).to.include({
      outcome: "ignored",
      rows: 0n,
    });
    expect((await on.save(jdbc({ mode: "append" }), "select 3 as id, 'cy' as name")).saved?.rows).to.equal(
      1n,
    );
    expect((await read(jdbc())).sort()).to.deep.equal(["1 ann", "2 bob", "3 cy"]);
    expect((await on.save(jdbc(), "select 4 as id, 'dee' as name")).saved?.rows).to.equal(1n);
    const { dbtable: _table, ...others } = options;
    const query = jdbc({ options: { ...others, query: 'select "name" from accounts where "id" > 3' } });
    expect(await read(query)).to.deep.equal(["dee"]);

    const broken = jdbc({ options: { ...options, dbtable: "nothing", url: `${url};password=other-word` } });
    const failed = await loadInput(on.session, broken, undefined).catch((error: unknown) => error);
    const said = `${JSON.stringify(failed)} ${String(failed)} ${(failed as Error).stack}`;
    expect(said)
      .to.contain("NOTHING")
      .and.not.match(/s3cret-word|other-word/);
    const noDriver = jdbc({ options: { ...others, driver: "com.example.Driver", dbtable: "x" } });
    const missing = await loadInput(on.session, noDriver, undefined).catch((error: unknown) => error);
    expect(missing).to.include({ code: "DATASET_FORMAT_MISSING" });
  });
});
