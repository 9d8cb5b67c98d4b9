import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { formatTable } from "../../../src/formats/format-table.ts";

describe("docs/engine.md", () => {
  it("has the table of formats that the code obeys", () => {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/engine.md"), "utf8");
    const section = text.split("\n## ").find((part) => part.startsWith("Formats")) ?? "";
    const rows = section
      .split("\n")
      .filter((line) => line.startsWith("|") && !/^\|[\s|-]+$/.test(line))
      .map((line) =>
        line
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
    expect(rows).to.deep.equal(formatTable());
  });
});
