import { expect } from "chai";
import fc from "fast-check";
import { schedule } from "../../../src/execution/scheduler.ts";
import { criticalPath } from "../../../src/planning/critical-path.ts";
import { ManualClock } from "./manual-clock.ts";

interface RandomNode {
  readonly name: string;
  readonly dependsOn: string[];
  /** How long each attempt takes. */
  readonly ms: number;
  /** How many attempts fail before one succeeds. */
  readonly failures: number;
  readonly timeoutMs: number | undefined;
}

const graph = ({ failing }: { readonly failing: boolean }) =>
  fc.integer({ min: 1, max: 25 }).chain((size) =>
    fc.tuple(
      ...Array.from({ length: size }, (_, i) =>
        fc.record<RandomNode>({
          name: fc.constant(`n${i}`),
          dependsOn: fc.subarray(
            Array.from({ length: i }, (_, j) => `n${j}`),
            { maxLength: Math.min(4, i) },
          ),
          ms: fc.integer({ min: 0, max: 20 }),
          failures: failing ? fc.constantFrom(0, 0, 0, 1, 2, 99) : fc.constant(0),
          timeoutMs: failing ? fc.constantFrom(undefined, undefined, 10) : fc.constant(undefined),
        }),
      ),
    ),
  );

const attempts = 3;
const willSucceed = ({ ms, failures, timeoutMs }: RandomNode) =>
  failures < attempts && (timeoutMs === undefined || ms < timeoutMs);

describe("the laws of the schedule", () => {
  it("hold on random graphs with random failures, retries, timeouts, limits and cancellations", async () => {
    const law = async (
      all: readonly RandomNode[],
      maxParallel: number,
      failFast: boolean,
      cancelAt: number | undefined,
    ) => {
      const clock = new ManualClock();
      const controller = new AbortController();
      const byName = new Map(all.map((node) => [node.name, node]));
      const succeeded = new Set<string>();
      const terminal = new Map<string, string>();
      const culprits = new Map<string, string>();
      let active = 0;
      const running = schedule({
        nodes: all,
        maxParallel,
        failFast,
        clock,
        signal: controller.signal,
        priorities: criticalPath(
          all.map(({ name, dependsOn }) => ({ name, dependsOn: dependsOn.map((node) => ({ node })) })),
        ),
        timeoutMs: (name) => byName.get(name)?.timeoutMs,
        retryDelay: (_node, attempt) => (attempt < attempts ? 5 : undefined),
        execute: async (name, attempt, signal) => {
          const node = byName.get(name);
          active += 1;
          try {
            expect(active).to.be.at.most(maxParallel);
            expect(attempt).to.be.at.most(attempts);
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
          if (to.state === "skipped") {
            culprits.set(name, to.because);
            if (to.via !== undefined) expect(byName.get(name)?.dependsOn).to.include(to.via);
            else if (!failFast) expect(byName.get(name)?.dependsOn).to.include(to.because);
          }
          if (["success", "failed", "skipped", "cancelled"].includes(to.state)) terminal.set(name, to.state);
        },
      });
      if (cancelAt !== undefined) void clock.sleep(cancelAt).then(() => controller.abort());
      await clock.run();
      const states = await running;
      expect(active).to.equal(0);
      expect(Object.fromEntries(states)).to.deep.equal(Object.fromEntries(terminal));
      expect(terminal.size).to.equal(all.length);
      for (const culprit of culprits.values()) expect(terminal.get(culprit)).to.equal("failed");
      if (cancelAt !== undefined) return;
      const failed = [...terminal.values()].filter((state) => state === "failed").length;
      for (const node of all) {
        const blocked = node.dependsOn.some((need) => !succeeded.has(need));
        const state = terminal.get(node.name);
        if (!failFast || failed === 0) {
          expect(state).to.equal(blocked ? "skipped" : willSucceed(node) ? "success" : "failed");
        } else if (blocked) {
          expect(state).to.equal("skipped");
        } else {
          expect(state).to.not.equal(willSucceed(node) ? "failed" : "success");
        }
      }
    };
    await fc.assert(
      fc.asyncProperty(
        graph({ failing: true }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
        law,
      ),
      { numRuns: 300 },
    );
  });

  it("bound the time by the critical path and the work, as list scheduling does", async () => {
    const law = async (all: readonly RandomNode[], maxParallel: number) => {
      const msOf = new Map(all.map(({ name, ms }) => [name, ms]));
      const linked = all.map(({ name, dependsOn }) => ({
        name,
        dependsOn: dependsOn.map((node) => ({ node })),
      }));
      const priorities = criticalPath(linked, (name) => msOf.get(name));
      const longest = Math.max(...priorities.values());
      const work = all.reduce((sum, { ms }) => sum + ms, 0);
      const makespan = async (places: number): Promise<number> => {
        const clock = new ManualClock();
        const execute = (name: string) => clock.sleep(msOf.get(name) ?? 0);
        const running = schedule({ nodes: all, maxParallel: places, priorities, clock, execute });
        await clock.run();
        await running;
        return clock.now();
      };
      const ms = await makespan(maxParallel);
      expect(ms).to.be.at.least(Math.max(longest, work / maxParallel));
      // Graham, 1969.
      expect(ms).to.be.at.most(work / maxParallel + longest * (1 - 1 / maxParallel) + 1e-9);
      expect(await makespan(all.length)).to.equal(longest);
    };
    await fc.assert(fc.asyncProperty(graph({ failing: false }), fc.integer({ min: 1, max: 6 }), law), {
      numRuns: 200,
    });
  });
});
