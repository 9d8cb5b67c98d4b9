import { expect } from "chai";
import fc from "fast-check";
import { SparkwrightError } from "../../../src/core/error.ts";
import { lit } from "../../../src/sql/functions/call.ts";
import { protoOf } from "./plan-json.ts";

const sent = (value: number | bigint, type: string) =>
  (protoOf(lit(value, type as "double").toProto()) as { literal: unknown }).literal;

describe("lit with the type of a number", () => {
  const exact: readonly (readonly [number | bigint, string, unknown])[] = [
    [0, "double", { double: 0 }],
    [-0, "double", { double: -0 }],
    [7n, "double", { double: 7 }],
    [0.1, "float", { float: Math.fround(0.1) }],
    [Number.POSITIVE_INFINITY, "float", { float: "Infinity" }],
    [-128, "byte", { byte: -128 }],
    [32_767, "short", { short: 32767 }],
    [1, "integer", { integer: 1 }],
    [1, "long", { long: "1" }],
    [2n ** 63n - 1n, "long", { long: "9223372036854775807" }],
  ];
  for (const [value, type, literal] of exact) {
    it(`sends ${Object.is(value, -0) ? "-0" : value} as ${type}`, () => {
      expect(sent(value, type)).to.deep.equal(literal);
    });
  }

  const refused: readonly (readonly [unknown, string, string])[] = [
    [128, "byte", "USAGE_OUT_OF_RANGE"],
    [2n ** 63n, "long", "USAGE_OUT_OF_RANGE"],
    [2 ** 53, "long", "USAGE_UNSAFE_INTEGER"],
    [1.5, "integer", "USAGE_INEXACT_VALUE"],
    [Number.NaN, "long", "USAGE_INEXACT_VALUE"],
    ["1", "double", "USAGE_UNSUPPORTED_VALUE"],
    [null, "double", "USAGE_UNSUPPORTED_VALUE"],
    [1, "decimal(10,2)", "USAGE_UNSUPPORTED_VALUE"],
    [1, "constructor", "USAGE_UNSUPPORTED_VALUE"],
  ];
  for (const [value, type, code] of refused) {
    it(`refuses ${String(value)} as ${type}`, () => {
      expect(() => sent(value as number, type))
        .to.throw(SparkwrightError)
        .with.property("code", code);
    });
  }

  it("leaves alone what map() passes beside the value", () => {
    const sentBy = ["a", "b", 7]
      .map(lit)
      .map((column) => (protoOf(column.toProto()) as { literal: unknown }).literal);
    expect(sentBy).to.deep.equal([{ string: "a" }, { string: "b" }, { integer: 7 }]);
  });

  it("is exact for every whole number within the bits of its type, and refuses all others", () => {
    const sizes = { byte: 8, short: 16, integer: 32, long: 64 } as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...(["byte", "short", "integer", "long"] as const)),
        fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
        fc.integer({ min: 0, max: 60 }),
        (type, large, shift) => {
          const value = large >> BigInt(shift);
          const fits = BigInt.asIntN(sizes[type], value) === value;
          if (!fits) expect(() => sent(value, type)).to.throw(SparkwrightError);
          else expect(String((sent(value, type) as Record<string, unknown>)[type])).to.equal(String(value));
        },
      ),
    );
  });
});
