import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

/** Columns by their type, with a value as SQL and as it is read. */
const values: readonly (readonly [string, string, string, string])[] = [
  ["zip", "string", "'01234'", "01234"],
  ["exponent", "string", "'1e3'", "1e3"],
  ["day_text", "string", "'2024-01-01'", "2024-01-01"],
  ["signs", "string", `'a=b/c% :*?"d'`, 'a=b/c% :*?"d'],
  ["blank", "string", "' lead '", " lead "],
  ["nothing", "string", "cast(null as string)", "null"],
  [
    "exact",
    "decimal(30,2)",
    "cast('1234567890123456789012345678.10' as decimal(30,2))",
    "1234567890123456789012345678.10",
  ],
  ["ancient", "date", "date'0001-01-01'", "0001-01-01"],
  ["moment", "timestamp", "timestamp'2024-01-01 10:00:00.123456Z'", "2024-01-01T10:00:00.123456Z"],
  ["rough", "double", "-1.5e300", "-1.5e+300"],
  ["flag", "boolean", "true", "true"],
  ["big", "bigint", "9223372036854775807", "9223372036854775807"],
  ["small", "tinyint", "-7Y", "-7"],
];
const schema = [["id", "int"] as const, ...values].map(([name, type]) => ({ name, type, nullable: true }));
const query = `select 1 as id, ${values.map(([name, , sql]) => `${sql} as ${name}`).join(", ")}`;

describe("values of partitions", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("partitions");
  });
  after(async () => {
    await on.close();
  });

  it("come back with the declared types, in every store", async () => {
    const row = ["1", ...values.map(([, , , text]) => text)].join(" ");
    const partitionBy = values.map(([name]) => name);
    for (const [store, dataset] of on.stores("typed", { schema, partitionBy })) {
      expect((await on.save(dataset, query)).error, store).to.equal(undefined);
      expect(await on.read(dataset), store).to.deep.equal([row]);
      expect(await on.columns(dataset), store).to.deep.equal(
        schema.map(({ name, type }) => `${name} ${type}`),
      );
      expect((await on.save({ ...dataset, mode: "append" }, query)).error, store).to.equal(undefined);
      expect(await on.read(dataset), store).to.deep.equal([row, row]);
    }
  });

  it("that would be guessed otherwise are refused where no schema says what they are", async () => {
    for (const format of ["parquet", "orc", "json", "csv"]) {
      const [, dataset] =
        [...on.stores(`guessed_${format}`, {}, [format])].find(([at]) => at.endsWith("path")) ?? [];
      if (dataset === undefined) throw new Error("no path");
      for (const [name, type] of values.filter(
        ([one]) => !["signs", "blank", "ancient", "big", "small", "rough"].includes(one),
      )) {
        const partitioned = { ...dataset, partitionBy: [name] };
        const { error } = await on.save(partitioned, query);
        expect(error, `${format} by ${name}`).to.include({ code: "DATASET_PARTITIONING" });
        expect(error?.message, format).to.contain(`column '${name}' of partition_by is ${type}`);
      }
      const mixed = "select 1 as id, 'x' as zip union all select 2, '01234'";
      expect((await on.save({ ...dataset, partitionBy: ["zip"] }, mixed)).error, format).to.equal(undefined);
      const read = (await on.read(dataset)).map((row) => row.split(" ").sort().join(" "));
      expect(read, format).to.have.members(["1 x", "01234 2"]);
    }
  });

  it("that Spark stores as NULL are refused, and leave what was there", async () => {
    for (const text of ["", "__HIVE_DEFAULT_PARTITION__"]) {
      const wrong = `select 1 as id, 'x' as p union all select 2, '${text}'`;
      for (const [store, dataset] of on.stores(`nulls_${text.length}`, { partitionBy: ["p"] }, [
        "delta",
        "parquet",
      ])) {
        await on.save(dataset, "select 7 as id, 'kept' as p");
        for (const mode of ["overwrite", "append", "merge"] as const) {
          if (mode === "merge" && dataset.format !== "delta") continue;
          const { error } = await on.save({ ...dataset, mode, mergeKeys: ["id"] }, wrong);
          expect(error, `${store} ${mode}`).to.include({ code: "DATASET_PARTITIONING" });
          expect(error?.message, store).to.contain("column 'p' of partition_by has an empty text");
          expect(await on.read(dataset), `${store} ${mode}`).to.deep.equal(["7 kept"]);
        }
        const followed = wrong.replace(`'${text}'`, "nullif('', '')");
        expect((await on.save(dataset, followed)).error, store).to.equal(undefined);
        expect(await on.read(dataset), store).to.deep.equal(["1 x", "2 null"]);
      }
    }
  });

  it("are single ones: other columns, all columns, missing and doubled ones are refused before anything exists", async () => {
    const refused: readonly (readonly [string, readonly string[], string])[] = [
      ["named_struct('a', 1) as p", ["p"], "column 'p' of partition_by is struct<a:int>"],
      ["array(1) as p", ["p"], "column 'p' of partition_by is array<int>"],
      ["map(1, 2) as p", ["p"], "column 'p' of partition_by is map<int,int>"],
      ["parse_json('1') as p", ["p"], "column 'p' of partition_by is variant"],
      ["x'01' as p", ["p"], "column 'p' of partition_by is binary"],
      ["'x' as p", ["p", "ID"], "partition_by names every column (p, ID)"],
      ["'x' as p", ["p", "P"], "partition_by names column 'P' twice"],
      ["'x' as p, 1 as v", ["q"], "there is no column 'q', which partition_by names"],
    ];
    for (const [column, partitionBy, message] of refused) {
      for (const [store, dataset] of on.stores("refused", { partitionBy }, ["delta", "parquet"])) {
        for (const mode of ["overwrite", "append", "error", "ignore"] as const) {
          const { error } = await on.save({ ...dataset, mode }, `select 1 as id, ${column}`);
          expect(error, `${store} ${message}`).to.include({ code: "DATASET_PARTITIONING" });
          expect(error?.message, store).to.contain(message);
        }
        if (dataset.location.kind === "path") await absent(dataset);
      }
    }
    const local = on.dataset("refused", { format: "parquet", partitionBy: ["at", "p"] });
    const { error } = await on.save(
      local,
      "select 1 as id, timestamp_ntz'2024-01-01 00:00:00' as at, 'x' as p",
    );
    expect(error?.message).to.contain("column 'at' of partition_by is timestamp_ntz");
    expect(await on.rows("show tables in $DB like 'refused*'")).to.deep.equal([]);
  });

  const absent = async (dataset: DatasetConfig) => {
    const error = await on.read(dataset).catch((thrown: unknown) => thrown);
    expect(error).to.have.property("code", "DATASET_NOT_FOUND");
  };

  it("are moments where the zone has one for each local time, and refused where clocks are set back", async () => {
    const moments =
      "select 1 as id, explode(array(timestamp'2024-10-27T00:30:00Z', timestamp'2024-10-27T01:30:00Z')) as at";
    const some = {
      partitionBy: ["at"],
      schema: [
        { name: "id", type: "int", nullable: true },
        { name: "at", type: "timestamp", nullable: true },
      ],
    };
    for (const [store, dataset] of on.stores("moments", some, ["delta", "parquet"])) {
      await on.session.conf.set({ "spark.sql.session.timeZone": "Europe/Berlin" });
      const { error } = await on.save(dataset, moments);
      expect(error, store).to.include({ code: "DATASET_PARTITIONING" });
      expect(error?.message, store).to.contain("Europe/Berlin");
      for (const zone of ["+05:30", "UTC"]) {
        await on.session.conf.set({ "spark.sql.session.timeZone": zone });
        expect((await on.save(dataset, moments)).error, `${store} ${zone}`).to.equal(undefined);
        expect(await on.read(dataset), `${store} ${zone}`).to.deep.equal([
          "1 2024-10-27T00:30:00Z",
          "1 2024-10-27T01:30:00Z",
        ]);
      }
    }
  });
});
