import { expect } from "chai";
import { summaryTable } from "../../../src/cli/run/summary.ts";
import type { RunEventBody } from "../../../src/events/run-event.ts";
import { SummaryTally } from "../../../src/execution/summary.ts";

describe("the summary of a run that goes on", () => {
  it("has the times that what is kept took, and none of what nobody saw the end of", () => {
    const names = ["kept", "settled", "again"];
    const tally = new SummaryTally(names);
    const times = {
      startedAt: "2026-01-01T00:00:00.000Z",
      endedAt: "2026-01-01T00:00:09.000Z",
      durationMs: 9_000,
    };
    const of = { dependsOn: [], reason: "r", attempts: 1 };
    const written = { dataset: "d", mode: "append", outcome: "written", rows: 7n, durationMs: 3 } as const;
    const bodies: RunEventBody[] = [
      {
        type: "run_resumed",
        pipeline: "p",
        window: undefined,
        maxParallelNodes: 1,
        epoch: 2,
        nodes: [
          { ...of, name: "kept", decision: "keep", rows: 7n, datasets: [written], ...times },
          { ...of, name: "settled", decision: "settled", rows: 0n, datasets: [] },
          { ...of, name: "again", decision: "run" },
        ],
      },
      { type: "node_started", node: "again", attempt: 2 },
      { type: "node_succeeded", node: "again", attempt: 2, durationMs: 20, rows: 0n },
    ];
    const at = "2026-01-02T00:00:00.000Z";
    for (const [index, body] of bodies.entries())
      tally.add({ v: 1, runId: "r", seq: index + 1, at, ...body });
    const summary = tally.finish({ runId: "r", pipeline: "p", status: "success", durationMs: 30 });
    expect(summary.nodes).to.deep.equal([
      { name: "kept", status: "success", attempts: 1, rows: 7n, datasets: [written], ...times },
      { name: "settled", status: "success", attempts: 1, rows: 0n, datasets: [], durationMs: 0 },
      {
        name: "again",
        status: "success",
        attempts: 2,
        rows: 0n,
        datasets: [],
        startedAt: at,
        endedAt: at,
        durationMs: 20,
      },
    ]);
    expect(
      summaryTable(summary, (_, text) => text)
        .split("\n")
        .slice(1, 5),
    ).to.deep.equal([
      "NODE     STATUS                  DURATION  DATASET  ROWS",
      "kept     completed                  9.0 s  d           7",
      "settled  completed                      -  -           -",
      "again    completed (2 attempts)     20 ms  -           -",
    ]);
  });
});
