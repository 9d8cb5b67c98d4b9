import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ResumedNode, RunEventBody } from "../../../src/events/run-event.ts";
import type { RunStore } from "../../../src/state/run-store.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";

const fingerprint = { config: "1", code: "2", parameters: "3", window: "4" };
const names = ["kept", "settled", "again", "doubtful", "below"];
const started: RunEventBody = {
  type: "run_started",
  pipeline: "p",
  window: undefined,
  maxParallelNodes: 2,
  request: { environment: "dev", options: { hyperparams: { alpha: 1 } } },
  nodes: names.map((name) => ({ name, dependsOn: [], fingerprint })),
};
const written = {
  dataset: "d",
  mode: "append",
  outcome: "written" as const,
  rows: 7n,
  version: 3n,
  durationMs: 0,
};

describe("the record of a run that goes on", () => {
  let root: string;
  let store: RunStore;
  let seq = 0;
  const record = (body: RunEventBody) => {
    seq += 1;
    store.record({ v: 1, runId: "r", seq, at: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(), ...body });
  };
  const resumed = (nodes: readonly Partial<ResumedNode>[], epoch = 2): RunEventBody => ({
    type: "run_resumed",
    pipeline: "p",
    window: undefined,
    maxParallelNodes: 2,
    epoch,
    nodes: nodes.map((node, index) => ({
      name: names[index] ?? "",
      dependsOn: [],
      decision: "keep",
      reason: "because",
      attempts: 1,
      ...node,
    })),
  });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "resumption-"));
    store = openRunStore(root);
    record(started);
    for (const node of names.slice(0, 4)) {
      record({ type: "node_ready", node });
      record({ type: "node_started", node, attempt: 1 });
      record({
        type: "inputs_read",
        node,
        attempt: 1,
        inputs: [{ dataset: "i", version: 2n ** 60n }, { dataset: "j" }],
      });
    }
    record({ type: "node_succeeded", node: "kept", attempt: 1, durationMs: 1, rows: 5n });
    record({
      type: "operation_submitted",
      node: "again",
      attempt: 1,
      operationId: "o",
      endpoint: "e",
      userId: "u",
      sessionId: "s",
      dataset: "d",
    });
  });
  afterEach(() => {
    store.close();
    rmSync(root, { recursive: true });
  });

  it("has each node's decision, reopens what runs again and keeps every attempt", () => {
    expect(store.openOperations("r").map(({ operationId, dataset }) => [operationId, dataset])).to.deep.equal(
      [["o", "d"]],
    );
    record({ type: "operation_ended", node: "again", operationId: "o", outcome: "unknown" });
    expect(store.openOperations("r")).to.deep.equal([]);
    const error = { code: "RUN_OUTCOME_UNKNOWN", message: "m", causes: [] };
    record(
      resumed([
        {},
        { decision: "settled", rows: 7n, datasets: [written] },
        { decision: "run", fingerprint: { ...fingerprint, code: "new" } },
        { decision: "undecided", error },
        { decision: "blocked", because: "doubtful", attempts: 0 },
      ]),
    );
    record({ type: "node_ready", node: "again" });
    record({ type: "node_started", node: "again", attempt: 2 });
    const run = store.getRun("r");
    expect(run).to.deep.include({
      state: "running",
      epoch: 2,
      request: { environment: "dev", options: { hyperparams: { alpha: 1 } } },
    });
    expect(run?.nodes[0]).to.include({ durationMs: 1, rows: 5n });
    expect(run?.nodes.map(({ name, state, decision }) => [name, state, decision])).to.deep.equal([
      ["kept", "success", "keep"],
      ["settled", "success", "settled"],
      ["again", "running", "run"],
      ["doubtful", "failed", "undecided"],
      ["below", "skipped", "blocked"],
    ]);
    const [kept, settled, again, doubtful, below] = run?.nodes ?? [];
    expect(kept?.rows).to.equal(5n);
    expect(kept?.attempts[0]?.inputs).to.deep.equal([{ dataset: "i", version: 2n ** 60n }, { dataset: "j" }]);
    expect(settled?.rows).to.equal(7n);
    expect(settled?.attempts.map(({ state }) => state)).to.deep.equal(["success"]);
    expect(run?.datasets).to.have.length(1);
    expect(run?.datasets[0]).to.deep.include({ node: "settled", attempt: 1, dataset: "d", version: 3n });
    expect(
      again?.attempts.map(({ state, error: why, fingerprint: print }) => [state, why?.code, print?.code]),
    ).to.deep.equal([
      ["failed", "RUN_ABANDONED", "2"],
      ["running", undefined, "new"],
    ]);
    expect(doubtful?.error).to.deep.equal(error);
    expect(below?.because).to.equal("doubtful");
    expect(run?.operations[0]).to.include({ state: "unknown", dataset: "d" });
  });

  it("opens no node by any other way, and keeps none that has not succeeded", () => {
    expect(() => record({ type: "node_ready", node: "kept" })).to.throw("is success and cannot become ready");
    expect(() => record(resumed([{}, {}]))).to.throw("node 'settled' is running");
    expect(store.getRun("r")?.epoch).to.equal(undefined);
  });

  it("is found by the beginning of its id, and as the latest that did not succeed until another made up for it", () => {
    expect(store.findRuns("r").map(({ runId }) => runId)).to.deep.equal(["r"]);
    expect(store.findRuns("%")).to.deep.equal([]);
    expect(store.latestUnfinished()?.runId).to.equal("r");
    const other = (body: RunEventBody) =>
      store.record({ v: 1, runId: "later", seq: 1, at: "2026-02-01T00:00:00.000Z", ...body });
    other({ ...started, nodes: [] } as RunEventBody);
    const none = { nodes: [], completed: 0, failed: 0, skipped: 0, cancelled: 0, rows: 0n };
    const summary = {
      runId: "later",
      pipeline: "p",
      status: "success" as const,
      startedAt: "",
      durationMs: 1,
    };
    other({ type: "run_finished", status: "success", summary: { ...summary, ...none } });
    expect(store.latestUnfinished()).to.equal(undefined);
    expect(store.listRuns(5, "p").map(({ runId }) => runId)).to.deep.equal(["later", "r"]);
    expect(store.listRuns(5, "q")).to.deep.equal([]);
  });
});
