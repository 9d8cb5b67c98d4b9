import { expect } from "chai";
import { differenceWarning, outcomeTable, statusTable } from "../../../src/cli/backfill/backfill-table.ts";
import { differences } from "../../../src/cli/backfill/run-differences.ts";
import { runWindows, type WindowOutcome } from "../../../src/cli/backfill/run-windows.ts";
import {
  isWanted,
  type Only,
  type WindowStatus,
  windowStatuses,
} from "../../../src/cli/backfill/window-status.ts";
import { splitWindows } from "../../../src/planning/split-windows.ts";
import type { RunDetails, RunRecord, RunState } from "../../../src/state/run-store.ts";

const days = splitWindows("2001-01-01", "2001-01-05", "day");

function run(day: string, state: RunState, of: Partial<RunRecord> = {}): RunRecord {
  const startedAt = "2024-01-01T00:00:00.000Z";
  return { runId: `${day}-${state}`, pipeline: "p", state, startDate: day, endDate: day, startedAt, ...of };
}

/** Newest first. */
const runs = [
  run("2001-01-01", "success"),
  run("2001-01-02", "failed"),
  run("2001-01-02", "success"),
  run("2001-01-03", "cancelled"),
  run("2001-01-04", "running"),
  run("2001-01-04", "failed"),
  run("2001-01-05", "success", { endDate: "2001-01-06" }),
];

const plain = (_style: unknown, text: string): string => text;

function wanted(only: Only): string[] {
  return windowStatuses(days, runs, {})
    .filter((status) => isWanted(status, only))
    .map(({ window }) => window.startDate.slice(8));
}

describe("the windows of a backfill", () => {
  it("are those without a successful run, those whose last run failed, or all", () => {
    expect(wanted("missing")).to.deep.equal(["03", "04", "05"]);
    expect(wanted("failed")).to.deep.equal(["02", "03"]);
    expect(wanted("all")).to.deep.equal(["01", "02", "03", "04", "05"]);
  });

  it("count runs of the same nodes and environment, and of all nodes for some", () => {
    const [first] = days;
    const last = (select: string[] | undefined, environment: string | undefined, asked: string[]) =>
      windowStatuses(
        first === undefined ? [] : [first],
        [
          run("2001-01-01", "success", {
            request: {
              options: { startDate: "2001-01-01", ...(select !== undefined && { select }) },
              ...(environment !== undefined && { environment }),
            },
          }),
        ],
        { select: asked },
      )[0]?.last;
    expect(last(undefined, undefined, [])).to.equal("success");
    expect(last(undefined, undefined, ["a"])).to.equal("success");
    expect(last(["a"], undefined, ["a"])).to.equal("success");
    expect(last(["a"], undefined, ["b"])).to.equal("never");
    expect(last(["a"], undefined, [])).to.equal("never");
    expect(last(undefined, "prod", [])).to.equal("never");
  });

  it("are listed with their state", () => {
    const statuses = windowStatuses(days, runs, {});
    expect(statusTable(statuses, (status) => isWanted(status, "missing"), plain)).to.deep.equal([
      "WINDOW      LAST RUN   BACKFILL",
      "2001-01-01  succeeded  -",
      "2001-01-02  failed     -",
      "2001-01-03  cancelled  would run",
      "2001-01-04  running    would run",
      "2001-01-05  never run  would run",
    ]);
  });

  it("end in a table of what became of each", () => {
    const statuses = windowStatuses(days.slice(0, 3), runs, {});
    const [, second, third] = statuses;
    const outcomes = new Map<(typeof statuses)[number], WindowOutcome>();
    if (second !== undefined)
      outcomes.set(second, { state: "success", durationMs: 4_200, rows: 1234n, runId: "r" });
    if (third !== undefined)
      outcomes.set(third, { state: "failed", durationMs: 100, message: "load: no\nluck" });
    expect(outcomeTable(statuses, outcomes, plain, 80)).to.deep.equal([
      "WINDOW      STATE             DURATION   ROWS",
      "2001-01-01  succeeded before         -      -",
      "2001-01-02  succeeded            4.2 s  1,234",
      "2001-01-03  failed              100 ms      -  load: no\\nluck",
    ]);
  });
});

describe("what a window succeeded with", () => {
  const print = { config: "c", code: "k", parameters: "p", window: "w" };
  const success = (
    hyperparams: Readonly<Record<string, unknown>> | undefined,
    changes: Partial<typeof print> = {},
  ): RunDetails => {
    const attempt = {
      attempt: 1,
      state: "success" as const,
      startedAt: "",
      fingerprint: { ...print, ...changes },
    };
    const options = hyperparams === undefined ? {} : { hyperparams };
    return {
      ...run("2001-01-01", "success", { request: { options } }),
      nodes: [{ name: "n", dependsOn: [], state: "success", attempts: [attempt] }],
      operations: [],
      datasets: [],
      checks: [],
    };
  };
  const asked = (hyperparams?: Readonly<Record<string, unknown>>) => ({
    hyperparams,
    fingerprints: new Map([["n", { ...print, window: "another" }]]),
  });

  it("is told where it is not what is asked for now", () => {
    expect(differences(success(undefined), asked())).to.equal(undefined);
    expect(differences(success({ a: 1, b: { c: "x" } }), asked({ b: { c: "x" }, a: 1 }))).to.equal(undefined);
    expect(differences(success({ region: "eu" }, { parameters: "q" }), asked({ region: "us" }))).to.equal(
      '--param region="eu"',
    );
    expect(differences(success(undefined, { parameters: "q" }), asked({ region: "us" }))).to.equal(
      "no --param",
    );
    expect(differences(success(undefined, { parameters: "q" }), asked())).to.equal("other parameters");
    expect(differences(success({ a: 1 }, { code: "old", config: "d" }), asked())).to.equal(
      "--param a=1 and other config and code",
    );
  });

  it("stands beside the window, and once for all of them with how to force them", () => {
    const [first, second] = windowStatuses(days, runs, {});
    const statuses = [{ ...first, differs: '--param region="eu"' }, second] as WindowStatus[];
    expect(statusTable(statuses, () => false, plain)).to.deep.equal([
      "WINDOW      LAST RUN   BACKFILL",
      '2001-01-01  succeeded  -         succeeded with --param region="eu"',
      "2001-01-02  failed     -",
    ]);
    expect(outcomeTable(statuses, new Map(), plain, 90)[1]).to.contain('succeeded with --param region="eu"');
    expect(differenceWarning(statuses)).to.equal(
      '1 window is left alone: it succeeded before, but with --param region="eu", which is not what is asked for now; run all again with --only all',
    );
    expect(differenceWarning(statuses.slice(1))).to.equal(undefined);
  });
});

describe("runWindows", () => {
  /** Runs windows 1 to 6 until they are told to end, and remembers how many ran at once. */
  async function simulate(options: {
    parallel: number;
    startAlone?: boolean;
    failFast?: boolean;
    failing?: number;
    abortAfter?: number;
  }) {
    const controller = new AbortController();
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const beside: number[] = [];
    const outcomes = await runWindows({
      windows: [1, 2, 3, 4, 5, 6],
      parallel: options.parallel,
      startAlone: options.startAlone ?? false,
      failFast: options.failFast ?? false,
      signal: controller.signal,
      run: async (window, signal) => {
        started.push(window);
        beside.push(++running);
        most = Math.max(most, running);
        await Promise.resolve();
        await Promise.resolve();
        running--;
        if (window === options.abortAfter) controller.abort();
        if (signal.aborted) return { state: "cancelled", durationMs: 1 };
        if (window === options.failing) return { state: "failed", durationMs: 1 };
        return { state: "success", durationMs: 1, rows: 0n, runId: "r" };
      },
    });
    return { started, most, beside, states: [...outcomes.values()].map(({ state }) => state) };
  }

  it("runs as many at once as asked, all of them, whichever fails", async () => {
    for (const parallel of [1, 2, 6, 9]) {
      const { started, most, states } = await simulate({ parallel, failing: 2 });
      expect(started).to.deep.equal([1, 2, 3, 4, 5, 6]);
      expect(most).to.equal(Math.min(parallel, 6));
      expect(states).to.deep.equal(["success", "failed", "success", "success", "success", "success"]);
    }
  });

  it("runs one alone until one has succeeded, when asked", async () => {
    const { beside } = await simulate({ parallel: 3, startAlone: true, failing: 1 });
    expect(beside.slice(0, 5)).to.deep.equal([1, 1, 1, 2, 3]);
  });

  it("stops at the first failure when asked, and at Ctrl-C", async () => {
    expect((await simulate({ parallel: 1, failing: 2, failFast: true })).states).to.deep.equal([
      "success",
      "failed",
      ...Array<string>(4).fill("not_started"),
    ]);
    expect((await simulate({ parallel: 1, abortAfter: 3 })).states).to.deep.equal([
      "success",
      "success",
      "cancelled",
      ...Array<string>(3).fill("not_started"),
    ]);
  });
});
