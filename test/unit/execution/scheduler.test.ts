import { expect } from "chai";
import { abortReason } from "../../../src/core/abort.ts";
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
        to.state === "skipped"
          ? ` (${[to.because, ...(to.via === undefined ? [] : [to.via])].join(" via ")})`
          : "attempt" in to && to.attempt
            ? ` ${to.attempt}`
            : "";
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

  it("gives a free place to the node with the longest way to go, however it waits", async () => {
    const order: string[] = [];
    await schedule(
      options({
        nodes: nodes("a", "b", "c", "d a", "e d"),
        maxParallel: 1,
        priorities: new Map([
          ["a", 2],
          ["b", 3],
          ["c", 5],
          ["d", 9],
          ["e", 1],
        ]),
        execute: async (node) => void order.push(node),
      }),
    );
    expect(order).to.deep.equal(["c", "b", "a", "d", "e"]);
  });

  it("cleans up after every attempt before anybody is told of its end, also of work left behind", async () => {
    const clock = new ManualClock();
    const { lines, onTransition } = transitionLog();
    const running = schedule(
      options({
        nodes: nodes("flaky", "deaf flaky"),
        clock,
        graceMs: 500,
        timeoutMs: (node) => (node === "deaf" ? 1_000 : undefined),
        retryDelay: (node, attempt) => (node === "flaky" && attempt === 1 ? 10 : undefined),
        execute: async (node, attempt) => {
          if (node === "deaf") await new Promise<never>(() => {});
          if (attempt === 1) throw new Error("once");
        },
        cleanUp: async (node, attempt) => {
          await clock.sleep(5);
          lines.push(`${node} cleaned up ${attempt}`);
        },
        onTransition,
      }),
    );
    await clock.run();
    await running;
    expect(lines).to.deep.equal([
      "flaky ready",
      "flaky running 1",
      "flaky cleaned up 1",
      "flaky retrying 1",
      "flaky running 2",
      "flaky cleaned up 2",
      "flaky success 2",
      "deaf ready",
      "deaf running 1",
      "deaf cleaned up 1",
      "deaf failed 1",
    ]);
  });

  it("tells what was left running that its attempt is over", async () => {
    let left: AbortSignal | undefined;
    await schedule(
      options({
        nodes: nodes("a"),
        execute: async (_node, _attempt, signal) => {
          left = signal;
          expect(signal.aborted).to.equal(false);
        },
      }),
    );
    expect(left?.aborted).to.equal(true);
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
    expect(lines).to.include.members(["c skipped (a)", "d skipped (a via c)"]);
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
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      name: `n${i}`,
      dependsOn: i === 0 ? [] : ["n0"],
    }));
    const before = performance.now();
    await schedule(options({ nodes: many, maxParallel: 8, execute: () => Promise.resolve() }));
    expect((performance.now() - before) / many.length).to.be.below(1);
  });
});
