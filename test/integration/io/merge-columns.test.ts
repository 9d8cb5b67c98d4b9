import { expect } from "chai";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("a merge", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("merge");
  });
  after(async () => {
    await on.close();
  });

  const names = ["a`b", "p.q", "10", "Größe", 'sel"ect', "a'b"];

  it("takes any column name, as key, in checks, and for a new column", async () => {
    const quoted = names.map((name) => `\`${name.replaceAll("`", "``")}\``);
    const row = (key: number, value: number) =>
      `select ${quoted.map((name) => `${key} as ${name}`).join(", ")}, ${value} as v, named_struct('x\`y', ${value}) as s`;
    const some = {
      mode: "merge",
      mergeKeys: names,
      checks: [
        { name: "u", severity: "error", kind: "unique", columns: names },
        { name: "n", severity: "error", kind: "not_null", columns: names },
      ],
    } as const;
    for (const [store, dataset] of on.stores("named", some, ["delta"])) {
      expect((await on.save(dataset, `${row(1, 1)} union all ${row(2, 2)}`)).error, store).to.equal(
        undefined,
      );
      expect((await on.save(dataset, `${row(2, 3)} union all ${row(3, 4)}`)).saved?.rows, store).to.equal(2n);
      const read = async () =>
        await on.rows(
          `select v, \`a\`\`b\`, s.\`x\`\`y\` from ${dataset.location.kind === "path" ? `delta.\`${dataset.location.path}\`` : dataset.location.kind === "table" ? dataset.location.table : ""} order by v`,
        );
      expect(await read(), store).to.deep.equal(["1 1 1", "3 2 3", "4 3 4"]);
      const add = { ...dataset, schemaEvolution: "add" } as const;
      const { error } = await on.save(add, `select *, 'new' as \`n\`\`w\`, 7 as plain from (${row(3, 5)})`);
      expect(error, store).to.equal(undefined);
      expect(await read(), store).to.deep.equal(["1 1 1", "3 2 3", "5 3 5"]);
      const rows = await on.read(dataset);
      expect(
        rows.filter((line) => line.includes("new")),
        store,
      ).to.have.length(1);
    }
  });

  it("and every other mode store a checkpoint, which only its own session knows", async () => {
    const rows = async () =>
      await (await on.session.sql("select id, date'2001-01-01' as day from range(3)")).localCheckpoint();
    const stored = ["0 2001-01-01", "1 2001-01-01", "2 2001-01-01"];
    for (const mode of ["overwrite", "append", "merge", "replace_window", "error", "ignore"] as const) {
      const some = { mode, mergeKeys: ["id"], windowColumn: "day" };
      const formats = ["merge", "replace_window"].includes(mode) ? ["delta"] : ["delta", "csv"];
      for (const [store, dataset] of on.stores(`kept_${mode}`, some, formats)) {
        const first = await on.save(dataset, "", { frame: (await rows()).where("id >= 0") });
        expect(first.saved, `${store} ${mode} ${first.error?.message}`).to.include({
          outcome: "written",
          rows: 3n,
        });
        const second = await on.save(dataset, "", { frame: await rows() });
        if (mode === "error") expect(second.error).to.include({ code: "DATASET_EXISTS" });
        else expect(second.error, `${store} ${mode}`).to.equal(undefined);
        const all = mode === "append" ? [...stored, ...stored].sort() : stored;
        expect(await on.read(dataset), `${store} ${mode}`).to.deep.equal(all);
      }
    }
  });

  it("by window needs a day, in words, and Delta's own check, before anything exists", async () => {
    const window = { mode: "replace_window", windowColumn: "at" } as const;
    for (const [value, type] of [
      ["1", "int"],
      ["'2001-01-01'", "string"],
      ["1.5", "decimal(2,1)"],
      ["named_struct('a', 1)", "struct<a:int>"],
    ]) {
      for (const [store, dataset] of on.stores("windowed", window, ["delta"])) {
        const { error } = await on.save(dataset, `select 1 as id, ${value} as AT`);
        expect(error, store).to.include({ code: "DATASET_WINDOW_COLUMN" });
        expect(error?.message).to.contain(`its window_column 'AT' is ${type}`);
        const read = await on.read(dataset).catch((thrown: unknown) => thrown);
        expect(read, store).to.have.property("code", "DATASET_NOT_FOUND");
      }
    }
    const setting = "spark.databricks.delta.replaceWhere.constraintCheck.enabled";
    await on.session.conf.set({ [setting]: "false" });
    const unchecked = await on.save(on.dataset("windowed", window), "select date'2011-01-01' as at");
    expect(unchecked.error).to.include({ code: "DATASET_WINDOW_UNCHECKED" });
    await on.session.conf.unset(setting);
    expect(await on.rows("show tables in $DB like 'windowed*'")).to.deep.equal([]);
    for (const at of [
      "date'2001-01-02'",
      "timestamp'2001-01-02 23:59:59.999999'",
      "timestamp_ntz'2001-01-01 00:00:00'",
    ]) {
      const dataset = on.dataset(`days_${at.length}`, window);
      expect((await on.save(dataset, `select ${at} as at`)).error, at).to.equal(undefined);
      expect(await on.read(dataset, { startDate: "2001-01-01", endDate: "2001-01-02" })).to.have.length(1);
    }
  });
});
