import { expect } from "chai";
import { exitCodeOf } from "../../../src/cli/exit-code.ts";
import { CancelledError, SparkwrightError } from "../../../src/core/error.ts";
import { ErrorList } from "../../../src/core/error-list.ts";

describe("cli: exit codes", () => {
  const cases: [string, number][] = [
    ["CONFIG_INVALID_YAML", 2],
    ["USAGE_UNKNOWN_OPTION", 2],
    ["VALIDATION_FORMAT", 3],
    ["GRAPH_CYCLE", 5],
    ["IMPORT_OUTSIDE_PROJECT", 6],
    ["RUN_STATE_WRITE", 4],
    ["NODE_TIMEOUT", 4],
    ["DATASET_MISSING", 4],
    ["CONNECT_UNAVAILABLE", 4],
    ["SPARK_ANALYSIS", 4],
    ["SERVER_NO_JAVA", 4],
    ["ARROW_INVALID", 1],
  ];
  for (const [code, expected] of cases) {
    it(`${code} is ${expected}`, () => {
      expect(exitCodeOf(new SparkwrightError(code, "x"))).to.equal(expected);
    });
  }

  it("a cancellation is 130, anything foreign 1", () => {
    expect(exitCodeOf(new CancelledError())).to.equal(130);
    expect(exitCodeOf(new TypeError("x"))).to.equal(1);
    expect(exitCodeOf("x")).to.equal(1);
  });

  it("of several errors the earliest class decides, whatever their order", () => {
    const of = (...codes: string[]) =>
      exitCodeOf(new ErrorList(codes.map((code) => new SparkwrightError(code, "x"))));
    expect(of("IMPORT_A", "GRAPH_A", "VALIDATION_A", "CONFIG_A")).to.equal(2);
    expect(of("IMPORT_A", "GRAPH_A", "VALIDATION_A")).to.equal(3);
    expect(of("IMPORT_A", "GRAPH_A")).to.equal(5);
    expect(of("IMPORT_A")).to.equal(6);
  });
});
