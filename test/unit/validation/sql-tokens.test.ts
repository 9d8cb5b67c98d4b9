import { expect } from "chai";
import fc from "fast-check";
import { sqlParameters, sqlTables, sqlTokens } from "../../../src/validation/sql-tokens.ts";

describe("SQL parameters", () => {
  const cases: readonly [string, string[]][] = [
    ["select * from t where d between :start_date and :end_date", ["start_date", "end_date"]],
    ["select :a + :b - :a", ["a", "b"]],
    ["select ':no', \":no\", 'it''s :no', 'a\\':no'", []],
    ["select r'\\':yes", ["yes"]],
    ["select `a:no` , `b``:no`", []],
    ["select 1 -- :no\n, :yes", ["yes"]],
    ["select /* :no /* :no */ :no */ :yes", ["yes"]],
    ["select /* :no", []],
    ["select 'open :no", []],
    ["select x::date, '1'::int, :x::int", ["x"]],
    ["select v:field.a, f(x):b, a[0]:c, `v`:d", []],
    ["select :1, : x, :", []],
    ["select (:x), [:y], a>=:z", ["x", "y", "z"]],
    ["select 'a' /*+ hint */ :p", ["p"]],
    ["", []],
  ];
  for (const [sql, expected] of cases) {
    it(`of ${JSON.stringify(sql)}`, () => expect([...sqlParameters(sql).keys()]).to.deep.equal(expected));
  }

  it("end, whatever the text, and stand where they say", () => {
    const pieces = fc.constantFrom(
      "'",
      '"',
      "`",
      "--",
      "\n",
      "/*",
      "*/",
      ":a",
      "::",
      "\\",
      "x",
      " ",
      "r'",
      ".",
      ",",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const sql = parts.join("");
        for (const { kind, text, offset } of sqlTokens(sql)) {
          if (kind === "parameter") expect(sql.slice(offset)).to.match(new RegExp(`^:${text}`));
          if (kind === "word") expect(sql.slice(offset, offset + text.length)).to.equal(text);
        }
      }),
    );
  });
});

describe("SQL tables", () => {
  const cases: readonly [string, string[]][] = [
    [
      "select * from silver.flights f join bronze.airports using (iata)",
      ["silver.flights", "bronze.airports"],
    ],
    ["select * FROM `silver`.`flights`", ["silver.flights"]],
    ["with x as (select 1 from a.b) select * from x", ["a.b"]],
    ["select 'from a.b' -- from c.d\n from e.f", ["e.f"]],
    ["select * from a.b x, c.d as y, e.f where 1 in (g, h)", ["a.b", "c.d", "e.f"]],
    ["select * from (select 1) t", []],
    ["from main.a.b |> select c", ["main.a.b"]],
  ];
  for (const [sql, expected] of cases) {
    it(`of ${JSON.stringify(sql)}`, () => expect([...sqlTables(sql).keys()]).to.deep.equal(expected));
  }
});
