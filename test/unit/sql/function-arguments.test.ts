import { expect } from "chai";
import { randomSeed } from "../../../src/sql/functions/call.ts";
import { type ColumnOrName, functions as f, SparkwrightError } from "../../../src/sql/index.ts";

function refused(call: () => unknown): Pick<SparkwrightError, "code" | "message"> {
  try {
    call();
  } catch (error) {
    if (error instanceof SparkwrightError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("arguments of functions", () => {
  it("greatest and least compare two columns or more", () => {
    expect(refused(() => f.greatest("a"))).to.include({ code: "USAGE_INVALID_ARGUMENT" });
    expect(refused(() => f.least()).message).to.contain("least() compares two columns or more");
  });

  it("sha2 has digests of certain sizes only", () => {
    const bits = 128 as 256;
    expect(refused(() => f.sha2("a", bits))).to.include({ code: "USAGE_INVALID_ARGUMENT" });
    expect(refused(() => f.sha2("a", bits)).message).to.contain("128");
  });

  it("jsonTuple takes a field or more", () => {
    expect(refused(() => f.jsonTuple("json"))).to.include({ code: "USAGE_INVALID_ARGUMENT" });
  });

  it("a timestamp of numbers takes all six", () => {
    const missing = undefined as unknown as ColumnOrName;
    for (const make of [f.makeTimestamp, f.tryMakeTimestamp, f.makeTimestampLtz, f.tryMakeTimestampNtz]) {
      expect(refused(() => make(2024, 1, 1, 0, 0, missing))).to.include({ code: "USAGE_INVALID_ARGUMENT" });
    }
  });

  it("an option is text, a number or a boolean", () => {
    const bad = { mode: null as unknown as string };
    expect(refused(() => f.fromJson("json", "a INT", bad))).to.include({ code: "USAGE_OPTION" });
    expect(refused(() => f.toCsv("row", bad)).message).to.contain('"mode"');
  });

  it("a number where only a column can be is told to be wrapped in lit", () => {
    const three = 3 as unknown as string;
    expect(refused(() => f.upper(three))).to.include({ code: "USAGE_NOT_A_COLUMN" });
  });

  it("seconds that are not finite are refused", () => {
    expect(refused(() => f.makeInterval({ secs: Number.NaN }))).to.include({ code: "VALUE_OUT_OF_RANGE" });
  });

  it("a seed that is drawn is a new one every time, and a whole number that is exact", () => {
    const seeds = Array.from({ length: 100 }, randomSeed);
    expect(new Set(seeds).size).to.equal(100);
    for (const seed of seeds) expect(Number.isSafeInteger(seed) && seed >= 0).to.equal(true);
  });
});
