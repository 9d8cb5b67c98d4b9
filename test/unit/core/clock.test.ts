import { expect } from "chai";
import { systemClock } from "../../../src/core/clock.ts";
import { CancelledError } from "../../../src/core/error.ts";

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "slept",
    (error: unknown) => error,
  );

describe("systemClock", () => {
  it("tells the time and sleeps", async () => {
    const before = systemClock.now();
    await systemClock.sleep(2);
    expect(systemClock.now() - before).to.be.within(1, 5_000);
  });

  it("wakes up at an abort, before or during the sleep, with its reason", async () => {
    const controller = new AbortController();
    const sleeping = outcome(systemClock.sleep(600_000, controller.signal));
    const reason = new CancelledError("Ctrl-C");
    controller.abort(reason);
    expect(await sleeping).to.equal(reason);
    expect(await outcome(systemClock.sleep(600_000, controller.signal))).to.equal(reason);
  });

  it("leaves no listener behind", async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners++;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners--;
      removeEventListener.apply(signal, args);
    };
    await systemClock.sleep(1, signal);
    expect(listeners).to.equal(0);
  });
});
