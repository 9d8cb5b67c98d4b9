import { spawn } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { type Blocking, watchLoop } from "../../../src/execution/watchdog/loop-watchdog.ts";

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
    const idle = watchdog.attempt("idle", undefined, () => setTimeout(100));
    await watchdog.attempt("busy", undefined, async () => {
      await setTimeout(1);
      spin(3_000);
    });
    await idle;
    await watchdog.stop();
    expect(seen.map(({ node }) => node)).to.deep.equal(["busy"]);
    expect(seen[0]?.ms).to.be.greaterThan(1_000);
    expect(seen[0]?.place).to.match(/loop-watchdog\.test\.ts:\d+$/);
  });

  /** What a child says whose code blocks its loop for good, and the signal that ends it; as a user would, kills it late. */
  async function blockForGood(
    work: string,
    limits: string,
  ): Promise<{ said: string; signal: string | null }> {
    const watchdog = new URL("../../../src/execution/watchdog/loop-watchdog.ts", import.meta.url);
    const code = `
      import { watchLoop } from ${JSON.stringify(watchdog.href)};
      const watchdog = watchLoop({
        thresholdMs: 400,
        onBlocking: () => {},
        lastResort: { fd: 2, runId: "r-1", graceMs: 300, ${limits} },
      });
      setInterval(() => {}, 1_000);
      await watchdog.started;
      void watchdog.attempt("idle", undefined, () => new Promise(() => {}));
      void watchdog.attempt("stuck", ${limits.includes("node") ? 50 : undefined}, async () => { ${work} });`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: "pipe" });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
      if (limits === "" && said.includes("hint:")) child.kill("SIGQUIT");
    });
    const { promise, resolve } = Promise.withResolvers<string | null>();
    child.once("close", (_code, signal) => resolve(signal));
    return { signal: await promise, said };
  }

  it("says who blocks the loop while it is blocked", async () => {
    const { said, signal } = await blockForGood("for (;;) {}", "");
    expect(said).to.match(
      /^warning: node 'stuck' has blocked the event loop for \d.* at .*:\d+; .*\n {2}hint: Ctrl-\\ or kill -KILL \d+ ends the process\.\n$/,
    );
    expect(signal).to.equal("SIGQUIT");
  });

  it("ends the process when the timeout of the node, or of the run, is long over", async () => {
    const ofNode = await blockForGood("for (;;) {}", "/* node */");
    expect(ofNode.said).to.match(
      /\nerror\[NODE_TIMEOUT\] node 'stuck' took longer than its timeout of 50 ms/,
    );
    expect(ofNode.said).to.include("`sparkwright resume r-1` goes on");
    expect(ofNode.signal).to.equal("SIGKILL");
    const outside =
      "process.getBuiltinModule('node:child_process').execSync('sleep 30', { stdio: 'ignore' });";
    const ofRun = await blockForGood(outside, "runTimeoutMs: 60");
    expect(ofRun.said).to.match(/^warning: one of node 'idle', node 'stuck' has blocked/);
    expect(ofRun.said).to.match(/\nerror\[RUN_TIMEOUT\] the run took longer than its timeout of 60 ms/);
    expect(ofRun.signal).to.equal("SIGKILL");
  });
});
