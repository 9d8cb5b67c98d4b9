import { expect } from "chai";
import { ExitCode, exitCodeOf } from "../../../src/cli/exit-code.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { attacks } from "./attacks.ts";
import { type ImportOutcome, importInChild } from "./import-in-child.ts";

describe("attacks on the importer", () => {
  const all = Object.values(attacks).flat();
  let outcomes: readonly ImportOutcome[] = [];

  before(() => {
    outcomes = importInChild(all);
  });

  it("are at least 60, and 8 of each category", () => {
    expect(all.length).to.be.at.least(60);
    for (const [category, of] of Object.entries(attacks)) expect(of.length, category).to.be.at.least(8);
  });

  for (const [category, of] of Object.entries(attacks)) {
    describe(category, () => {
      for (const attack of of) {
        it(`refuses ${attack.name}`, () => {
          const outcome = outcomes[all.indexOf(attack)];
          expect(outcome).to.include({ code: attack.code, evil: false });
          expect(exitCodeOf(new SparkwrightError(attack.code, ""))).to.equal(ExitCode.importer);
          expect(outcome?.message).to.match(/src\/|"|code without a file/);
          expect(outcome?.hint).to.match(/^[A-Z].*\.$/);
        });
      }
    });
  }
});
