import { expect } from "chai";
import { makeRow } from "../../../src/arrow/row.ts";
import { Decimal } from "../../../src/arrow/values/decimal.ts";
import { LocalDate } from "../../../src/arrow/values/local-date.ts";
import { col, lit } from "../../../src/sql/functions/call.ts";
import { expressionSql } from "../../../src/sql/plan/expression-sql.ts";
import { literal } from "../../../src/sql/plan/literal.ts";
import { literalValue } from "../../../src/sql/plan/literal-value.ts";
import { protoOf } from "./plan-json.ts";

interface Call {
  readonly literal?: unknown;
  readonly unresolvedFunction?: { readonly functionName: string; readonly arguments?: readonly Call[] };
}

/** Literals as they are, calls as `[name, ...arguments]`. */
function shape(call: Call): unknown {
  if (call.unresolvedFunction === undefined) return call.literal;
  return [call.unresolvedFunction.functionName, ...(call.unresolvedFunction.arguments ?? []).map(shape)];
}
const shapeOf = (value: unknown) => shape(protoOf(literal(value)) as Call);
const none = { null: { null: {} } };
const decimal = (value: string, precision: number, scale: number) => ({
  decimal: { value, precision, scale },
});

describe("literals of containers", () => {
  const exact: readonly (readonly [string, unknown, unknown])[] = [
    ["INTEGERs", [1, null, 2], ["array", { integer: 1 }, none, { integer: 2 }]],
    ["a LONG among INTEGERs", [1, 3_000_000_000], ["array", { long: "1" }, { long: "3000000000" }]],
    ["a bigint among numbers", [1, 2n], ["array", { long: "1" }, { long: "2" }]],
    ["a DOUBLE among whole numbers", [1, 0.5, 2n], ["array", { double: 1 }, { double: 0.5 }, { double: 2 }]],
    [
      "decimals by the digits of all",
      [Decimal.parse("1.5"), Decimal.parse("20.25"), 3n],
      ["array", decimal("1.50", 21, 2), decimal("20.25", 21, 2), decimal("3.00", 21, 2)],
    ],
    ["nothing", [], ["array"]],
    [
      "nested arrays",
      [[1], [], [0.5]],
      ["array", ["array", { double: 1 }], ["array"], ["array", { double: 0.5 }]],
    ],
    [
      "map values and keys",
      new Map<unknown, unknown>([
        [1, 1.5],
        [2n, 2],
      ]),
      ["map", { long: "1" }, { double: 1.5 }, { long: "2" }, { double: 2 }],
    ],
    [
      "structs by name",
      [{ a: 1 }, { b: "x", a: 2n }],
      [
        "array",
        ["named_struct", { string: "a" }, { long: "1" }, { string: "b" }, none],
        ["named_struct", { string: "a" }, { long: "2" }, { string: "b" }, { string: "x" }],
      ],
    ],
    [
      "a row whose names repeat",
      makeRow(["a", "a"], [1, "x"]),
      ["named_struct", { string: "a" }, { integer: 1 }, { string: "a" }, { string: "x" }],
    ],
    ["Int8Array", Int8Array.of(1, -2), ["array", { byte: 1 }, { byte: -2 }]],
    ["Int16Array", Int16Array.of(1), ["array", { short: 1 }]],
    ["Uint16Array", Uint16Array.of(65_535), ["array", { integer: 65_535 }]],
    ["Uint32Array", Uint32Array.of(1), ["array", { long: "1" }]],
    ["Float32Array", Float32Array.of(1, 0.5), ["array", { float: 1 }, { float: 0.5 }]],
    ["Float64Array", Float64Array.of(1), ["array", { double: 1 }]],
    ["BigUint64Array", BigUint64Array.of(2n ** 64n - 1n), ["array", decimal("18446744073709551615", 20, 0)]],
    ["binaries", [Uint8Array.of(1)], ["array", { binary: "AQ==" }]],
  ];
  for (const [name, value, expected] of exact) {
    it(name, () => expect(shapeOf(value)).to.deep.equal(expected));
  }

  it("names the element that does not fit", () => {
    const misfits: readonly (readonly [unknown, string, string])[] = [
      [[1, "a"], "USAGE_MIXED_TYPES", "value[1]: int and string have no common type"],
      [[[1], ["a"]], "USAGE_MIXED_TYPES", "value[1][]: int and string"],
      [{ a: [true, 1] }, "USAGE_MIXED_TYPES", "value.a[1]: boolean and int have no common type"],
      [[new LocalDate(1), new Date(1)], "USAGE_MIXED_TYPES", "value[1]: date and timestamp"],
      [new Map([["k", [1, true]]]), "USAGE_MIXED_TYPES", "value (value 0)[1]: int and boolean"],
      [[0.5, 2n ** 53n + 1n], "USAGE_INEXACT_VALUE", "value[1]: 9007199254740993 is no DOUBLE"],
      [[new WeakMap()], "USAGE_UNSUPPORTED_VALUE", "value[0]: a value of class WeakMap"],
      [[1, col("a")], "USAGE_UNSUPPORTED_VALUE", "value[1]: a value of class Column"],
    ];
    for (const [value, code, message] of misfits) {
      expect(() => lit(value))
        .to.throw(message)
        .with.property("code", code);
    }
  });

  it("are SQL arguments with their types", () => {
    expect(expressionSql(literal(Int8Array.of(-1)))).to.equal("array((-1Y))");
    expect(expressionSql(literal(Int16Array.of(2)))).to.equal("array(2S)");
    expect(expressionSql(literal(Float32Array.of(0.5)))).to.equal("array(CAST(0.5D AS FLOAT))");
    expect(expressionSql(literal([1, 0.5]))).to.equal("array(1D, 0.5D)");
  });

  it("come back as what they were", () => {
    const expression = literal([1, 0.5]).exprType;
    const elements = expression.case === "unresolvedFunction" ? expression.value.arguments : [];
    const values = elements.map(({ exprType }) =>
      exprType.case === "literal" ? literalValue(exprType.value) : undefined,
    );
    expect(values).to.deep.equal([1, 0.5]);
  });
});
