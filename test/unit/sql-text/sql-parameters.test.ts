import { expect } from "chai";
import fc from "fast-check";
import { sqlParameters } from "../../../src/sql-text/sql-parameters.ts";
import { sqlTokens } from "../../../src/sql-text/sql-tokens.ts";

describe("SQL parameters", () => {
  const cases: readonly [string, string[]][] = [
    ["select * from t where d between :start_date and :end_date", ["start_date", "end_date"]],
    ["select :a + :b - :a", ["a", "b", "a"]],
    ["select ':no', \":no\", 'it''s :no', 'a\\':no'", []],
    ["select r'\\', :yes", ["yes"]],
    ["select `a:no` , `b``:no`", []],
    ["select 1 -- :no\n, :yes", ["yes"]],
    ["select 1 -- :no \\\n :no\n, :yes", ["yes"]],
    ["select /* :no /* :no */ :no */ :yes", ["yes"]],
    ["select /* :no", []],
    ["select 'open :no", []],
    ["select $$ :no $$, $tag$ :no $$ :no $tag$, :yes", ["yes"]],
    ["select x::date, '1'::int, :x::int", ["x"]],
    ["select v:field.a, f(x):b, a[0]:c, `v`:d, t.date:e, date:f", []],
    ["select 1.:no, .5:no", []],
    ["select :1, 1 = : x, :`y z`", ["x", "y z"]],
    ["select (:x), [:y], a>=:z", ["x", "y", "z"]],
    ["select 'a' /*+ hint(:p) */", ["p"]],
    ["cast(s as struct<d:int, e: date>)", []],
    ["where d > date :d and t < timestamp :t", ["d", "t"]],
    ["comment on table t is :c", ["c"]],
    ["x like :p escape :e limit :n offset :m", ["p", "e", "n", "m"]],
    ["from t version as of :v", ["v"]],
    ["interval :n day", ["n"]],
    ["", []],
  ];
  for (const [sql, expected] of cases) {
    it(`of ${JSON.stringify(sql)}`, () =>
      expect(sqlParameters(sql).map(({ name }) => name)).to.deep.equal(expected));
  }

  it("end, whatever the text, and stand where they say", () => {
    const pieces = fc.constantFrom(
      ..."' \" ` -- \n /* */ :a :: \\ x 1 1.5e3 1L r' $$ . , /*+ ? ||".split(" "),
      " ",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const sql = parts.join("");
        let end = 0;
        for (const token of sqlTokens(sql)) {
          expect(token.start).to.be.at.least(end);
          end = token.end;
          expect(end).to.be.above(token.start);
          if (token.kind === "word") expect(sql.slice(token.start, end)).to.equal(token.text);
        }
        for (const { name, start, end: last } of sqlParameters(sql)) {
          expect(sql.slice(start, last)).to.match(name === undefined ? /^\?$/ : /^:/);
        }
      }),
    );
  });
});
