import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { guardExit } from "../../../src/modules/guard-exit.ts";

describe("guardExit", () => {
  const guarded = (work: () => Promise<unknown>): Promise<unknown> =>
    guardExit(work, (call) => new Error(`refused ${call}`)).catch(
      (error: unknown) => (error as Error).message,
    );

  it("gives what the work gives", async () => {
    expect(await guarded(async () => 7)).to.equal(7);
    expect(await guarded(() => Promise.reject(new Error("own")))).to.equal("own");
  });

  it("refuses the end of the process wherever the work asks for it", async () => {
    const calls: (() => Promise<unknown>)[] = [
      async () => process.exit(1),
      async () => setTimeout(1).then(() => process.exit(1)),
      async () => {
        try {
          process.exit(1);
        } catch {
          return "caught";
        }
      },
    ];
    for (const work of calls) expect(await guarded(work)).to.equal("refused process.exit(1)");
  });

  it("refuses signals to itself, and lets others through", async () => {
    expect(await guarded(async () => process.kill(process.pid, "SIGKILL"))).to.match(
      /^refused process\.kill\(\d+\)$/,
    );
    expect(await guarded(async () => process.kill(0))).to.equal("refused process.kill(0)");
    expect(await guarded(async () => process.kill(process.pid, 0))).to.equal(true);
    expect(await guarded(async () => process.kill(2 ** 22 + 1, "SIGTERM"))).to.equal("kill ESRCH");
  });

  it("tells several at once apart", async () => {
    const ended = guarded(async () => setTimeout(1).then(() => process.exit(2)));
    const alive = guarded(async () => setTimeout(3).then(() => "alive"));
    expect(await Promise.all([ended, alive])).to.deep.equal(["refused process.exit(2)", "alive"]);
  });

  it("blames the inner one of two", async () => {
    const outer = guarded(() =>
      guardExit(
        async () => process.exit(3),
        (call) => new Error(`inner ${call}`),
      ),
    );
    expect(await outer).to.equal("inner process.exit(3)");
  });
});
