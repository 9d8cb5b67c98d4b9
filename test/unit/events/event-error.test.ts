import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import { describeError } from "../../../src/events/event-error.ts";
import { plainValue } from "../../../src/events/plain-value.ts";

describe("describeError", () => {
  it("keeps code, hint and the chain of causes of our errors", () => {
    const cause = new TypeError("bad", { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
    const error = new SparkwrightError("DATASET_X", "no", { hint: "do", cause });
    expect(describeError(error, "NODE_THREW")).to.deep.equal({
      code: "DATASET_X",
      message: "no",
      hint: "do",
      causes: [{ message: "TypeError: bad" }, { code: "ECONNRESET", message: "reset" }],
    });
  });

  it("describes whatever is thrown", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const message = (thrown: unknown) => describeError(thrown, "NODE_THREW").message;
    expect(message("text")).to.equal("text");
    expect(message(undefined)).to.equal("undefined");
    expect(message({ status: 503 })).to.equal('a thrown object: {"status":503}');
    expect(message(loop)).to.equal("a thrown object: [object Object]");
    expect(message(Symbol("s"))).to.equal("Symbol(s)");
  });

  it("does not throw for what cannot be read, nor for what is caused by it", () => {
    const throwing = () => {
      throw new Error("no");
    };
    const proxy = new Proxy({}, { get: throwing, getPrototypeOf: throwing });
    const unreadable = "something was thrown that cannot be read";
    const hostile: readonly (readonly [unknown, string])[] = [
      [Object.assign(new Error("m"), { name: { toString: throwing } }), "m"],
      [Object.assign(new Error("m"), { message: { detail: 1 } }), unreadable],
      [Object.defineProperty(new Error("m"), "cause", { get: throwing }), "m"],
      [proxy, unreadable],
      [Object.assign(() => {}, { toString: throwing }), unreadable],
    ];
    for (const [thrown, message] of hostile) {
      expect(describeError(thrown, "NODE_THREW")).to.deep.equal({ code: "NODE_THREW", message, causes: [] });
      const above = new SparkwrightError("DATASET_X", "no", { cause: thrown });
      expect(describeError(above, "NODE_THREW")).to.deep.include({
        code: "DATASET_X",
        causes: [{ message }],
      });
      const frozen = Object.freeze(new Error("frozen", { cause: proxy }));
      expect(describeError(frozen, "NODE_THREW").message).to.equal("frozen");
    }
  });

  it("ends at a cause that causes itself", () => {
    const error = new Error("round");
    error.cause = error;
    expect(describeError(error, "NODE_THREW").causes).to.deep.equal([]);
  });
});

describe("plainValue", () => {
  it("makes plain JSON data of what a node logs", () => {
    const loop: Record<string, unknown> = { n: 1n, big: 2n ** 64n, nan: Number.NaN };
    loop["self"] = loop;
    const plain = plainValue({
      loop,
      set: new Set([1]),
      map: new Map([["k", new Date(0)]]),
      error: new RangeError("far"),
      bytes: new Uint8Array(3),
      get broken() {
        throw new Error("getter");
      },
    });
    expect(plain).to.equal("[unreadable: getter]");
    expect(plainValue({ loop, set: new Set([1]), map: new Map([["k", new Date(0)]]) })).to.deep.equal({
      loop: { n: 1, big: "18446744073709551616", nan: "NaN", self: "[circular]" },
      set: [1],
      map: [["k", "1970-01-01T00:00:00.000Z"]],
    });
    expect(plainValue([new RangeError("far"), new Uint8Array(3)])).to.deep.equal([
      "RangeError: far",
      "[3 bytes]",
    ]);
  });
});
