import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import { ErrorList, throwIfAny } from "../../../src/core/error-list.ts";

const at = (code: string, line?: number, file = "a.yaml") =>
  new SparkwrightError(
    code,
    `${code} here`,
    line === undefined ? {} : { position: { file, line, column: 3 } },
  );

describe("ErrorList", () => {
  it("has the errors by file, line and column, those without a place first", () => {
    const list = new ErrorList([at("B", 9), at("C", 1, "b.yaml"), at("D"), at("A", 2)]);
    expect(list.errors.map(({ code }) => code)).to.deep.equal(["D", "A", "B", "C"]);
    expect(list.message).to.equal("D here\na.yaml:2:3: A here\na.yaml:9:3: B here\nb.yaml:1:3: C here");
    expect(list instanceof SparkwrightError).to.equal(true);
    expect(list instanceof ErrorList).to.equal(true);
  });

  it("has the code of the earliest stage among its errors, or the one they share", () => {
    expect(new ErrorList([at("GRAPH_CYCLE"), at("CONFIG_X"), at("VALIDATION_X")]).code).to.equal(
      "CONFIG_ERRORS",
    );
    expect(new ErrorList([at("IMPORT_X"), at("GRAPH_CYCLE"), at("VALIDATION_X")]).code).to.equal(
      "VALIDATION_ERRORS",
    );
    expect(new ErrorList([at("IMPORT_X"), at("GRAPH_CYCLE")]).code).to.equal("GRAPH_ERRORS");
    expect(new ErrorList([at("GRAPH_CYCLE"), at("GRAPH_CYCLE", 2)]).code).to.equal("GRAPH_CYCLE");
    expect(new ErrorList([at("X"), at("Y")]).code).to.equal("ERRORS");
  });

  it("speaks for its only error", () => {
    const only = new SparkwrightError("CONFIG_X", "m", {
      hint: "h",
      position: { file: "f", line: 1, column: 1 },
    });
    expect(new ErrorList([only])).to.include({ code: "CONFIG_X", hint: "h", position: only.position });
  });

  it("is thrown only when there are errors", () => {
    expect(() => throwIfAny([])).not.to.throw();
    expect(() => throwIfAny([at("CONFIG_X")])).to.throw(ErrorList, "CONFIG_X here");
    expect(() => new ErrorList([])).to.throw(RangeError);
  });
});
