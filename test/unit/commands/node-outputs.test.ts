import { expect } from "chai";
import { nodeOutputs } from "../../../src/commands/node-outputs.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

// Constructing a session and a DataFrame asks nobody.
const session = new SparkSession({ remote: "sc://localhost:1" });
const other = new SparkSession({ remote: "sc://localhost:2" });
const frame = session.range(3);

const refused = (
  outputs: readonly string[],
  result: unknown,
): { code: string; message: string; hint: string } => {
  try {
    nodeOutputs("clean", outputs, result, session);
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error("was accepted");
};

describe("nodeOutputs", () => {
  it("takes a DataFrame for one output, or a record with exactly the outputs", () => {
    expect(nodeOutputs("clean", ["a"], frame, session)).to.deep.equal([{ dataset: "a", frame }]);
    expect(nodeOutputs("clean", ["a"], { a: frame }, session)).to.deep.equal([{ dataset: "a", frame }]);
    const names = nodeOutputs("clean", ["a", "b"], { b: frame, a: frame }, session).map(
      ({ dataset }) => dataset,
    );
    expect(names).to.deep.equal(["a", "b"]);
  });

  it("takes nothing, or anything that is not rows, for no output", () => {
    expect(nodeOutputs("check", [], undefined, session)).to.deep.equal([]);
    expect(nodeOutputs("check", [], 3n, session)).to.deep.equal([]);
    expect(refused([], frame).code).to.equal("NODE_RESULT_UNUSED");
    expect(refused([], { a: frame }).code).to.equal("NODE_RESULT_UNUSED");
  });

  const cases: readonly (readonly [string, readonly string[], unknown, string, RegExp])[] = [
    [
      "nothing",
      ["a"],
      undefined,
      "NODE_NO_RESULT",
      /node 'clean' returned undefined instead of a DataFrame for 'a'/,
    ],
    ["null for several", ["a", "b"], null, "NODE_NO_RESULT", /a record of DataFrames for 'a', 'b'/],
    ["a string", ["a"], "rows", "NODE_RESULT_TYPE", /the string "rows"/],
    ["rows", ["a"], [{ id: 1 }], "NODE_RESULT_TYPE", /an array of 1 items/],
    ["a GroupedData", ["a"], frame.groupBy("id"), "NODE_RESULT_TYPE", /a GroupedData/],
    ["one for several", ["a", "b"], frame, "NODE_RESULT_TYPE", /a DataFrame instead of a record/],
    ["a missing key", ["a", "b"], { a: frame }, "NODE_RESULT_KEYS", /without 'b'/],
    [
      "an extra key",
      ["a"],
      { a: frame, c: frame },
      "NODE_RESULT_KEYS",
      /with 'c', which it does not declare/,
    ],
    ["a promise in a record", ["a"], { a: Promise.resolve(frame) }, "NODE_RESULT_TYPE", /a Promise/],
    ["another session's", ["a"], other.range(1), "NODE_FOREIGN_SESSION", /another session than its own/],
    ["an empty record", ["a"], {}, "NODE_RESULT_KEYS", /without 'a'/],
  ];
  for (const [name, outputs, result, code, message] of cases) {
    it(`refuses ${name}`, () => {
      const error = refused(outputs, result);
      expect(error.code).to.equal(code);
      expect(error.message).to.match(message);
      expect(error.hint).to.match(/\w/);
    });
  }

  it("guesses a misspelt key", () => {
    expect(refused(["silver.flights"], { "silver.flihgts": frame }).hint).to.match(
      /Did you mean 'silver\.flights'/,
    );
  });
});
