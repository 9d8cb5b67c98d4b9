import { expect } from "chai";
import { Decimal } from "../../../../src/arrow/values/decimal.ts";
import { Variant } from "../../../../src/arrow/values/variant.ts";
import { SparkwrightError } from "../../../../src/core/error.ts";

const noNames = new Uint8Array([1, 0, 0]);

function variant(bytes: readonly number[], metadata: Uint8Array = noNames): Variant {
  return new Variant(new Uint8Array(bytes), metadata);
}

describe("Variant", () => {
  it("reads the primitives of the specification", () => {
    const cases: readonly [readonly number[], unknown][] = [
      [[0 << 2], null],
      [[1 << 2], true],
      [[2 << 2], false],
      [[3 << 2, 0xff], -1],
      [[4 << 2, 0, 0x80], -32768],
      [[6 << 2, 1, 0, 0, 0, 0, 0, 0, 0], 1],
      [[6 << 2, 255, 255, 255, 255, 255, 255, 255, 127], 2n ** 63n - 1n],
      [[8 << 2, 1, 0xf1, 0xff, 0xff, 0xff], Decimal.parse("-1.5")],
      [[10 << 2, 0, ...new Array<number>(15).fill(0), 0x80], new Decimal(-(2n ** 127n), 0)],
      [[(2 << 2) | 1, 0x68, 0x69], "hi"],
      [[15 << 2, 2, 0, 0, 0, 7, 8], new Uint8Array([7, 8])],
    ];
    for (const [bytes, value] of cases) {
      expect(variant(bytes).toObject()).to.deep.equal(value);
    }
  });

  it("reads objects and arrays", () => {
    const names = new Uint8Array([1, 1, 0, 1, 0x61]);
    // {"a": [1]}: an object of one field, whose value is an array of one int8.
    const bytes = [2, 1, 0, 0, 6, 3, 1, 0, 2, 12, 1];
    expect(variant(bytes, names).toObject()).to.deep.equal({ a: [1] });
    expect(String(variant(bytes, names))).to.equal('{"a":[1]}');
  });

  it("refuses damaged bytes", () => {
    for (const bytes of [[], [5 << 2, 1], [63 << 2], [2, 255], [3, 255, 0], [(40 << 2) | 1, 0]]) {
      expect(() => variant(bytes).toObject(), String(bytes))
        .to.throw(SparkwrightError)
        .with.property("code", "VALUE_INVALID_VARIANT");
    }
    // An array that is its own item.
    expect(() =>
      variant([3, 1, 0, 0, 0].map((byte, index) => (index === 2 ? 252 : byte))).toObject(),
    ).to.throw();
  });
});
