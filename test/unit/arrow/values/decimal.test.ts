import { expect } from "chai";
import fc from "fast-check";
import { Decimal } from "../../../../src/arrow/values/decimal.ts";
import { SparkwrightError } from "../../../../src/core/error.ts";

describe("Decimal", () => {
  const anyDecimal = fc
    .tuple(fc.bigInt(), fc.integer({ min: 0, max: 60 }))
    .map(([unscaled, scale]) => new Decimal(unscaled, scale));

  it("reads back what it writes, digit by digit", () => {
    fc.assert(
      fc.property(anyDecimal, (decimal) => {
        expect(Decimal.parse(decimal.toString())).to.deep.equal(decimal);
      }),
    );
  });

  it("reads every form of a number", () => {
    const forms = ["1", "+1.50", "-.5", "5.", "1.5e3", "1e-3", "0.00", "-0"];
    expect(forms.map((text) => String(Decimal.parse(text)))).to.deep.equal([
      "1",
      "1.50",
      "-0.5",
      "5",
      "1500",
      "0.001",
      "0.00",
      "0",
    ]);
    for (const text of ["", ".", "-", "1,5", "0x10", "NaN", "1e", "1 2", "1e9999999"]) {
      expect(() => Decimal.parse(text), text).to.throw(SparkwrightError);
    }
  });

  it("compares numbers, not digits", () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: 0, max: 20 }), (decimal, more) => {
        const longer = decimal.rescale(decimal.scale + more);
        expect(longer && decimal.equals(longer)).to.equal(true);
        expect(longer?.rescale(decimal.scale)).to.deep.equal(decimal);
      }),
    );
    expect(Decimal.parse("9").compare(Decimal.parse("10.0"))).to.be.below(0);
    expect(Decimal.parse("0.2").rescale(0)).to.equal(undefined);
  });

  it("is the shortest decimal of a number", () => {
    expect(String(Decimal.fromNumber(0.1))).to.equal("0.1");
    expect(String(Decimal.fromNumber(1e21))).to.equal("1000000000000000000000");
    expect(() => Decimal.fromNumber(Number.NaN)).to.throw(SparkwrightError);
    expect(Decimal.parse("0.1").toNumber()).to.equal(0.1);
  });

  it("will not be compared or added in silence", () => {
    const [one, two] = [Decimal.parse("1"), Decimal.parse("2")];
    expect(() => one < two)
      .to.throw(SparkwrightError)
      .with.property("hint", "Use compare(), toNumber() or toString().");
    expect(`${one}`).to.equal("1");
  });
});
