import { expect } from "chai";
import { liveLines } from "../../../src/cli/run/live-lines.ts";
import { logLine } from "../../../src/cli/run/log-line.ts";
import { RunView } from "../../../src/cli/run/run-view.ts";
import { failureReport, summaryTable } from "../../../src/cli/run/summary.ts";
import { displayWidth } from "../../../src/cli/terminal/display-width.ts";
import type { RunEventBody } from "../../../src/events/run-event.ts";
import type { RunSummary } from "../../../src/events/run-summary.ts";

const paint = (_: unknown, text: string) => text;
const start = Date.parse("2026-01-01T00:00:00.000Z");

function event(body: RunEventBody, atMs = 0) {
  return { v: 1, runId: "run-1", seq: 1, at: new Date(start + atMs).toISOString(), ...body } as const;
}

const started = event({
  type: "run_started",
  pipeline: "daily_etl",
  window: { startDate: "2001-01-01", endDate: "2001-01-31" },
  maxParallelNodes: 4,
  nodes: [
    { name: "extract", dependsOn: [] },
    { name: "load", dependsOn: [] },
    { name: "clean", dependsOn: ["extract", "load"] },
    { name: "rank", dependsOn: ["clean"] },
  ],
});
const error = {
  code: "SPARK_X",
  message: "no such\ntable",
  causes: [{ message: "deep" }],
  hint: "Create it.",
};

function viewOf(...events: ReturnType<typeof event>[]): RunView {
  const view = new RunView();
  for (const each of [started, ...events]) view.apply(each);
  return view;
}

const middle = [
  event({ type: "node_started", node: "extract", attempt: 1 }),
  event({ type: "node_started", node: "load", attempt: 1 }),
  event({ type: "node_succeeded", node: "load", attempt: 1, durationMs: 850, rows: 3376n }),
  event({
    type: "node_progress",
    node: "extract",
    attempt: 1,
    operationId: "op",
    stages: { done: 1, total: 2 },
    tasks: { done: 3, total: 8 },
    bytesRead: 0n,
  }),
];

describe("cli: a run on the terminal", () => {
  it("shows state, time, progress of Spark and what a node waits for", () => {
    const lines = liveLines(viewOf(...middle), { now: start + 1_200, status: undefined, paint }, 80, 24);
    expect(lines.map((line) => line.slice(2))).to.deep.equal([
      "extract    1.2 s  stages 1/2, tasks 3/8",
      "load      850 ms  3,376 rows",
      "clean             waits for extract",
      "rank              waits for clean",
    ]);
    expect(lines.map((line) => line[0]).slice(1)).to.deep.equal(["✓", "·", "·"]);
  });

  it("never draws wider or higher than it may, and keeps what matters most", () => {
    const view = viewOf(...middle);
    for (let columns = 4; columns < 60; columns++) {
      for (const rows of [2, 3, 4, 5, 30]) {
        const lines = liveLines(view, { now: start, status: "starting Spark", paint }, columns, rows);
        expect(lines.length).to.be.at.most(Math.max(rows, 3));
        for (const line of lines) expect(displayWidth(line)).to.be.at.most(columns);
      }
    }
    const [first, more] = liveLines(view, { now: start, status: undefined, paint }, 80, 2);
    expect(first).to.include("extract");
    expect(more).to.equal("… and 3 more");
  });

  it("shows retries, failures and what was skipped for them", () => {
    const view = viewOf(
      ...middle,
      event({ type: "node_retrying", node: "extract", attempt: 1, delayMs: 500, error }),
      event({ type: "node_started", node: "extract", attempt: 2 }, 3_000),
      event({ type: "node_failed", node: "extract", attempt: 2, durationMs: 4_000, error }),
      event({ type: "node_skipped", node: "clean", because: "extract" }),
    );
    const lines = liveLines(view, { now: start, status: undefined, paint }, 80, 24);
    expect(lines[0]).to.equal("✗ extract    4.0 s  no such\\ntable");
    expect(lines[2]).to.equal("- clean             skipped because extract failed");
  });

  it("says every step as a line where nothing is drawn", () => {
    const line = (body: RunEventBody) => logLine(event(body));
    expect(logLine(started)).to.deep.equal({
      level: "info",
      message: "daily_etl: run run-1 of 4 nodes, 2001-01-01 to 2001-01-31, at most 4 at once",
    });
    expect(line({ type: "node_started", node: "a", attempt: 2 })?.message).to.equal("a started (attempt 2)");
    expect(
      line({
        type: "dataset_written",
        node: "a",
        attempt: 1,
        dataset: "gold.x",
        mode: "overwrite",
        outcome: "written",
        rows: 1n,
        durationMs: 1_500,
      })?.message,
    ).to.equal("a wrote gold.x (overwrite, 1 row, 1.5 s)");
    expect(
      line({ type: "node_log", node: "a", level: "warn", message: "odd", fields: { rows: 2n } }),
    ).to.deep.equal({
      level: "warn",
      message: "a: odd rows=2",
    });
    expect(line({ type: "node_retrying", node: "a", attempt: 1, delayMs: 500, error })).to.deep.equal({
      level: "warn",
      message: "a failed and is tried again in 500 ms: no such\ntable",
    });
  });

  const summary: RunSummary = {
    runId: "run-1",
    pipeline: "daily_etl",
    status: "failed",
    startedAt: "2026-01-01T00:00:00.000Z",
    durationMs: 5_000,
    completed: 1,
    failed: 1,
    skipped: 1,
    cancelled: 0,
    rows: 3_376n,
    nodes: [
      {
        name: "load",
        status: "success",
        attempts: 1,
        endedAt: "2026-01-01T00:00:00.850Z",
        durationMs: 850,
        rows: 3_376n,
        datasets: [
          {
            dataset: "bronze.airports",
            mode: "overwrite",
            outcome: "written",
            rows: 3_376n,
            durationMs: 700,
          },
          { dataset: "bronze.other", mode: "ignore", outcome: "ignored", rows: 0n, durationMs: 7 },
        ],
      },
      {
        name: "extract",
        status: "failed",
        attempts: 2,
        endedAt: "2026-01-01T00:00:04.850Z",
        durationMs: 4_000,
        datasets: [],
        error,
      },
      { name: "clean", status: "skipped", attempts: 0, durationMs: 0, datasets: [], because: "extract" },
    ],
  };

  it("ends with a table of nodes, datasets and rows", () => {
    expect(summaryTable(summary, paint)).to.equal(`
NODE     STATUS               DURATION  DATASET             ROWS
load     completed              850 ms  bronze.airports    3,376
                                        bronze.other     ignored
extract  failed (2 attempts)     4.0 s  -                      -
clean    skipped (extract)           -  -                      -

daily_etl failed: 1 completed, 1 failed, 1 skipped, 3,376 rows, 5.0 s
run run-1
`);
  });

  it("and with every failure in full", () => {
    expect(failureReport(summary, { paint, cwd: "/", columns: 80, stacks: false })).to.equal(
      "error[SPARK_X] extract: no such\n    table\n  cause: deep\n  hint: Create it.\n",
    );
  });
});
