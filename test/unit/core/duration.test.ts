import { expect } from "chai";
import { formatDuration, parseDuration } from "../../../src/core/duration.ts";

describe("durations", () => {
  it("are read from text, in milliseconds", () => {
    const cases: Record<string, number | undefined> = {
      "250ms": 250,
      "30s": 30_000,
      "10m": 600_000,
      "1.5h": 5_400_000,
      "1h30m": 5_400_000,
      "2d": 172_800_000,
      "1m500ms": 60_500,
      "0s": 0,
      "": undefined,
      "10": undefined,
      "-1s": undefined,
      "1 h": undefined,
      "1w": undefined,
      s: undefined,
      "1h!": undefined,
      "1e3s": undefined,
      "1H": undefined,
    };
    for (const [text, ms] of Object.entries(cases)) expect(parseDuration(text), text).to.equal(ms);
  });

  it("are written for people, without a 60 in the seconds", () => {
    const cases: readonly [number, string][] = [
      [0, "0 ms"],
      [850, "850 ms"],
      [1_000, "1.0 s"],
      [4_237, "4.2 s"],
      [59_949, "59.9 s"],
      [59_950, "1m 00s"],
      [187_000, "3m 07s"],
      [3_599_400, "59m 59s"],
      [3_599_600, "1h 00m"],
      [7_500_000, "2h 05m"],
      [100 * 3_600_000, "100h 00m"],
    ];
    for (const [ms, text] of cases) expect(formatDuration(ms), `${ms}`).to.equal(text);
  });
});
