import { expect } from "chai";
import { CancelledError, messageOf, SparkwrightError } from "../../../src/core/error.ts";

describe("SparkwrightError", () => {
  it("carries code, hint, position, details and cause", () => {
    const cause = new Error("below");
    const position = { file: "a.yaml", line: 1, column: 2 };
    const error = new SparkwrightError("X_Y", "wrong", {
      cause,
      hint: "right it",
      position,
      details: { a: 1 },
    });
    expect(error).to.include({
      name: "SparkwrightError",
      code: "X_Y",
      message: "wrong",
      hint: "right it",
      cause,
    });
    expect(error.position).to.deep.equal(position);
    expect(error.details).to.deep.equal({ a: 1 });
    expect(new SparkwrightError("X", "y")).not.to.have.own.property("cause");
  });

  it("is recognised across two copies of the package, and nothing else is", async () => {
    const url = new URL("../../../src/core/error.ts?second-copy", import.meta.url).href;
    const other = (await import(url)) as typeof import("../../../src/core/error.ts");
    expect(other.SparkwrightError).not.to.equal(SparkwrightError);
    expect(new other.CancelledError() instanceof SparkwrightError).to.equal(true);
    expect(new other.CancelledError() instanceof CancelledError).to.equal(true);
    expect(new other.SparkwrightError("X", "y") instanceof CancelledError).to.equal(false);
    for (const foreign of [
      new Error("x"),
      {},
      null,
      undefined,
      "SparkwrightError",
      { name: "SparkwrightError" },
    ]) {
      expect((foreign as unknown) instanceof SparkwrightError).to.equal(false);
    }
  });

  it("shows no brand when printed or serialised", () => {
    expect(Object.keys(new CancelledError())).not.to.include("Symbol(sparkwright.error)");
    expect(new CancelledError()).to.include({ code: "CANCELLED", message: "cancelled" });
  });
});

describe("messageOf", () => {
  it("takes anything that can be thrown", () => {
    expect([new Error("a"), "b", 3, null, undefined].map(messageOf)).to.deep.equal([
      "a",
      "b",
      "3",
      "null",
      "undefined",
    ]);
  });
});
