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

  it("may be called like what objects inherit", () => {
    expect(parameters(["constructor.x=1", "a.prototype=2"])).to.deep.equal({
      constructor: { x: 1 },
      a: { prototype: 2 },
    });
  });

  it("keep a number that is written with all the digits it has", () => {
    expect(
      parameters(["x=0.10000000000000001", "y=0.30000000000000004", "z=1.500000000000000000000"]),
    ).to.deep.equal({ x: 0.1, y: 0.30000000000000004, z: 1.5 });
  });

  it("are refused without a key, and where a number would lose digits", () => {
    const noKey = (text: string) => `--param "${text}" has no key`;
    const noProto = (text: string) => `--param "${text}": "__proto__" cannot be a key`;
    const refused = {
      lr: noKey("lr"),
      "=1": noKey("=1"),
      "a..b=1": noKey("a..b=1"),
      "__proto__.x=1": noProto("__proto__.x=1"),
      'a={"__proto__": 1}': noProto('a={"__proto__": 1}'),
      "id=12345678901234567890": "--param id must be a whole number of at most 15 digits",
      "ids=[1, 12345678901234567890]": "--param ids must be a whole number of at most 15 digits",
      "lr=0.12345678901234567890":
        "--param lr must be a number of at most 15 digits, but 0.12345678901234567890 would become 0.12345678901234568",
      'm={"lr": 1e-400}': "--param m must be a number of at most 15 digits, but 1e-400 would become 0",
      "big=1e400": "--param big must be a finite number",
    };
    for (const [text, message] of Object.entries(refused)) {
      expect(() => parameters([text]), text)
        .to.throw(message)
        .with.property("code", "USAGE_PARAM");
    }
  });
});
