import { expect } from "chai";
import { scratchFolder } from "../spark.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("columns of datasets", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("columns");
  });
  after(async () => {
    await on.close();
  });

  const column = (name: string, type: string, nullable = true) => ({
    name,
    type,
    nullable,
    position: { file: "datasets.yaml", line: name.length, column: 1 },
  });

  it("are the declared ones: every fault at once, order and names as declared", async () => {
    const schema = [column("id", "bigint"), column("Name", "string"), column("big", "decimal(30,2)")];
    const wrong = await on.save(on.dataset("declared", { schema }), "select 1 as id, 'x' as nam, 2 as more");
    expect(wrong.error).to.include({ code: "DATASET_SCHEMA" });
    expect(wrong.error?.message).to.contain(
      "column 'id' is int, declared as bigint; column 'Name' is missing (there is 'nam');" +
        " column 'big' is missing; column 'nam' is not declared; column 'more' is not declared",
    );
    expect(wrong.error?.position).to.include({ line: 2 });
    const type = await on.save(
      on.dataset("declared", { schema: [column("a", "bigint"), column("bb", "bigit")] }),
      "select 1",
    );
    expect(type.error).to.include({ code: "DATASET_TYPE" });
    expect(type.error?.message).to.contain("'bigit', declared for column 'bb', is no type of Spark");

    const right =
      "select cast('1234567890123456789012345678.12' as decimal(30,2)) as big, 'x' as name, 1L as ID";
    expect((await on.save(on.dataset("declared", { schema }), right)).error).to.equal(undefined);
    expect(
      (await on.rows("describe $DB.declared")).map((row) => row.split(" ").slice(0, 2).join(" ")),
    ).to.deep.equal(["id bigint", "Name string", "big decimal(30,2)"]);
    expect(await on.rows("select * from $DB.declared")).to.deep.equal([
      "1 x 1234567890123456789012345678.12",
    ]);
  });

  it("hold no NULL where they are declared so, found in one job", async () => {
    const schema = [column("id", "int", false), column("v", "int", false), column("w", "int")];
    const { error, checked } = await on.save(
      on.dataset("nulls", { schema }),
      "select * from values (1, null, null), (2, null, 3), (3, 4, 5) as t(id, v, w)",
    );
    expect(error).to.include({ code: "DATASET_CHECK_FAILED" });
    expect(error?.message)
      .to.contain("v is NULL in 2 of 3 rows (datasets.yaml:1:1)")
      .and.not.contain("id is NULL");
    expect(checked?.rows).to.equal(3n);
    expect(await on.rows("show tables in $DB like 'nulls'")).to.deep.equal([]);
  });

  it("change as schema_evolution says, in every mode", async () => {
    for (const mode of ["append", "merge", "overwrite", "replace_window"] as const) {
      const name = `evolves_${mode}`;
      const some = { mode, mergeKeys: ["id"], windowColumn: "day" };
      const day = "date'2001-01-01' as day";
      await on.save(on.dataset(name, some), `select 1L as id, ${day}`);
      const more = `select ${day}, 'new' as extra, 2L as id`;
      for (const strict of [some, { ...some, schemaEvolution: "none" as const }]) {
        const { error } = await on.save(on.dataset(name, strict), more);
        expect(error?.message, mode).to.contain("column 'extra' is new");
      }
      const add = on.dataset(name, { ...some, schemaEvolution: "add" });
      const fewer = await on.save(add, `select cast(3 as int) as id, 'x' as extra`);
      expect(fewer.error?.message, mode).to.contain(
        "column 'id' is int, stored as bigint; column 'day' is missing",
      );
      const required = await on.save(
        { ...add, schema: [column("id", "bigint"), column("day", "date"), column("extra", "string", false)] },
        more,
      );
      if (mode === "overwrite") expect(required.error).to.equal(undefined);
      else expect(required.error?.message, mode).to.contain("column 'extra' is new and declared not null");
      const added = await on.save(add, more);
      expect(added.error, mode).to.equal(undefined);
      const kept = mode === "append" || mode === "merge" ? ["1 2001-01-01 null"] : [];
      expect(await on.rows(`select id, day, extra from $DB.${name} order by id`), mode).to.deep.equal([
        ...kept,
        "2 2001-01-01 new",
      ]);
    }
  });

  it("are replaced by any, also of a partitioned table and of a path, and left to Delta by options", async () => {
    const folder = `${scratchFolder()}/any`;
    for (const [index, some] of [
      {},
      { partitionBy: ["p"] },
      { location: { kind: "path" as const, path: folder } },
    ].entries()) {
      const any = on.dataset(`any_${index}`, { ...some, schemaEvolution: "any" });
      expect((await on.save(any, "select 1 as id, 'a' as p")).error).to.equal(undefined);
      const replaced = await on.save(any, "select 'x' as p, 2.5D as id, array(1) as more");
      expect(replaced.error, String(index)).to.equal(undefined);
      const at = any.location.kind === "path" ? `delta.\`${any.location.path}\`` : `$DB.any_${index}`;
      expect(await on.rows(`select id, p, more from ${at}`)).to.deep.equal(["2.5 x 1"]);
    }
    const merged = on.dataset("by_option", { mode: "append", options: { mergeSchema: "true" } });
    await on.save(merged, "select 1 as id");
    expect((await on.save(merged, "select 2 as id, 'x' as extra")).error).to.equal(undefined);
    expect(await on.rows("select * from $DB.by_option order by id")).to.deep.equal(["1 null", "2 x"]);
  });
});
