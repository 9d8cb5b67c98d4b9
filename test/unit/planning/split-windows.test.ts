import { expect } from "chai";
import fc from "fast-check";
import { type Chunk, splitWindows } from "../../../src/planning/split-windows.ts";

const dayMs = 86_400_000;
const days = fc
  .integer({ min: 0, max: 60_000 })
  .map((day) => new Date(day * dayMs).toISOString().slice(0, 10));
const chunks = fc.constantFrom<Chunk>("day", "week", "month");
const number = (day: string) => Date.parse(day) / dayMs;

describe("splitWindows", () => {
  it("covers every day once, in order, in windows of the size that was asked for", () => {
    fc.assert(
      fc.property(days, fc.nat(400), chunks, (from, length, chunk) => {
        const to = new Date((number(from) + length) * dayMs).toISOString().slice(0, 10);
        const windows = splitWindows(from, to, chunk);
        expect(windows[0]?.startDate).to.equal(from);
        expect(windows.at(-1)?.endDate).to.equal(to);
        for (const [index, { startDate, endDate }] of windows.entries()) {
          expect(startDate <= endDate).to.equal(true);
          const next = windows[index + 1]?.startDate;
          if (next !== undefined) expect(number(next)).to.equal(number(endDate) + 1);
          const size = number(endDate) - number(startDate) + 1;
          if (chunk === "day") expect(size).to.equal(1);
          if (chunk === "week") expect(size).to.be.at.most(7);
          if (chunk === "week" && next !== undefined) expect(size).to.equal(7);
          if (chunk === "month") {
            expect(startDate.slice(0, 7)).to.equal(endDate.slice(0, 7));
            if (index > 0) expect(startDate.slice(8)).to.equal("01");
            if (next !== undefined) expect(next.slice(8)).to.equal("01");
          }
        }
      }),
    );
  });

  it("knows leap years and the ends of the calendar", () => {
    expect(splitWindows("2024-02-15", "2024-03-02", "month")).to.deep.equal([
      { startDate: "2024-02-15", endDate: "2024-02-29" },
      { startDate: "2024-03-01", endDate: "2024-03-02" },
    ]);
    expect(splitWindows("0001-01-01", "0001-02-01", "month")[0]?.endDate).to.equal("0001-01-31");
    expect(splitWindows("9999-12-30", "9999-12-31", "week")).to.have.length(1);
  });

  it("refuses days that are none and an end before the start", () => {
    const code = (from: string, to: string) => {
      try {
        splitWindows(from, to, "day");
      } catch (error) {
        return (error as { code: string }).code;
      }
      return undefined;
    };
    expect(code("2001-02-30", "2001-03-01")).to.equal("USAGE_INVALID_DATE");
    expect(code("2001-02-01", "1.3.2001")).to.equal("USAGE_INVALID_DATE");
    expect(code("2001-02-02", "2001-02-01")).to.equal("USAGE_INVALID_WINDOW");
  });
});
