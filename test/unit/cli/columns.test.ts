import { expect } from "chai";
import * as fc from "fast-check";
import { alignColumns, truncate } from "../../../src/cli/terminal/columns.ts";
import { displayWidth } from "../../../src/cli/terminal/display-width.ts";

describe("cli: columns", () => {
  it("are aligned by what a terminal shows, not by characters", () => {
    expect(
      alignColumns(
        [
          ["a", "1"],
          ["東京", "22"],
          ["é", ""],
        ],
        ["left", "right"],
      ),
    ).to.deep.equal(["a      1", "東京  22", "é"]);
  });

  it("of one very long name leave the others in sight", () => {
    const [long, short] = alignColumns([
      ["n".repeat(300), "failed", "x".repeat(300)],
      ["b", "ok", ""],
    ]);
    expect(long).to.equal(`${"n".repeat(79)}…  failed  ${"x".repeat(300)}`);
    expect(short).to.equal(`b${" ".repeat(79)}  ok`);
  });

  it("a cut text is never wider than it may be, and cut only where it must", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const cut = truncate(text, width);
        expect(displayWidth(cut)).to.be.at.most(width);
        if (displayWidth(text) <= width) expect(cut).to.equal(text);
      }),
    ));
});
