import { EventEmitter } from "node:events";
import { expect } from "chai";
import { Interrupt } from "../../../src/cli/interrupt.ts";

class FakeProcess extends EventEmitter {
  exits: number[] = [];
  exit = ((code: number) => {
    this.exits.push(code);
  }) as NodeJS.Process["exit"];
}

function setup() {
  const process = new FakeProcess();
  const time = { now: 0 };
  const seen: string[] = [];
  const interrupt = new Interrupt({
    process: process as unknown as NodeJS.Process,
    now: () => time.now,
    onInterrupt: (signal) => seen.push(signal),
    onForcedExit: () => seen.push("forced"),
  });
  return { process, time, seen, interrupt };
}

describe("cli: signals", () => {
  it("the first aborts, the second leaves at once", () => {
    const { process, time, seen, interrupt } = setup();
    process.emit("SIGINT", "SIGINT");
    expect(interrupt.signal.aborted).to.equal(true);
    expect(interrupt.signal.reason).to.include({ code: "CANCELLED" });
    expect(interrupt.exitCode).to.equal(130);
    expect(process.exits).to.deep.equal([]);
    time.now = 600;
    process.emit("SIGINT", "SIGINT");
    expect(process.exits).to.deep.equal([130]);
    expect(seen).to.deep.equal(["SIGINT", "forced"]);
  });

  it("the copy that npm passes on is not a second one", () => {
    const { process, time, interrupt } = setup();
    process.emit("SIGINT", "SIGINT");
    time.now = 40;
    process.emit("SIGINT", "SIGINT");
    expect(process.exits).to.deep.equal([]);
    expect(interrupt.exitCode).to.equal(130);
  });

  it("SIGTERM is 143, and the first signal decides", () => {
    const { process, time, interrupt } = setup();
    process.emit("SIGTERM", "SIGTERM");
    expect(interrupt.exitCode).to.equal(143);
    time.now = 1_000;
    process.emit("SIGINT", "SIGINT");
    expect(process.exits).to.deep.equal([143]);
  });

  it("takes its listeners off", () => {
    const { process, interrupt } = setup();
    interrupt.dispose();
    expect(process.eventNames()).to.deep.equal([]);
  });
});
