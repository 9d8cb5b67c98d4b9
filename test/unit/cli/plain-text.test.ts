import { expect } from "chai";
import { oneLine, plainText } from "../../../src/cli/terminal/plain-text.ts";

describe("cli: text from elsewhere", () => {
  it("never reaches the terminal with its escape sequences", () => {
    expect(plainText("a\x1b[2Jb\x07\u202e\nc\r\nd\te")).to.equal("a\\u001b[2Jb\\u0007\\u202e\nc\nd  e");
  });

  it("stays on one line in a cell, with Spark's escapes", () => {
    expect(oneLine("a\nb\tc\rd\x1b")).to.equal("a\\nb\\tc\\rd\\u001b");
  });

  it("is left alone otherwise", () => {
    expect(plainText("Zürich 東京 👩‍👩‍👧")).to.equal("Zürich 東京 👩‍👩‍👧");
  });
});
