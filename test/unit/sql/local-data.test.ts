import { expect } from "chai";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { makeRow } from "../../../src/arrow/row.ts";
import { inferSchema, type RowLike, rowChunks } from "../../../src/sql/local-data.ts";
import { IntegerType, StringType, StructType } from "../../../src/sql/types/data-type.ts";

const schema = new StructType().add("id", IntegerType, false).add("name", new StringType());
const rowsOf = (rows: readonly RowLike[], of = schema) => {
  const limits = { maxRows: 2, maxBytes: Number.POSITIVE_INFINITY };
  return [...rowChunks(rows, of, limits)].flatMap((data) =>
    decodeBatch(data)
      .rows()
      .map((row) => [...row]),
  );
};

describe("local data", () => {
  it("takes objects in any order, arrays, rows and single values", () => {
    expect(
      rowsOf([{ name: "a", id: 1 }, [2, "b"], makeRow(["id", "name"], [3, "c"]), { id: 4 }]),
    ).to.deep.equal([
      [1, "a"],
      [2, "b"],
      [3, "c"],
      [4, null],
    ]);
    expect(rowsOf([1, 2], new StructType().add("value", IntegerType))).to.deep.equal([[1], [2]]);
  });

  it("has no data for no rows", () =>
    expect([...rowChunks([], schema, { maxRows: 1, maxBytes: 1 })]).to.deep.equal([]));

  it("refuses rows that do not fit, and says which", () => {
    const codes: readonly (readonly [readonly RowLike[], string])[] = [
      [[{ id: 1, nmae: "a" }], "USAGE_UNKNOWN_COLUMN"],
      [[[1]], "VALUE_ROW_LENGTH"],
      [[[null, "a"]], "VALUE_NULL"],
      [[["1.5", "a"]], "VALUE_WRONG_TYPE"],
      [[[2 ** 31, "a"]], "VALUE_OUT_OF_RANGE"],
      [[undefined], "USAGE_ROW"],
    ];
    for (const [rows, code] of codes) {
      expect(() => rowsOf(rows), code)
        .to.throw()
        .with.property("code", code);
    }
  });

  it("infers a schema from all rows", () => {
    const text = (rows: readonly RowLike[], names?: readonly string[]) =>
      inferSchema(rows, names).simpleString();
    expect(text([{ a: 1 }, { b: "x", a: 2n }])).to.equal("struct<a:bigint,b:string>");
    expect(
      text([
        [1, "x"],
        [2.5, null],
      ]),
    ).to.equal("struct<_1:double,_2:string>");
    expect(text([[1, "x"]], ["id", "name"])).to.equal("struct<id:int,name:string>");
    expect(text([{ a: 1, b: 2 }], ["b", "a"])).to.equal("struct<b:int,a:int>");
    expect(text([makeRow(["a", "a"], [1, "x"])])).to.equal("struct<a:int,a:string>");
    expect(() => inferSchema([]))
      .to.throw()
      .with.property("code", "USAGE_EMPTY_DATA");
    expect(() => inferSchema([[1], [1, 2]]))
      .to.throw()
      .with.property("code", "USAGE_ROW");
    expect(() => inferSchema([{ a: 1 }, { a: "x" }]))
      .to.throw("row 1, column a")
      .with.property("code", "USAGE_MIXED_TYPES");
  });
});
