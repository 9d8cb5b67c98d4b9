import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { asCodeOf, type Blocking, watchLoop } from "../../../src/execution/watchdog/loop-watchdog.ts";

function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe("watchLoop", function () {
  this.timeout(60_000);

  it("says whose code kept the loop busy, for how long and where, also after awaits", async () => {
    const seen: Blocking[] = [];
    const watchdog = watchLoop({ thresholdMs: 400, onBlocking: (blocking) => void seen.push(blocking) });
    await watchdog.started;
    const idle = asCodeOf("idle", () => setTimeout(100));
    await asCodeOf("busy", async () => {
      await setTimeout(1);
      spin(3_000);
    });
    await idle;
    await watchdog.stop();
    expect(seen.map(({ node }) => node)).to.deep.equal(["busy"]);
    expect(seen[0]?.ms).to.be.greaterThan(1_000);
    expect(seen[0]?.place).to.match(/loop-watchdog\.test\.ts:\d+$/);
  });
});
