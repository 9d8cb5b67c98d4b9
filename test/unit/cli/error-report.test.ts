import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { errorReport } from "../../../src/cli/terminal/error-report.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import { ErrorList } from "../../../src/core/error-list.ts";

const folder = mkdtempSync(join(tmpdir(), "sparkwright-"));
const options = { paint: (_: unknown, text: string) => text, cwd: folder, columns: 80, stacks: false };

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

describe("cli: error report", () => {
  it("shows code, message, place with its line, causes and hint", () => {
    const error = new SparkwrightError("CONFIG_UNKNOWN_KEY", 'nodes.a has no key "functoin"', {
      position: { file: file("nodes.yaml", "a:\n  functoin: etl.a\n"), line: 2, column: 3 },
      hint: 'Did you mean "function"?',
      cause: new Error("outer", { cause: new Error("inner") }),
    });
    expect(errorReport(error, options)).to.equal(
      [
        'error[CONFIG_UNKNOWN_KEY] nodes.a has no key "functoin"',
        "  --> nodes.yaml:2:3",
        "  |",
        "2 |   functoin: etl.a",
        "  |   ^^^^^^^^",
        "  cause: outer",
        "  cause: inner",
        '  hint: Did you mean "function"?',
        "",
      ].join("\n"),
    );
  });

  it("makes a tab visible, and escape sequences harmless", () => {
    const position = { file: file("tab.yaml", "a:\n\tb: \x1b[31m1\n"), line: 2, column: 1 };
    const report = errorReport(new SparkwrightError("CONFIG_X", "bad \x1b[2J", { position }), options);
    expect(report).to.include("2 | →b: ·[31m1\n  | ^\n");
    expect(report).to.include("bad \\u001b[2J");
  });

  it("shows the part of a long line that holds the place", () => {
    const position = {
      file: file("long.yaml", `${"x".repeat(500)}HERE${"y".repeat(500)}\n`),
      line: 1,
      column: 501,
    };
    const lines = errorReport(new SparkwrightError("CONFIG_X", "long", { position }), options).split("\n");
    const [text = "", mark = ""] = lines.slice(3);
    expect(text.length).to.be.at.most(80);
    expect(text.indexOf("HERE")).to.equal(mark.indexOf("^"));
  });

  it("reports several errors with their count, each with its own place", () => {
    const error = new ErrorList([
      new SparkwrightError("GRAPH_CYCLE", "one"),
      new SparkwrightError("GRAPH_CYCLE", "two"),
    ]);
    expect(errorReport(error, options)).to.equal(
      "error[GRAPH_CYCLE] one\n\nerror[GRAPH_CYCLE] two\n\n2 errors\n",
    );
  });

  it("does without the file, and repeats no cause", () => {
    const error = new SparkwrightError("CONFIG_X", "cannot read: no such file", {
      position: { file: join(folder, "gone.yaml"), line: 1, column: 1 },
      cause: new Error("no such file"),
    });
    expect(errorReport(error, options)).to.equal(
      "error[CONFIG_X] cannot read: no such file\n  --> gone.yaml:1:1\n",
    );
  });

  it("shows a stack trace only when asked, and survives a circle of causes", () => {
    const error = new TypeError("boom");
    error.cause = error;
    expect(errorReport(error, options)).to.not.include("    at ");
    expect(errorReport(error, options)).to.match(/^error\[INTERNAL\] boom\n {2}hint: /);
    expect(errorReport(error, { ...options, stacks: true })).to.include("    at ");
  });
});
