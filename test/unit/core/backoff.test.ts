import { expect } from "chai";
import fc from "fast-check";
import { Backoff, type BackoffOptions } from "../../../src/core/backoff.ts";

function delays(options: BackoffOptions, count: number, random?: () => number): number[] {
  let step = new Backoff(options, random);
  return Array.from({ length: count }, () => {
    const { delayMs } = step;
    step = step.next();
    return delayMs;
  });
}

const plain: BackoffOptions = { initialMs: 50, multiplier: 4, maxMs: 1_000, jitter: "none" };

describe("Backoff", () => {
  it("grows by the multiplier up to the limit", () => {
    expect(delays(plain, 5)).to.deep.equal([50, 200, 800, 1_000, 1_000]);
    expect(delays({ ...plain, initialMs: 5_000 }, 2)).to.deep.equal([1_000, 1_000]);
  });

  it("adds jitter once the wait is long enough", () => {
    const options = { ...plain, jitter: 500, jitterFromMs: 200 };
    expect(delays(options, 4, () => 0.5)).to.deep.equal([50, 450, 1_050, 1_250]);
  });

  it("stays the same step however often it is asked, and the next does not depend on the jitter", () => {
    const step = new Backoff({ ...plain, jitter: "full" }, () => 0.1);
    expect([step.delayMs, step.delayMs, step.next().delayMs, step.next().delayMs]).to.deep.equal([
      5, 5, 20, 20,
    ]);
  });

  it("with full jitter never waits longer than without", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (random) => {
        const jittered = delays({ ...plain, jitter: "full" }, 8, () => random);
        for (const [index, limit] of delays(plain, 8).entries())
          expect(jittered[index]).to.be.within(0, limit);
      }),
    );
  });
});
