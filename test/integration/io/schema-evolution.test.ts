import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("the columns of stored datasets", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("evolution");
  });
  after(async () => {
    await on.close();
  });

  const json = async ({ name }: DatasetConfig, order = "id") =>
    await on.rows(`select to_json(struct(*)) from $DB.${name} order by ${order}`);

  it("get new fields inside of structs, arrays and maps under add, matched by name", async () => {
    const first = `select 1 as id, named_struct('a', 1) as s, array(named_struct('x', 1)) as l, map('k', named_struct('m', 1)) as m`;
    const more =
      "select 2 as id, named_struct('b', 'x', 'a', 2) as s, array(named_struct('y', 'q', 'x', 2)) as l," +
      " map('k', named_struct('n', 2.5D, 'm', 2)) as m";
    const reordered =
      "select map('k', named_struct('m', 3, 'n', 3.5D)) as m, named_struct('b', 'B', 'A', 3) as s, 3 as id," +
      " array(named_struct('Y', 'r', 'x', 3)) as l";
    const before = '{"id":1,"s":{"a":1},"l":[{"x":1}],"m":{"k":{"m":1}}}';
    const second = '{"id":2,"s":{"a":2,"b":"x"},"l":[{"x":2,"y":"q"}],"m":{"k":{"m":2,"n":2.5}}}';
    const third = '{"id":3,"s":{"a":3,"b":"B"},"l":[{"x":3,"y":"r"}],"m":{"k":{"m":3,"n":3.5}}}';
    for (const mode of ["append", "merge", "overwrite"] as const) {
      const strict = on.dataset(`nested_${mode}`, { mode, mergeKeys: ["id"] });
      const add = { ...strict, schemaEvolution: "add" } as const;
      const kept = (...rows: readonly string[]) => (mode === "overwrite" ? rows.slice(-1) : rows);
      await on.save(add, first);
      const refused = await on.save(strict, more);
      expect(refused.error?.message, mode).to.contain(
        "column 's.b' is new; column 'l.element.y' is new; column 'm.value.n' is new",
      );
      expect((await on.save(add, more)).error, mode).to.equal(undefined);
      expect(await json(add), mode).to.deep.equal(kept(before, second));
      expect((await on.save(strict, reordered)).error, mode).to.equal(undefined);
      expect(await json(add), mode).to.deep.equal(kept(before, second, third));
      for (const [given, fault] of [
        ["named_struct('b', 'B', 'a', 3L)", "column 's.a' is bigint, stored as int"],
        ["named_struct('b', 'B')", "column 's.a' is missing"],
        ["named_struct('b', 'B', 'a', 3, 'A', 4)", "column 's.A' occurs twice"],
      ]) {
        const { error } = await on.save(
          add,
          reordered.replace("named_struct('b', 'B', 'A', 3)", given ?? ""),
        );
        expect(error, given).to.include({ code: "DATASET_SCHEMA" });
        expect(error?.message, mode).to.contain(fault);
      }
      expect(await json(add), mode).to.deep.equal(kept(before, second, third));
    }
  });

  it("have types: one that is only NULL is refused everywhere, and a stored one gets its type later", async () => {
    for (const [store, dataset] of on.stores("void")) {
      for (const mode of ["overwrite", "append", "error"] as const) {
        const { error } = await on.save({ ...dataset, mode }, "select 1 as id, null as note");
        expect(error, store).to.include({ code: "DATASET_VOID" });
        expect(error?.message, store).to.contain("'note' has no type (VOID)");
      }
    }
    expect(await on.rows("show tables in $DB like 'void_*'")).to.deep.equal([]);
    const nested = on.dataset("nested_void");
    const { error } = await on.save(
      nested,
      "select named_struct('n', null) as s, array() as l, map('k', null) as m, array(named_struct('v', null)) as d",
    );
    expect(error?.message).to.contain("'s.n', 'l.element', 'm.value', 'd.element.v' have no type (VOID)");
    expect((await on.save(nested, "select cast(null as string) as note")).error).to.equal(undefined);
    await on.session.sql(`create table ${on.db}.stored_void (id int, note void) using delta`);
    const stored = on.dataset("stored_void", { mode: "append" });
    expect((await on.save(stored, "select 1 as id, 'x' as note")).error).to.include({
      code: "DATASET_SCHEMA",
    });
    const add = { ...stored, schemaEvolution: "add" } as const;
    for (const id of [1, 2]) {
      expect((await on.save(add, `select ${id} as id, 'x' as note`)).error).to.equal(undefined);
    }
    expect(await json(stored)).to.deep.equal(['{"id":1,"note":"x"}', '{"id":2,"note":"x"}']);
  });

  it("may be left to Delta where it makes them: identity, generated and DEFAULT columns", async () => {
    await on.session.sql(
      `create table ${on.db}.made (id bigint generated always as identity, n int, twice int generated always as (n * 2),` +
        " city string default 'here', note string) using delta" +
        " tblproperties ('delta.feature.allowColumnDefaults' = 'supported')",
    );
    const append = on.dataset("made", { mode: "append" });
    const rows = async () => await on.rows("select n, twice, city, note from $DB.made order by n");
    expect((await on.save(append, "select 'a' as note, 1 as n")).error).to.equal(undefined);
    expect((await on.save(append, "select 2 as n, 'there' as city, 'b' as note")).error).to.equal(undefined);
    expect(await rows()).to.deep.equal(["1 2 here a", "2 4 there b"]);
    const merge = { ...append, mode: "merge", mergeKeys: ["n"] } as const;
    const merged = await on.save(merge, "select * from values (1, 'new'), (9, 'c') as t(n, note)");
    expect(merged.saved?.rows).to.equal(2n);
    expect(await rows()).to.deep.equal(["1 2 here new", "2 4 there b", "9 18 here c"]);
    expect(await on.rows("select count(distinct id) = count(id), count(*) from $DB.made")).to.deep.equal([
      "true 3",
    ]);
    expect((await on.save(append, "select 3 as n")).error?.message).to.contain("column 'note' is missing");
    const overwrite = { ...append, mode: "overwrite" } as const;
    expect((await on.save(overwrite, "select 4 as n, 'z' as note")).error).to.equal(undefined);
    expect(await rows()).to.deep.equal(["4 8 here z"]);
    const more = { ...append, schemaEvolution: "add" } as const;
    expect((await on.save(more, "select 5 as n, 'y' as note, true as extra")).error).to.equal(undefined);
    expect(await on.rows("select n, city, extra from $DB.made order by n")).to.deep.equal([
      "4 here null",
      "5 here true",
    ]);
  });

  it("stay those of the table that lies there now: restored, recreated, renamed, constrained", async () => {
    const append = on.dataset("lived", { mode: "append" });
    await on.save(append, "select 1 as id");
    await on.save({ ...append, schemaEvolution: "add" }, "select 2 as id, 'x' as extra");
    await on.session.sql(`restore table ${on.db}.lived to version as of 1`);
    expect((await on.save(append, "select 3 as id, 'x' as extra")).error?.message).to.contain(
      "column 'extra' is new",
    );
    expect((await on.save(append, "select 3 as id")).error).to.equal(undefined);
    expect(await json(append)).to.deep.equal(['{"id":1}', '{"id":3}']);
    await on.session.sql(`drop table ${on.db}.lived`);
    await on.session.sql(`create table ${on.db}.lived (id int, total decimal(30,2)) using delta`);
    await on.session.sql(
      `alter table ${on.db}.lived set tblproperties ('delta.columnMapping.mode' = 'name')`,
    );
    await on.session.sql(`alter table ${on.db}.lived rename column total to \`the total\``);
    await on.session.sql(`alter table ${on.db}.lived add constraint positive check (id > 0)`);
    const big = "1234567890123456789012345678.12";
    const row = (id: number) => `select cast('${big}' as decimal(30,2)) as \`the total\`, ${id} as id`;
    expect((await on.save(append, row(1))).error).to.equal(undefined);
    expect((await on.save({ ...append, mode: "merge", mergeKeys: ["the total"] }, row(5))).error).to.equal(
      undefined,
    );
    const refused = await on.save(append, row(-1));
    expect(refused.error?.message).to.contain("positive");
    expect((await on.save({ ...append, mode: "overwrite" }, row(0))).error?.message).to.contain("positive");
    expect(await on.rows("select * from $DB.lived")).to.deep.equal([`5 ${big}`]);
  });
});
