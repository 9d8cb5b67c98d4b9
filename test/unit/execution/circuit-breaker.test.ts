import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { RunEventBody } from "../../../src/events/run-event.ts";
import { CircuitBreaker } from "../../../src/execution/circuit-breaker.ts";
import type { NodeTransition } from "../../../src/execution/schedule-options.ts";
import { schedule } from "../../../src/execution/scheduler.ts";
import type { RunStore } from "../../../src/state/run-store.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { ManualClock } from "./manual-clock.ts";

describe("CircuitBreaker", () => {
  let folder: string;
  let store: RunStore;
  let clock: ManualClock;
  let events: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "circuit-"));
    store = openRunStore(folder);
    clock = new ManualClock();
    events = [];
  });
  afterEach(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  const breaker = (threshold = 2) =>
    new CircuitBreaker({
      pipeline: "p",
      config: { threshold, timeoutMs: 1_000 },
      store: store.circuits,
      clock,
      describe: (error) => ({ code: "NODE_THREW", message: String(error), causes: [] }),
      publish: ({ type }: RunEventBody) => void events.push(type),
    });

  interface Outcome {
    readonly lines: readonly string[];
    readonly started: readonly string[];
    readonly most: number;
  }

  /** Nodes named `bad…` fail after 10 ms, others succeed after 20 ms. */
  async function run(names: readonly string[], maxParallel: number, retries = 0): Promise<Outcome> {
    const lines: string[] = [];
    const started: string[] = [];
    let [active, most] = [0, 0];
    const running = schedule({
      nodes: names.map((name) => ({ name, dependsOn: name.startsWith("below ") ? [name.slice(6)] : [] })),
      maxParallel,
      gate: breaker(),
      clock,
      retryDelay: (_node, attempt) => (attempt <= retries ? 500 : undefined),
      execute: async (node) => {
        started.push(node);
        active += 1;
        most = Math.max(most, active);
        await clock.sleep(node.startsWith("bad") ? 10 : 20);
        active -= 1;
        if (node.startsWith("bad")) throw new Error(`${node} broke`);
      },
      onTransition: (node, to: NodeTransition<void>) => {
        if (["ready", "running"].includes(to.state)) return;
        const error = "error" in to ? to.error : undefined;
        const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
        lines.push(
          [node, to.state, ...("because" in to ? [to.because] : []), ...(code ? [code] : [])].join(" "),
        );
      },
    });
    await clock.run();
    await running;
    return { lines, started, most };
  }

  it("skips what has not started and lets what runs end", async () => {
    const { lines } = await run(["bad1", "bad2", "good", "later", "below good"], 2);
    expect(lines).to.deep.equal([
      "bad1 failed",
      "bad2 failed",
      "later skipped bad2 RUN_CIRCUIT_OPEN",
      "below good skipped bad2 RUN_CIRCUIT_OPEN",
      "good success",
    ]);
    expect(events).to.deep.equal(["circuit_opened"]);
  });

  it("gives up what waits for another attempt, and keeps why it failed", async () => {
    const { lines } = await run(["bad1", "bad2"], 2, 3);
    expect(lines).to.deep.equal(["bad1 retrying", "bad2 failed", "bad1 failed RUN_CIRCUIT_OPEN"]);
  });

  it("refuses the next run, in another process too, until its time has passed", async () => {
    await run(["bad1", "bad2"], 1);
    store.close();
    store = openRunStore(folder);
    let thrown: unknown;
    try {
      breaker().admitRun();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).to.include({ code: "RUN_CIRCUIT_OPEN" });
    expect((thrown as Error).message).to.match(
      /open since 1970-01-01T00:00:00\.020Z until 1970-01-01T00:00:01\.020Z, after 2 failed .*'bad2': Error: bad2 broke/,
    );
  });

  it("tries one node at a time afterwards; a success closes it", async () => {
    await run(["bad1", "bad2"], 1);
    await Promise.all([clock.sleep(1_000), clock.run()]);
    breaker().admitRun();
    const { lines, most, started } = await run(["good1", "good2", "good3"], 3);
    expect(started).to.deep.equal(["good1", "good2", "good3"]);
    expect(lines).to.deep.equal(["good1 success", "good2 success", "good3 success"]);
    expect(most).to.equal(2);
    expect(events).to.deep.equal(["circuit_opened", "circuit_half_opened", "circuit_closed"]);
    expect(store.circuits.load("p")).to.deep.equal({ state: "closed", failures: 0 });
  });

  it("a failure of the one that is tried opens it again", async () => {
    await run(["bad1", "bad2"], 1);
    await Promise.all([clock.sleep(1_000), clock.run()]);
    const { lines, started } = await run(["bad3", "good"], 2);
    expect(started).to.deep.equal(["bad3"]);
    expect(lines).to.deep.equal(["bad3 failed", "good skipped bad3 RUN_CIRCUIT_OPEN"]);
    expect(events).to.deep.equal(["circuit_opened", "circuit_half_opened", "circuit_opened"]);
  });

  it("leaves other pipelines alone", async () => {
    await run(["bad1", "bad2"], 1);
    expect(store.circuits.load("q")).to.deep.equal({ state: "closed", failures: 0 });
  });
});
