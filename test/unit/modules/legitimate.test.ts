import { expect } from "chai";
import { type ImportOutcome, importInChild } from "./import-in-child.ts";
import { legitimate } from "./legitimate.ts";

describe("what the importer loads", () => {
  let outcomes: readonly ImportOutcome[] = [];

  before(() => {
    outcomes = importInChild(legitimate);
  });

  it("is at least 20 kinds of modules", () => {
    expect(legitimate.length).to.be.at.least(20);
  });

  for (const [index, one] of legitimate.entries()) {
    it(`loads ${one.name}`, () => {
      expect(outcomes[index]).to.deep.equal({ value: one.value, evil: false });
    });
  }
});
