import { expect } from "chai";
import { Decimal } from "../../../../../src/sql/index.ts";
import { matching, near } from "../checks.ts";
import type { FunctionTable } from "../function-cases.ts";

const unit = (value: number) => expect(value).to.be.within(0, 1).and.not.equal(1);
const finite = (value: number) => expect(Number.isFinite(value)).to.equal(true);

const arithmetic: FunctionTable = {
  cases: {
    abs: (f) => [
      [f.abs(f.lit(-3)), 3],
      [f.abs(f.lit(-2.5)), 2.5],
    ],
    bin: (f) => [
      [f.bin(f.lit(13)), "1101"],
      [f.bin(f.lit(-1)), "1".repeat(64)],
    ],
    bround: (f) => [
      [f.bround(f.lit(2.5)), 2],
      [f.bround(f.lit(3.5)), 4],
      [f.bround(f.lit(25), -1), 20],
    ],
    ceil: (f) => [
      [f.ceil(f.lit(-0.1)), 0n],
      [f.ceil(f.lit(3.1411), 3), Decimal.parse("3.142")],
    ],
    ceiling: (f) => [[f.ceiling(f.lit(5.4)), 6n]],
    conv: (f) => [
      [f.conv(f.lit("ff"), 16, 10), "255"],
      [f.conv(f.lit("-10"), 16, -10), "-16"],
    ],
    floor: (f) => [
      [f.floor(f.lit(-0.1)), -1n],
      [f.floor(f.lit(3.1411), 3), Decimal.parse("3.141")],
    ],
    greatest: (f) => [
      [f.greatest(f.lit(10), f.lit(null), f.lit(9)), 10],
      [f.greatest(f.lit("a"), f.lit("b")), "b"],
    ],
    hex: (f) => [
      [f.hex(f.lit(255)), "FF"],
      [f.hex(f.lit("Spark")), "537061726B"],
    ],
    least: (f) => [[f.least(f.lit(10), f.lit(null), f.lit(9)), 9]],
    negate: (f) => [[f.negate(f.lit(3)), -3]],
    negative: (f) => [[f.negative(f.lit(3)), -3]],
    pmod: (f) => [
      [f.pmod(f.lit(-7), 3), 2],
      [f.pmod(10.5, f.lit(4)), 2.5],
    ],
    positive: (f) => [[f.positive(f.lit(-3)), -3]],
    rint: (f) => [
      [f.rint(f.lit(2.5)), 2],
      [f.rint(f.lit(12.9)), 13],
    ],
    round: (f) => [
      [f.round(f.lit(2.5)), 3],
      [f.round(f.lit(125), -1), 130],
      [f.round(f.lit(2.71), f.lit(1)), 2.7],
    ],
    sign: (f) => [[f.sign(f.lit(-40)), -1]],
    signum: (f) => [[f.signum(f.lit(0.5)), 1]],
    tryAdd: (f) => [
      [f.tryAdd(f.lit(1), 2), 3],
      [f.tryAdd(2_147_483_647, 1), null],
    ],
    tryDivide: (f) => [
      [f.tryDivide(f.lit(3), 2), 1.5],
      [f.tryDivide(f.lit(3), f.lit(0)), null],
    ],
    tryMod: (f) => [
      [f.tryMod(f.lit(-7), 3), -1],
      [f.tryMod(f.lit(7), 0), null],
    ],
    tryMultiply: (f) => [
      [f.tryMultiply(2, f.lit(3)), 6],
      [f.tryMultiply(f.lit(2_147_483_647), 2), null],
    ],
    trySubtract: (f) => [
      [f.trySubtract(f.lit(2), 1), 1],
      [f.trySubtract(f.lit(-2_147_483_648), 1), null],
    ],
    unhex: (f) => [[f.unhex(f.lit("537061726B")), new TextEncoder().encode("Spark")]],
    widthBucket: (f) => [
      [f.widthBucket(f.lit(5.3), f.lit(0.2), f.lit(10.6), 5), 3n],
      [f.widthBucket(f.lit(-1), 0, 10, 5), 0n],
      [f.widthBucket(f.lit(10), 0, 10, 5), 6n],
    ],
  },
};

const exponential: FunctionTable = {
  cases: {
    cbrt: (f) => [[f.cbrt(f.lit(27)), 3]],
    e: (f) => [[f.e(), Math.E]],
    exp: (f) => [[f.exp(f.lit(2)), near(Math.exp(2))]],
    expm1: (f) => [[f.expm1(f.lit(1e-10)), near(Math.expm1(1e-10))]],
    factorial: (f) => [
      [f.factorial(f.lit(20)), 2_432_902_008_176_640_000n],
      [f.factorial(f.lit(21)), null],
    ],
    hypot: (f) => [[f.hypot(f.lit(3), 4), 5]],
    ln: (f) => [
      [f.ln(f.lit(Math.E)), near(1)],
      [f.ln(f.lit(0)), null],
    ],
    log: (f) => [
      [f.log(f.lit(Math.E)), near(1)],
      [f.log(2, f.lit(8)), near(3)],
    ],
    log10: (f) => [[f.log10(f.lit(1000)), near(3)]],
    log1p: (f) => [[f.log1p(f.lit(1e-10)), near(Math.log1p(1e-10))]],
    log2: (f) => [[f.log2(f.lit(8)), near(3)]],
    pow: (f) => [[f.pow(f.lit(2), 10), 1024]],
    power: (f) => [[f.power(2, f.lit(-1)), 0.5]],
    sqrt: (f) => [
      [f.sqrt(f.lit(16)), 4],
      [f.sqrt(f.lit(-1)), Number.NaN],
    ],
  },
};

const trigonometric: FunctionTable = {
  cases: {
    acos: (f) => [[f.acos(f.lit(0.5)), near(Math.acos(0.5))]],
    acosh: (f) => [[f.acosh(f.lit(2)), near(Math.acosh(2))]],
    asin: (f) => [
      [f.asin(f.lit(0.5)), near(Math.asin(0.5))],
      [f.asin(f.lit(2)), Number.NaN],
    ],
    asinh: (f) => [[f.asinh(f.lit(2)), near(Math.asinh(2))]],
    atan: (f) => [[f.atan(f.lit(2)), near(Math.atan(2))]],
    atan2: (f) => [[f.atan2(1, f.lit(-2)), near(Math.atan2(1, -2))]],
    atanh: (f) => [[f.atanh(f.lit(0.5)), near(Math.atanh(0.5))]],
    cos: (f) => [[f.cos(f.lit(1)), near(Math.cos(1))]],
    cosh: (f) => [[f.cosh(f.lit(1)), near(Math.cosh(1))]],
    cot: (f) => [[f.cot(f.lit(1)), near(1 / Math.tan(1))]],
    csc: (f) => [[f.csc(f.lit(1)), near(1 / Math.sin(1))]],
    degrees: (f) => [[f.degrees(f.lit(Math.PI)), near(180)]],
    pi: (f) => [[f.pi(), Math.PI]],
    radians: (f) => [[f.radians(f.lit(180)), near(Math.PI)]],
    sec: (f) => [[f.sec(f.lit(1)), near(1 / Math.cos(1))]],
    sin: (f) => [[f.sin(f.lit(1)), near(Math.sin(1))]],
    sinh: (f) => [[f.sinh(f.lit(1)), near(Math.sinh(1))]],
    tan: (f) => [[f.tan(f.lit(1)), near(Math.tan(1))]],
    tanh: (f) => [[f.tanh(f.lit(1)), near(Math.tanh(1))]],
  },
};

/** The same seed gives the same values; without one, a column has the same values every time it is collected. */
const random: FunctionTable = {
  cases: {
    rand: (f) => [
      [f.rand(), unit],
      [f.rand(42).eq(f.rand(f.lit(42))), true],
      [
        async (spark) => {
          const numbers = spark.range(10).select(f.rand().alias("r"));
          const [first, second] = [await numbers.collect(), await numbers.collect()];
          return (
            new Set(first.map((row) => row["r"])).size === 10 &&
            second.every((row, i) => row["r"] === first[i]?.["r"])
          );
        },
        true,
      ],
    ],
    randn: (f) => [
      [f.randn(), finite],
      [f.randn(42).eq(f.randn(42n)), true],
    ],
    random: (f) => [
      [f.random(), unit],
      [f.random(42).eq(f.rand(42)), true],
    ],
    randstr: (f) => [
      [f.randstr(5), matching(/^[0-9A-Za-z]{5}$/)],
      [f.randstr(5, 42).eq(f.randstr(f.lit(5), 42)), true],
    ],
    uniform: (f) => [
      [f.uniform(10, 20), (value: number) => expect(value).to.be.within(10, 20)],
      [f.uniform(10, 20, 42).eq(f.uniform(f.lit(10), f.lit(20), f.lit(42))), true],
    ],
    uuid: (f) => [
      [f.uuid(), matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)],
      [f.uuid(42).eq(f.uuid(42)), true],
    ],
  },
};

export const tables: readonly FunctionTable[] = [arithmetic, exponential, trigonometric, random];
