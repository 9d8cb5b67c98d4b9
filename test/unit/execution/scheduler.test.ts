import { expect } from "chai";
import fc from "fast-check";
import { abortReason } from "../../../src/core/abort.ts";
import type { Clock } from "../../../src/core/clock.ts";
import { SparkwrightError } from "../../../src/core/error.ts";
import type {
  NodeTransition,
  ScheduledNode,
  ScheduleOptions,
} from "../../../src/execution/schedule-options.ts";
import { schedule } from "../../../src/execution/scheduler.ts";
import { ManualClock } from "./manual-clock.ts";

interface Log {
  readonly lines: string[];
  readonly onTransition: (node: string, to: NodeTransition<unknown>) => void;
}

function transitionLog(): Log {
  const lines: string[] = [];
  return {
    lines,
    onTransition: (node, to) => {
      const extra =
        to.state === "skipped" ? ` (${to.because})` : "attempt" in to && to.attempt ? ` ${to.attempt}` : "";
      lines.push(`${node} ${to.state}${extra}`);
    },
  };
}

const nodes = (...lines: string[]): ScheduledNode[] =>
  lines.map((line) => {
    const [name = "", ...dependsOn] = line.split(" ");
    return { name, dependsOn };
  });

const whenAborted = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(abortReason(signal));
    signal.addEventListener("abort", () => reject(abortReason(signal)));
  });

const options = <R>(some: Partial<ScheduleOptions<R>> & Pick<ScheduleOptions<R>, "nodes" | "execute">) => ({
  maxParallel: 4,
  ...some,
});

describe("schedule", () => {
  it("starts a node the moment its inputs are ready, not when a level is done", async () => {
    const clock = new ManualClock();
    const takes: Record<string, number> = { fast: 1, slow: 10, afterFast: 1, afterBoth: 1 };
    const startedAt: Record<string, number> = {};
    const running = schedule(
      options({
        nodes: nodes("fast", "slow", "afterFast fast", "afterBoth fast slow"),
        execute: async (node) => {
          startedAt[node] = clock.now();
          await clock.sleep(takes[node] ?? 0);
        },
        clock,
      }),
    );
    await clock.run();
    await running;
    expect(startedAt).to.deep.equal({ fast: 0, slow: 0, afterFast: 1, afterBoth: 10 });
  });

  it("gives a free place to the node that comes first in the plan", async () => {
    const order: string[] = [];
    await schedule(
      options({
        nodes: nodes("a", "z", "y", "b a", "c b"),
        maxParallel: 1,
        execute: async (node) => void order.push(node),
      }),
    );
    expect(order).to.deep.equal(["a", "z", "y", "b", "c"]);
  });

  it("skips everything downstream of a failure, says because of whom, and goes on with the rest", async () => {
    const { lines, onTransition } = transitionLog();
    const states = await schedule(
      options({
        nodes: nodes("a", "b", "c a", "d c b", "e b"),
        maxParallel: 1,
        execute: async (node) => {
          if (node === "a") throw new Error("boom");
        },
        onTransition,
      }),
    );
    expect(Object.fromEntries(states)).to.deep.equal({
      a: "failed",
      b: "success",
      c: "skipped",
      d: "skipped",
      e: "success",
    });
    expect(lines).to.include.members(["c skipped (a)", "d skipped (a)"]);
  });

  it("stops what runs and what waits at the first failure with failFast", async () => {
    const { lines, onTransition } = transitionLog();
    const states = await schedule(
      options({
        nodes: nodes("a", "b", "c", "d b"),
        maxParallel: 2,
        failFast: true,
        execute: async (node, _attempt, signal) => {
          if (node === "b") throw new Error("boom");
          await whenAborted(signal);
        },
        onTransition,
      }),
    );
    expect(Object.fromEntries(states)).to.deep.equal({
      a: "cancelled",
      b: "failed",
      c: "skipped",
      d: "skipped",
    });
    expect(lines).to.include.members(["c skipped (b)", "d skipped (b)"]);
  });

  it("cancels running and waiting nodes when its signal aborts, and waits for the running ones", async () => {
    const controller = new AbortController();
    let ended = false;
    const running = schedule(
      options({
        nodes: nodes("a", "b", "c a"),
        maxParallel: 1,
        signal: controller.signal,
        execute: async (_node, _attempt, signal) => {
          await whenAborted(signal).catch(() => {});
          await new Promise(setImmediate);
          ended = true;
          throw abortReason(signal);
        },
      }),
    );
    await new Promise(setImmediate);
    controller.abort();
    expect(Object.fromEntries(await running)).to.deep.equal({
      a: "cancelled",
      b: "cancelled",
      c: "cancelled",
    });
    expect(ended).to.equal(true);
  });

  it("starts nothing when the signal was aborted before", async () => {
    const states = await schedule(
      options({
        nodes: nodes("a", "b a"),
        signal: AbortSignal.abort(),
        execute: () => Promise.reject(new Error("must not run")),
      }),
    );
    expect([...states.values()]).to.deep.equal(["cancelled", "cancelled"]);
  });

  it("keeps the success of a node that finished although it was told to stop", async () => {
    const controller = new AbortController();
    const states = await schedule(
      options({
        nodes: nodes("a", "b a"),
        signal: controller.signal,
        execute: async () => controller.abort(),
      }),
    );
    expect(Object.fromEntries(states)).to.deep.equal({ a: "success", b: "cancelled" });
  });

  it("tries again after the delay without holding its place", async () => {
    const clock = new ManualClock();
    const { lines, onTransition } = transitionLog();
    const running = schedule(
      options({
        nodes: nodes("flaky", "other"),
        maxParallel: 1,
        clock,
        onTransition,
        retryDelay: (_node, attempt) => (attempt < 3 ? attempt * 100 : undefined),
        execute: async (node, attempt) => {
          if (node === "flaky" && attempt < 3) throw "not yet";
          await clock.sleep(10);
        },
      }),
    );
    await clock.run();
    await running;
    expect(lines).to.deep.equal([
      "flaky ready",
      "other ready",
      "flaky running 1",
      "flaky retrying 1",
      "other running 1",
      "other success 1",
      "flaky running 2",
      "flaky retrying 2",
      "flaky running 3",
      "flaky success 3",
    ]);
    expect(clock.now()).to.equal(310);
  });

  it("fails with what was thrown, of whatever kind, also synchronously", async () => {
    const errors: unknown[] = [];
    await schedule(
      options({
        nodes: nodes("a", "b", "c"),
        execute: (node) => {
          if (node === "a") throw undefined;
          return Promise.reject(node === "b" ? 42 : null);
        },
        onTransition: (_node, to) => {
          if (to.state === "failed") errors.push(to.error);
        },
      }),
    );
    expect(errors).to.have.members([undefined, 42, null]);
  });

  it("ends an attempt at its timeout, after its work has stopped", async () => {
    const clock = new ManualClock();
    const errors: unknown[] = [];
    let stoppedAt = -1;
    const running = schedule(
      options({
        nodes: nodes("slow"),
        clock,
        timeoutMs: () => 1_000,
        execute: async (_node, _attempt, signal) => {
          await whenAborted(signal).catch(() => {});
          await clock.sleep(50);
          stoppedAt = clock.now();
          throw abortReason(signal);
        },
        onTransition: (_node, to) => {
          if (to.state === "failed") errors.push(to.error);
        },
      }),
    );
    await clock.run();
    await running;
    expect(stoppedAt).to.equal(1_050);
    expect(errors[0]).to.be.instanceOf(SparkwrightError).with.property("code", "NODE_TIMEOUT");
    expect(clock.pending).to.equal(0);
  });

  it("leaves behind work that ignores its signal", async () => {
    const clock = new ManualClock();
    const errors: unknown[] = [];
    const running = schedule(
      options({
        nodes: nodes("deaf"),
        clock,
        timeoutMs: () => 1_000,
        graceMs: 500,
        execute: () => new Promise<never>(() => {}),
        onTransition: (_node, to) => {
          if (to.state === "failed") errors.push(to.error);
        },
      }),
    );
    await clock.run();
    await running;
    expect(clock.now()).to.equal(1_500);
    expect(errors[0]).to.have.nested.property("details.abandoned", true);
  });

  it("ends with the error of an observer that fails, once the running nodes have ended", async () => {
    let ended = 0;
    const running = schedule(
      options({
        nodes: nodes("a", "b", "c a"),
        execute: async (node, _attempt, signal) => {
          if (node === "a") return;
          await whenAborted(signal).catch(() => {});
          ended += 1;
        },
        onTransition: (node, to) => {
          if (node === "a" && to.state === "success") throw new Error("disk full");
        },
      }),
    );
    let thrown: unknown;
    await running.catch((error: unknown) => {
      thrown = error;
    });
    expect(thrown).to.have.property("message", "disk full");
    expect(ended).to.equal(1);
  });

  it("costs far less than a millisecond per node, with thousands waiting", async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => ({
      name: `n${i}`,
      dependsOn: i === 0 ? [] : ["n0"],
    }));
    const before = performance.now();
    await schedule(options({ nodes: many, maxParallel: 8, execute: () => Promise.resolve() }));
    expect((performance.now() - before) / many.length).to.be.below(1);
  });

  it("holds its laws on random graphs with random failures", async () => {
    const graph = fc.integer({ min: 1, max: 25 }).chain((size) =>
      fc.tuple(
        ...Array.from({ length: size }, (_, i) =>
          fc.record({
            name: fc.constant(`n${i}`),
            dependsOn: fc.subarray(
              Array.from({ length: i }, (_, j) => `n${j}`),
              { maxLength: Math.min(4, i) },
            ),
            ms: fc.integer({ min: 0, max: 20 }),
            failures: fc.constantFrom(0, 0, 0, 1, 2, 99),
          }),
        ),
      ),
    );
    const law = async (
      all: readonly { name: string; dependsOn: string[]; ms: number; failures: number }[],
      maxParallel: number,
      failFast: boolean,
      cancelAt: number | undefined,
    ) => {
      const clock: ManualClock & Clock = new ManualClock();
      const controller = new AbortController();
      const byName = new Map(all.map((node) => [node.name, node]));
      const succeeded = new Set<string>();
      const terminal = new Map<string, string>();
      let active = 0;
      const running = schedule({
        nodes: all,
        maxParallel,
        failFast,
        clock,
        signal: controller.signal,
        retryDelay: (_node, attempt) => (attempt < 3 ? 5 : undefined),
        execute: async (name, attempt, signal) => {
          const node = byName.get(name);
          active += 1;
          try {
            expect(active).to.be.at.most(maxParallel);
            for (const need of node?.dependsOn ?? [])
              expect(succeeded.has(need), `${name} needs ${need}`).to.equal(true);
            await clock.sleep(node?.ms ?? 0, signal);
            if (attempt <= (node?.failures ?? 0)) throw new Error(name);
          } finally {
            active -= 1;
          }
        },
        onTransition: (name, to) => {
          expect(terminal.has(name), `${name} had ended`).to.equal(false);
          if (to.state === "success") succeeded.add(name);
          if (["success", "failed", "skipped", "cancelled"].includes(to.state)) terminal.set(name, to.state);
        },
      });
      if (cancelAt !== undefined) void clock.sleep(cancelAt).then(() => controller.abort());
      await clock.run();
      const states = await running;
      expect(Object.fromEntries(states)).to.deep.equal(Object.fromEntries(terminal));
      expect(terminal.size).to.equal(all.length);
      if (cancelAt === undefined && !failFast) {
        for (const node of all) {
          const blocked = node.dependsOn.some((need) => !succeeded.has(need));
          const expected = blocked ? "skipped" : node.failures >= 3 ? "failed" : "success";
          expect(terminal.get(node.name)).to.equal(expected);
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(
        graph,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
        law,
      ),
      { numRuns: 300 },
    );
  });
});
