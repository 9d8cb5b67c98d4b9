import { deepStrictEqual } from "node:assert";
import { inspect } from "node:util";
import { expect } from "chai";
import { makeRow, Row, rowFactory, rowFields, rowValues } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";

describe("Row", () => {
  it("is a plain object to whoever looks at its columns", () => {
    const row = makeRow(["id", "name"], [1n, "a"]);
    expect(row).to.deep.equal({ id: 1n, name: "a" });
    expect(Object.keys(row)).to.deep.equal(["id", "name"]);
    expect({ ...row }).to.deep.equal({ id: 1n, name: "a" });
    expect(inspect(row)).to.equal("Row { id: 1n, name: 'a' }");
    expect(row).to.be.instanceOf(Row);
  });

  it("has its columns by position, and in order by iteration", () => {
    const row = makeRow(["id", "name"], [1n, "a"]);
    const [id, name] = row;
    expect([row[0], row[1], row[2], id, name]).to.deep.equal([1n, "a", undefined, 1n, "a"]);
  });

  it("keeps the first of two columns of one name as property, and all by position", () => {
    const row = makeRow(["a", "b", "a"], [1, 2, 3]);
    expect(row).to.deep.equal({ a: 1, b: 2 });
    expect([row[0], row[1], row[2]]).to.deep.equal([1, 2, 3]);
    expect(rowValues(row)).to.deep.equal([1, 2, 3]);
  });

  it("is safe for names that objects have or read as positions", () => {
    const names = ["__proto__", "constructor", "toString", "toJSON", "hasOwnProperty", "1", "0"];
    const row = makeRow(names, [1, 2, 3, 4, 5, 6, 7]);
    expect(row).to.be.instanceOf(Row);
    expect(rowFields(row)).to.deep.equal(names);
    expect(rowValues(row)).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    expect(Object.hasOwn(row, "__proto__")).to.equal(true);
    expect(Object.entries(row)).to.deep.include(["__proto__", 1]);
    // A column named like a position is itself; the other positions stay.
    expect([row["0"], row["1"], row[2]]).to.deep.equal([7, 6, 3]);
    expect(({} as Record<string, unknown>)["1"]).to.equal(undefined);
  });

  it("holds hundreds of columns", () => {
    const names = Array.from({ length: 300 }, (_, index) => `column_${index}`);
    const [first, second] = rowFactory(names)(
      names.map((_, index) => [index, -index]),
      2,
    );
    expect(first && Object.keys(first)).to.deep.equal(names);
    expect(second && rowValues(second)).to.deep.equal(names.map((_, index) => -index));
    expect(second?.[299]).to.equal(-299);
    expect(first).to.be.instanceOf(Row);
    expect(inspect(makeRow(names.slice(0, 13), names.slice(0, 13)))).to.match(/^Row \{/);
  });

  it("has rows of no columns", () => {
    expect(rowFactory([])([], 3).map(rowValues)).to.deep.equal([[], [], []]);
  });

  it("becomes JSON that loses nothing", () => {
    const names = ["long", "double", "nan", "decimal", "binary", "map", "byDate", "struct", "list", "none"];
    const values = [
      2n ** 63n - 1n,
      1.5,
      Number.NaN,
      Decimal.parse("0.10"),
      new Uint8Array([0, 255]),
      new Map([["a", 1n]]),
      new Map([[1, 2]]),
      makeRow(["x"], [1n]),
      [1n, null],
      null,
    ];
    expect(JSON.parse(JSON.stringify(makeRow(names, values)))).to.deep.equal({
      long: "9223372036854775807",
      double: 1.5,
      nan: "NaN",
      decimal: "0.10",
      binary: "AP8=",
      map: { a: "1" },
      byDate: [[1, 2]],
      struct: { x: "1" },
      list: ["1", null],
      none: null,
    });
  });

  it("changes as any object does, by name and by position alike", () => {
    const row = makeRow(["a"], [1]);
    row["a"] = 2;
    expect([row[0], rowValues(row)]).to.deep.equal([2, [2]]);
  });

  it("is of one class with the rows of equal columns", () => {
    deepStrictEqual(makeRow(["a", "b"], [1, 2]), makeRow(["a", "b"], [1, 2]));
    deepStrictEqual(makeRow(["a", "a"], [1, 2]), makeRow(["a", "a"], [1, 2]));
  });

  it("refuses values that are not one per name", () => {
    expect(() => makeRow(["a"], [1, 2])).to.throw(RangeError);
  });
});
