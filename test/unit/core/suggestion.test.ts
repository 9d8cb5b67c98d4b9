import { expect } from "chai";
import { suggest } from "../../../src/core/suggestion.ts";

describe("suggest", () => {
  it("finds what was probably meant", () => {
    expect(suggest("outptu", ["input", "output"])).to.equal("output");
    expect(suggest("extract_flihgts", ["extract_flights", "clean_flights"])).to.equal("extract_flights");
    expect(suggest("pp", new Set(["p"]))).to.equal("p");
  });

  it("says nothing rather than nonsense", () => {
    expect(suggest("zebra", ["input", "output"])).to.equal(undefined);
    expect(suggest("fs", ["ml"])).to.equal(undefined);
    expect(suggest("a", ["b"])).to.equal(undefined);
    expect(suggest("", ["b"])).to.equal(undefined);
    expect(suggest("a", [])).to.equal(undefined);
  });
});
