import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { expect } from "chai";
import type { RunEvent, RunEventBody } from "../../../src/events/run-event.ts";
import type { RunSummary } from "../../../src/events/run-summary.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";

let seq = 0;
const event = (body: RunEventBody, runId = "run-1"): RunEvent => {
  seq += 1;
  return { v: 1, runId, seq, at: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(), ...body };
};

const started: RunEventBody = {
  type: "run_started",
  pipeline: "daily",
  window: { startDate: "2001-01-01", endDate: "2001-01-31" },
  maxParallelNodes: 2,
  nodes: [
    { name: "a", dependsOn: [] },
    { name: "b", dependsOn: ["a"] },
  ],
};
const error = { code: "X", message: "no", causes: [{ message: "why" }] };
const submitted = (node: string, operationId: string): RunEventBody => ({
  type: "operation_submitted",
  node,
  attempt: 1,
  operationId,
  endpoint: "localhost:15002",
  userId: "u",
  sessionId: "s",
});
const finished = (status: RunSummary["status"]): RunEventBody => ({
  type: "run_finished",
  status,
  summary: {
    runId: "run-1",
    pipeline: "daily",
    status,
    startedAt: "",
    durationMs: 12.4,
    nodes: [],
    completed: 1,
    failed: 0,
    skipped: 1,
    cancelled: 0,
    rows: 2n ** 53n + 1n,
  },
});

describe("the SQLite run store", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "run-store-"));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("gives back what was recorded, exactly, also after it was opened again", () => {
    const store = openRunStore(root);
    const body: RunEventBody[] = [
      started,
      { type: "node_ready", node: "a" },
      { type: "node_started", node: "a", attempt: 1 },
      submitted("a", "op-1"),
      { type: "node_retrying", node: "a", attempt: 1, delayMs: 5, error },
      { type: "node_started", node: "a", attempt: 2 },
      { type: "operation_ended", node: "a", operationId: "op-1", outcome: "completed" },
      {
        type: "dataset_checked",
        node: "a",
        attempt: 2,
        dataset: "bronze.a",
        rows: 2n ** 53n + 1n,
        checks: [
          {
            name: "z",
            kind: "range",
            severity: "warn",
            passed: false,
            violations: 2n ** 53n + 1n,
            example: "-1",
          },
          { name: "a", kind: "unique", severity: "error", passed: true, violations: 0n },
        ],
      },
      {
        type: "dataset_written",
        node: "a",
        attempt: 2,
        dataset: "bronze.a",
        mode: "append",
        outcome: "written",
        rows: 2n ** 53n + 1n,
        version: 7n,
        durationMs: 3.6,
      },
      { type: "node_succeeded", node: "a", attempt: 2, durationMs: 10, rows: 2n ** 53n + 1n },
      { type: "node_skipped", node: "b", because: "a" },
      finished("success"),
    ];
    for (const one of body) store.record(event(one));
    store.close();

    const again = openRunStore(root);
    const run = again.getRun("run-1");
    expect(run).to.deep.include({
      pipeline: "daily",
      state: "success",
      startDate: "2001-01-01",
      endDate: "2001-01-31",
      durationMs: 12,
      rows: 2n ** 53n + 1n,
    });
    const [a, b] = run?.nodes ?? [];
    expect(a).to.deep.include({ name: "a", state: "success", dependsOn: [], rows: 2n ** 53n + 1n });
    expect(a?.attempts.map(({ attempt, state, error: why }) => ({ attempt, state, why }))).to.deep.equal([
      { attempt: 1, state: "failed", why: error },
      { attempt: 2, state: "success", why: undefined },
    ]);
    expect(b).to.deep.include({ name: "b", state: "skipped", because: "a", dependsOn: ["a"], attempts: [] });
    expect(run?.operations).to.have.length(1);
    expect(run?.operations[0]).to.deep.include({ operationId: "op-1", state: "completed", sessionId: "s" });
    expect(run?.datasets[0]).to.deep.include({ dataset: "bronze.a", rows: 2n ** 53n + 1n, version: 7n });
    const of = { node: "a", attempt: 2, dataset: "bronze.a" };
    expect(run?.checks).to.deep.equal([
      {
        ...of,
        name: "z",
        kind: "range",
        severity: "warn",
        passed: false,
        violations: 2n ** 53n + 1n,
        example: "-1",
      },
      { ...of, name: "a", kind: "unique", severity: "error", passed: true, violations: 0n },
    ]);
    expect(again.listRuns(5).map((one) => one.runId)).to.deep.equal(["run-1"]);
    expect(again.getRun("other")).to.equal(undefined);
    again.close();
    expect(readFileSync(join(root, ".sparkwright", ".gitignore"), "utf8")).to.equal("*\n");
  });

  it("refuses a transition that is not legal, and writes nothing of it", () => {
    const store = openRunStore(root);
    store.record(event(started));
    const starting = event({ type: "node_started", node: "a", attempt: 1 });
    expect(() => store.record(starting)).to.throw("node 'a' is pending and cannot become running");
    expect(store.getRun("run-1")?.nodes[0]?.attempts).to.deep.equal([]);
    store.record(event(finished("failed")));
    expect(() => store.record(event(finished("success")))).to.throw("run 'run-1' is failed");
    expect(store.getRun("run-1")?.state).to.equal("failed");
    store.close();
  });

  it("lists the newest first, up to the limit", () => {
    const store = openRunStore(root);
    for (const id of ["r1", "r2", "r3"]) store.record(event(started, id));
    expect(store.listRuns(2).map((run) => run.runId)).to.deep.equal(["r3", "r2"]);
    store.close();
  });

  it("says which file is wrong and what to do", () => {
    writeFileSync(join(root, ".sparkwright"), "a file where the folder belongs");
    expect(() => openRunStore(root))
      .to.throw(/cannot open the run store .*runs\.db/)
      .with.include({ code: "RUN_STATE_OPEN", hint: "A file is in its way: move that away." });
    rmSync(join(root, ".sparkwright"));
    openRunStore(root).close();
    writeFileSync(join(root, ".sparkwright", "runs.db"), "x".repeat(5000));
    expect(() => openRunStore(root))
      .to.throw(/not a database/)
      .with.property("hint")
      .match(/Move the file away/);
  });

  it("refuses a store of a later version", () => {
    openRunStore(root).close();
    const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
    db.exec("PRAGMA user_version = 99");
    db.close();
    expect(() => openRunStore(root))
      .to.throw(/schema version 99/)
      .with.property("code", "RUN_STATE_TOO_NEW");
  });

  it("reads where nothing can be written, and makes nothing where there is nothing", () => {
    const empty = openRunStore(root, "read");
    expect(empty.listRuns(5)).to.deep.equal([]);
    empty.close();
    expect(existsSync(join(root, ".sparkwright"))).to.equal(false);
    const store = openRunStore(root);
    store.record(event(started));
    const beside = openRunStore(root, "read");
    expect(beside.getRun("run-1")?.nodes.map(({ name }) => name)).to.deep.equal(["a", "b"]);
    expect(() => beside.record(event(finished("success"))))
      .to.throw(/cannot write the run store/)
      .with.include({
        code: "RUN_STATE_WRITE",
        hint: "Make the file and its folder writable for this user.",
      });
    beside.close();
    store.close();
  });

  it("reads a store of an earlier version", () => {
    openRunStore(root).close();
    const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
    db.exec("DROP TABLE checks; PRAGMA user_version = 3");
    db.close();
    const store = openRunStore(root, "read");
    expect(store.listRuns(5)).to.deep.equal([]);
    store.close();
  });

  it("reads on a file system that takes no writes", function () {
    const store = openRunStore(root);
    store.record(event(started));
    store.close();
    const url = new URL("../../../src/state/sqlite-run-store.ts", import.meta.url);
    const script = `
      const { openRunStore } = await import("${url}");
      process.stdout.write(openRunStore(process.argv[1], "read").listRuns(5).map(({ runId }) => runId).join());`;
    const mount =
      'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 77; ! touch "$1/x" 2>&- || exit 77;';
    const node = 'exec "$0" --input-type=module -e "$2" "$1"';
    const { status, stdout, stderr } = spawnSync(
      "unshare",
      ["-rm", "sh", "-c", `${mount} ${node}`, process.execPath, root, script],
      { encoding: "utf8" },
    );
    // Not every machine lets its users mount.
    if (status === null || status === 77 || /unshare/.test(stderr)) this.skip();
    expect([stdout, status], stderr).to.deep.equal(["run-1", 0]);
  });

  it("fails a write at once when the store cannot take it", () => {
    const store = openRunStore(root);
    store.record(event(started));
    const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
    db.exec("CREATE TRIGGER full BEFORE UPDATE ON nodes BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END");
    db.close();
    expect(() => store.record(event({ type: "node_ready", node: "a" })))
      .to.throw(/cannot write the run store .*disk I\/O error/)
      .with.property("code", "RUN_STATE_WRITE");
    store.close();
  });

  it("takes the records of several processes that open and write it at the same moment", async function () {
    this.timeout(30_000);
    const script = `
      const { openRunStore } = await import(process.argv[2]);
      const store = openRunStore(process.argv[1]);
      const id = "run-" + process.pid;
      let seq = 0;
      const record = (body) => store.record({ v: 1, runId: id, seq: ++seq, at: new Date().toISOString(), ...body });
      const nodes = Array.from({ length: 100 }, (_, i) => ({ name: "n" + i, dependsOn: [] }));
      record({ type: "run_started", pipeline: "p", window: undefined, maxParallelNodes: 1, nodes });
      for (const { name: node } of nodes) {
        record({ type: "node_ready", node });
        record({ type: "node_started", node, attempt: 1 });
        record({ type: "operation_submitted", node, attempt: 1, operationId: id + node, endpoint: "e", userId: "u", sessionId: "s" });
        record({ type: "node_succeeded", node, attempt: 1, durationMs: 1, rows: 0n });
      }
      store.close();
    `;
    const file = new URL("../../../src/state/sqlite-run-store.ts", import.meta.url).href;
    const one = () =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, root, file]);
    await Promise.all([one(), one(), one(), one()]);
    const store = openRunStore(root);
    const runs = store.listRuns(10).map((run) => store.getRun(run.runId));
    expect(runs).to.have.length(4);
    for (const run of runs) {
      expect(run?.nodes.every((node) => node.state === "success")).to.equal(true);
      expect(run?.operations).to.have.length(100);
    }
    store.close();
  });
});
