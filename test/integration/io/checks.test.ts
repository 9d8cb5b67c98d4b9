import { expect } from "chai";
import type { CheckRule, DatasetCheck } from "../../../src/config/project.ts";
import { withExecutionScope } from "../../../src/connect/execution-scope.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("checks of datasets", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("checks");
  });
  after(async () => {
    await on.close();
  });

  const position = (line: number) => ({ file: "config/datasets.yaml", line, column: 5 });
  const check = (name: string, rule: CheckRule, severity: "error" | "warn" = "error"): DatasetCheck => ({
    name,
    severity,
    position: position(name.length),
    ...rule,
  });
  const rows =
    "select * from values (1, 'a', 10.5D, cast('123456789012345678901234567890' as decimal(30,0)), date'2001-01-01')," +
    " (2, 'b', -1D, cast('123456789012345678901234567891' as decimal(30,0)), date'2001-12-31')," +
    " (2, null, double('NaN'), null, null), (null, 'z', 3D, null, null), (null, 'z', 3D, null, null) as v(id, kind, amount, big, day)";

  it("pass and fail exactly, all in one job with the number of rows", async () => {
    const dataset = on.dataset("every", {
      checks: [
        check("nulls", { kind: "not_null", columns: ["id", "kind"] }, "warn"),
        check("some", { kind: "not_null", columns: ["amount"] }),
        check("keys", { kind: "unique", columns: ["id", "kind"] }, "warn"),
        check("fine", { kind: "unique", columns: ["id", "kind", "amount", "day"] }, "warn"),
        check("kinds", { kind: "accepted_values", column: "kind", values: ["a", "b"] }, "warn"),
        check("amounts", { kind: "range", column: "amount", min: "0", max: "10.5" }, "warn"),
        check("big", { kind: "range", column: "big", min: "123456789012345678901234567891" }, "warn"),
        check("bigger", { kind: "range", column: "big", max: "123456789012345678901234567891.000" }),
        check("days", { kind: "range", column: "day", min: "2001-01-01", max: "2001-12-30" }, "warn"),
        check("count", { kind: "row_count", min: 6 }, "warn"),
        check("known", { kind: "expression", sql: "id > 0 -- and known" }, "warn"),
      ],
    });
    const operations: (string | undefined)[] = [];
    const { saved, checked, warnings } = await withExecutionScope(
      { onSubmit: ({ dataset: written }) => void operations.push(written) },
      () => on.save(dataset, rows),
    );
    expect(saved).to.include({ outcome: "written", rows: 5n });
    expect(checked?.rows).to.equal(5n);
    const found = checked?.checks.map(({ name, passed, violations, example }) =>
      [name, passed, violations, example].map(String).join(" "),
    );
    expect(found).to.deep.equal([
      "nulls false 3 2, NULL",
      "some true 0 undefined",
      "keys false 2 NULL, z",
      "fine false 2 NULL, z, 3.0, NULL",
      "kinds false 2 z",
      "amounts false 2 -1.0",
      "big false 1 123456789012345678901234567890",
      "bigger true 0 undefined",
      "days false 1 2001-12-31",
      "count false 0 undefined",
      "known false 2 {null, z, 3.0, null, null}",
    ]);
    expect(warnings).to.have.length(9);
    expect(warnings[3]).to.contain(
      "kinds: kind is none of a, b in 2 of 5 rows, for example z (config/datasets.yaml:5:5)",
    );
    expect(await on.rows("select count(*) from $DB.every")).to.deep.equal(["5"]);
  });

  it("refuse the write with every violated check, and leave what is stored", async () => {
    const checks = [
      check("ids", { kind: "not_null", columns: ["id"] }),
      check("positive", { kind: "range", column: "amount", min: "0" }),
      check("warned", { kind: "unique", columns: ["id"] }, "warn"),
      check("passes", { kind: "row_count", max: 10 }),
    ];
    await on.save(on.dataset("kept"), "select 7 as id, 1D as amount");
    const { error, checked } = await on.save(
      on.dataset("kept", { checks }),
      "select * from values (1, -2D), (null, -3D), (2, -4D) as v(id, amount)",
    );
    expect(error?.code).to.equal("DATASET_CHECK_FAILED");
    expect(error?.message)
      .to.contain("fails 2 checks, so nothing was written")
      .and.contain("ids: id is NULL in 1 of 3 rows (config/datasets.yaml:3:5)")
      .and.contain("positive: amount is not at least 0 in 3 of 3 rows, for example -2.0");
    expect(error?.position).to.deep.equal(position(3));
    expect(checked?.checks.map(({ passed }) => passed)).to.deep.equal([false, false, true, true]);
    expect(await on.rows("select id from $DB.kept")).to.deep.equal(["7"]);
  });

  it("write exactly the rows that were checked, and keep nothing of them", async () => {
    for (const mode of ["overwrite", "append", "merge", "error"] as const) {
      const dataset = on.dataset(`random_${mode}`, {
        mode,
        mergeKeys: ["id"],
        checks: [check("few", { kind: "expression", sql: "r < 2" })],
      });
      const query = "select id, rand() as r, uuid() as u from range(200)";
      const { saved, error } = await on.save(dataset, `select * from (${query}) where r < 0.5`);
      expect(error).to.equal(undefined);
      const [stored] = await on.rows(`select count(*), count_if(r < 0.5) from $DB.random_${mode}`);
      expect(stored, mode).to.equal(`${saved?.rows} ${saved?.rows}`);
    }
    expect(await on.rows("show views in global_temp like 'sparkwright_*'")).to.deep.equal([]);
  });

  it("are refused when they ask for what is not there, with their place", async () => {
    const faults: readonly (readonly [CheckRule, string])[] = [
      [{ kind: "not_null", columns: ["idd"] }, "there is no column 'idd'"],
      [{ kind: "range", column: "id", min: "1.5" }, "'1.5' is not exactly a value of 'id', which is int"],
      [{ kind: "range", column: "id", min: "99999999999" }, "'99999999999' is not exactly a value"],
      [{ kind: "range", column: "price", max: "1.239" }, "'1.239' is not exactly a value of 'price'"],
      [{ kind: "accepted_values", column: "day", values: ["2001-02-30"] }, "'2001-02-30' is not exactly"],
      [{ kind: "accepted_values", column: "day", values: ["2001-02-03 10:00:00"] }, "not exactly"],
      [{ kind: "range", column: "at", min: "yesterday" }, "'yesterday' is not exactly a value of 'at'"],
      [{ kind: "expression", sql: "idd > 3" }, "Spark refuses its SQL"],
      [{ kind: "unique", columns: ["m"] }, "cannot be compared"],
      [{ kind: "range", column: "m", min: "1" }, "cannot be written in a configuration"],
    ];
    const query =
      "select 1 as id, 1.25BD as price, date'2001-01-01' as day, timestamp'2001-01-01' as at, map('a', 1) as m";
    for (const [rule, message] of faults) {
      const { error } = await on.save(on.dataset("never", { checks: [check("c", rule)] }), query);
      expect(error?.code, JSON.stringify(rule)).to.equal("DATASET_CHECK_INVALID");
      expect(error?.message).to.contain(message).and.contain("check 'c'");
      expect(error?.position).to.deep.equal(position(1));
    }
    expect(await on.rows("show tables in $DB like 'never'")).to.deep.equal([]);
  });

  it("take thousands of accepted values of any type, and tell a few", async () => {
    const many = (value: (index: number) => string) =>
      Array.from({ length: 5_000 }, (_, index) => value(index));
    const accepted = (name: string, column: string, values: readonly string[]) =>
      check(name, { kind: "accepted_values", column, values }, "warn");
    const checks = [
      accepted(
        "texts",
        "t",
        many((index) => `v${index}`),
      ),
      accepted("whole", "n", many(String)),
      accepted(
        "exact",
        "d",
        many((index) => `${index}.50`),
      ),
      accepted("rough", "f", ["-0.0", "NaN", ...many((index) => `${index + 1}.5`)]),
    ];
    const query =
      "select concat('v', id) as t, cast(id as int) as n, cast(id + 0.5 as decimal(30,2)) as d," +
      " if(id = 4999, 0D, if(id = 4998, double('NaN'), id + 1.5D)) as f from range(4990, 5001)";
    const { saved, error, warnings } = await on.save(on.dataset("many", { checks }), query);
    expect(error).to.equal(undefined);
    expect(saved?.rows).to.equal(11n);
    expect(warnings.map((text) => text.replace(/^.*?: /, "").replace(/, for example.*/, ""))).to.deep.equal([
      "texts: t is none of v0, v1, v2, v3, v4, v5, v6, v7, v8, v9 and 4,990 more in 1 of 11 rows",
      "whole: n is none of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 4,990 more in 1 of 11 rows",
      "exact: d is none of 0.50, 1.50, 2.50, 3.50, 4.50, 5.50, 6.50, 7.50, 8.50, 9.50 and 4,990 more in 1 of 11 rows",
      "rough: f is none of -0.0, NaN, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5 and 4,992 more in 1 of 11 rows",
    ]);
    const wrong = accepted("wrong", "n", [...many(String), "99999999999"]);
    const refused = await on.save(on.dataset("many", { checks: [wrong] }), query);
    expect(refused.error?.message).to.contain("'99999999999' is not exactly a value of 'n', which is int");
  });

  it("take timestamps with and without a zone, texts with quotes, and booleans", async () => {
    const checks = [
      check("at", {
        kind: "range",
        column: "at",
        min: "2001-01-01T00:00:00.000001Z",
        max: "2001-01-01 00:00:00.000002Z",
      }),
      check("local", {
        kind: "range",
        column: "local",
        min: "2001-01-01 00:00:00",
        max: "2001-01-01 00:00:00.5",
      }),
      check("text", { kind: "accepted_values", column: "text", values: ["it's", 'a "b" \\', "$"] }),
      check("flag", { kind: "accepted_values", column: "flag", values: ["true"] }),
    ];
    const query =
      "select timestamp_micros(978307200000001) as at, timestamp_ntz'2001-01-01 00:00:00.5' as local," +
      ' explode(array("it\'s", \'a "b" \\\\\')) as text, true as flag';
    const { saved, error } = await on.save(on.dataset("texts", { checks }), query);
    expect(error).to.equal(undefined);
    expect(saved?.rows).to.equal(2n);
  });
});

describe("empty results", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("empty");
  });
  after(async () => {
    await on.close();
  });
  const none = "select 1 as id from range(0)";

  it("are written, warned of, skipped or refused as on_empty says, with and without checks", async () => {
    const checks: DatasetCheck[] = [{ name: "c", severity: "error", kind: "not_null", columns: ["id"] }];
    for (const [index, some] of [{}, { checks }].entries()) {
      const name = `e${index}`;
      const stored = async () => await on.rows(`select count(*) from $DB.${name}`);
      const save = async (onEmpty?: "write" | "warn" | "skip" | "error") =>
        await on.save(on.dataset(name, { ...some, ...(onEmpty !== undefined && { onEmpty }) }), none);
      await on.save(on.dataset(name), "select 1 as id");

      const skipped = await save("skip");
      expect(skipped.saved).to.deep.equal({ outcome: "skipped", rows: 0n });
      const refused = await save("error");
      expect(refused.error?.code).to.equal("DATASET_EMPTY");
      expect(await stored()).to.deep.equal(["1"]);
      const warned = await save("warn");
      expect(warned.saved).to.include({ outcome: "written", rows: 0n });
      expect(warned.warnings).to.deep.equal([
        `dataset '${name}' (table ${on.db}.${name}): the result has no rows, and was written so`,
      ]);
      expect(await stored()).to.deep.equal(["0"]);
      expect(await save()).to.deep.include({ warnings: [] });
      expect(
        (await on.save(on.dataset(name, { ...some, onEmpty: "skip" }), "select 1 as id")).saved?.rows,
      ).to.equal(1n);
    }
  });
});
