import { constants } from "node:buffer";
import { expect } from "chai";
import { readUtf8 } from "../../../src/arrow/bytes-reader.ts";
import { SparkwrightError } from "../../../src/core/error.ts";

/** More bytes than the longest string of JavaScript has characters. */
const size = constants.MAX_STRING_LENGTH + 10;

describe("texts near the longest string of JavaScript", function () {
  this.timeout(120_000);
  const bytes = Buffer.alloc(size, "a");

  it("decode when only all of them together are longer", () => {
    const middle = Math.floor(size / 2);
    const texts = readUtf8("s", Int32Array.of(0, middle, size), bytes);
    expect(texts.map(({ length }) => length)).to.deep.equal([middle, size - middle]);
    expect(texts.map((text) => text.at(-1))).to.deep.equal(["a", "a"]);
  });

  it("are refused with their column, row and size when one is longer", () => {
    const read = () => readUtf8("s", Int32Array.of(0, 1, size), bytes);
    expect(read)
      .to.throw(SparkwrightError, new RegExp(`column "s" .* ${size - 1} bytes .*row|value 1 of its batch`))
      .that.includes({ code: "VALUE_TEXT_TOO_LONG" })
      .and.has.property("details")
      .that.deep.equals({ column: "s", row: 1, bytes: size - 1 });
  });
});
