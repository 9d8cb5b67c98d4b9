import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("an overwrite", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("overwrite");
  });
  after(async () => {
    await on.close();
  });

  const days = (...numbers: readonly number[]) =>
    `select * from values ${numbers.map((day) => `(${day}, date'2024-01-0${day}')`).join(", ")} as t(id, day)`;

  it("leaves the result alone, whatever the session says of partitions", async () => {
    await on.session.conf.set({ "spark.sql.sources.partitionOverwriteMode": "dynamic" });
    for (const [store, dataset] of on.stores("alone", { partitionBy: ["day"] })) {
      expect((await on.save(dataset, days(1, 2))).error, store).to.equal(undefined);
      expect((await on.save(dataset, days(2, 3, 3))).saved?.rows, store).to.equal(3n);
      expect(await on.read(dataset), store).to.deep.equal(["2 2024-01-02", "3 2024-01-03", "3 2024-01-03"]);
      if (["json", "orc"].includes(dataset.format)) continue;
      expect((await on.save(dataset, `${days(1)} limit 0`)).error, store).to.equal(undefined);
      const schema = [column("id", "int"), column("day", "date")];
      expect(await on.read({ ...dataset, schema }), store).to.deep.equal([]);
    }
    await on.session.conf.unset("spark.sql.sources.partitionOverwriteMode");
  });

  it("replaces the window's days alone, whatever the session says of partitions", async () => {
    await on.session.conf.set({ "spark.sql.sources.partitionOverwriteMode": "dynamic" });
    const some = { mode: "replace_window", windowColumn: "day", partitionBy: ["day"] } as const;
    for (const [store, dataset] of on.stores("window", some, ["delta"])) {
      const window = { startDate: "2024-01-01", endDate: "2024-01-03" };
      expect((await on.save(dataset, days(1, 2, 3), { window })).error, store).to.equal(undefined);
      const narrow = { startDate: "2024-01-02", endDate: "2024-01-03" };
      expect((await on.save(dataset, days(2, 2), { window: narrow })).saved?.rows, store).to.equal(2n);
      expect(await on.read(dataset), store).to.deep.equal(["1 2024-01-01", "2 2024-01-02", "2 2024-01-02"]);
    }
    await on.session.conf.unset("spark.sql.sources.partitionOverwriteMode");
  });

  it("keeps the stored layout, or changes it under schema_evolution any", async () => {
    const rows = "select * from values (1, 'a', 'x'), (2, 'b', 'y') as t(id, day, country)";
    const layouts = [["day"], ["country", "day"], []];
    for (const [store, dataset] of on.stores("layout", {}, ["delta", "parquet", "csv"])) {
      let before: readonly string[] = [];
      for (const partitionBy of layouts) {
        const told = `${store}: ${before} to ${partitionBy}`;
        const next = { ...dataset, partitionBy };
        for (const mode of partitionBy === layouts[0] ? [] : (["overwrite", "append"] as const)) {
          // Delta keeps its layout where the dataset says nothing of one.
          if (mode === "append" && partitionBy.length === 0 && dataset.format === "delta") continue;
          const { error } = await on.save({ ...next, mode }, rows);
          expect(error, `${told} ${mode}`).to.include({ code: "DATASET_PARTITIONING" });
          const texts = [`is stored ${layoutText(before)}`, `would be written ${layoutText(partitionBy)}`];
          for (const text of texts) expect(error?.message, told).to.contain(text);
          expect(await on.read({ ...dataset, partitionBy: before }), told).to.have.length(2);
        }
        const any = { ...next, schemaEvolution: "any" } as const;
        expect((await on.save(any, rows)).error, told).to.equal(undefined);
        expect(await sorted(next), told).to.deep.equal(["1 a x", "2 b y"]);
        before = partitionBy;
      }
      expect((await on.save({ ...dataset, mode: "append" }, rows)).error, store).to.equal(undefined);
      expect(await sorted(dataset), store).to.deep.equal(["1 a x", "1 a x", "2 b y", "2 b y"]);
    }
  });

  /** The cells of each row in order, as partitions move columns to the end. */
  const sorted = async (dataset: DatasetConfig) =>
    (await on.read(dataset)).map((row) => row.split(" ").sort().join(" "));

  it("takes any column name for a partition", async () => {
    const names = ["p.q", "10", "a`b", "Größe", "select", "a/b", "a%2Fb", "a'b", "a:b"];
    const spaced = ["a b", "a=b"];
    for (const [store, dataset] of on.stores("named")) {
      const partitionBy = dataset.format === "delta" ? names : [...names, ...spaced];
      const values = partitionBy.map((name) => `'x' as \`${name.replaceAll("`", "``")}\``);
      const query = `select 1 as id, ${values.join(", ")}`;
      for (const mode of ["overwrite", "overwrite", "append"] as const) {
        const { error } = await on.save({ ...dataset, partitionBy, mode }, query);
        expect(error, store).to.equal(undefined);
      }
      expect(await on.read(dataset), store).to.deep.equal(
        Array(2).fill(["1", ...partitionBy.map(() => "x")].join(" ")),
      );
    }
  });
});

const column = (name: string, type: string) => ({ name, type, nullable: true });

function layoutText(columns: readonly string[]): string {
  return columns.length === 0 ? "without partitions" : `partitioned by ${columns.join(", ")}`;
}
