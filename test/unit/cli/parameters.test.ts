import { expect } from "chai";
import { parameters } from "../../../src/cli/parameters.ts";

describe("parameters of the command line", () => {
  it("are JSON where they can be, else text, and nest at dots", () => {
    expect(
      parameters([
        "lr=0.05",
        "name=spring",
        "on=true",
        "model.depth=6",
        "model.kind=a=b",
        'list=["a",1]',
        "empty=",
      ]),
    ).to.deep.equal({
      lr: 0.05,
      name: "spring",
      on: true,
      model: { depth: 6, kind: "a=b" },
      list: ["a", 1],
      empty: "",
    });
    expect(parameters(["a=1", "a=2"])).to.deep.equal({ a: 2 });
    expect(parameters(['id="12345678901234567890"'])).to.deep.equal({ id: "12345678901234567890" });
  });

  it("are refused without a key, and where a number would lose digits", () => {
    for (const wrong of ["lr", "=1", "a..b=1", "__proto__.x=1", "id=12345678901234567890"]) {
      expect(() => parameters([wrong]), wrong)
        .to.throw()
        .with.property("code", "USAGE_PARAM");
    }
  });
});
