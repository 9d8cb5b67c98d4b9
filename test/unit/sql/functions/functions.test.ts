import { expect } from "chai";
import * as sql from "../../../../src/sql/index.ts";
import { protoOf } from "../plan-json.ts";

const { functions: F } = sql;

describe("functions", () => {
  it("are exported by name and as a namespace", () => {
    for (const [name, value] of Object.entries(F)) expect(Reflect.get(sql, name), name).to.equal(value);
    expect(Object.keys(F).length).to.be.greaterThan(500);
  });

  it("take columns one by one or as a list", () => {
    for (const make of [F.array, F.struct, F.createMap, F.mapConcat]) {
      expect(protoOf(make(["a", F.col("b")]))).to.deep.equal(protoOf(make("a", F.col("b"))));
    }
  });

  it("count all rows by a literal, which may stand where a star may not", () => {
    expect(protoOf(F.count("*"))).to.deep.equal(protoOf(F.count(F.lit(1))));
    expect(protoOf(F.count(F.col("*")))).to.deep.equal(protoOf(F.count("*")));
  });

  it("say that what is no column is none", () => {
    const wrong = [() => F.max(1 as never), () => F.when("a" as never, 1), () => F.array([1] as never)];
    for (const body of wrong) expect(body).to.throw().with.property("code", "USAGE_NOT_A_COLUMN");
  });

  it("give every call its own seed where none was given", () => {
    for (const make of [() => F.shuffle("a"), () => F.countMinSketch("a", 0.1, 0.9)]) {
      expect(protoOf(make())).not.to.deep.equal(protoOf(make()));
    }
  });

  it("send whole numbers as DOUBLEs where Spark wants a fraction", () => {
    expect(protoOf(F.percentile("a", 1))).to.deep.nested.include({
      "unresolvedFunction.arguments[1]": { literal: { double: 1 } },
    });
    expect(protoOf(F.approxCountDistinct("a", 1))).to.deep.nested.include({
      "unresolvedFunction.arguments[1]": { literal: { double: 1 } },
    });
  });
});
