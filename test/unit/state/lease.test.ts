import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { SparkwrightError } from "../../../src/core/error.ts";
import { identify, pidSpace } from "../../../src/core/process-identity.ts";
import type { RunEventBody } from "../../../src/events/run-event.ts";
import type { Runner } from "../../../src/state/lease.ts";
import type { RunStore } from "../../../src/state/run-store.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";

const key = { pipeline: "daily", window: "2001-01-01..2001-01-31", environment: "" };
const me: Runner = { ...(identify(process.pid) as Runner), pidSpace: pidSpace() };
const dead: Runner = { ...me, startTime: "00000000-1" };
const elsewhere: Runner = { pid: 4711, startTime: "x-1", pidSpace: "otherhost 1234 pid:[1]" };
const started: RunEventBody = {
  type: "run_started",
  pipeline: "daily",
  window: undefined,
  maxParallelNodes: 2,
  nodes: [
    { name: "a", dependsOn: [] },
    { name: "b", dependsOn: ["a"] },
  ],
};

describe("the lease of a pipeline and window", () => {
  let root: string;
  let store: RunStore;
  let seq = 0;
  const record = (into: RunStore, runId: string, body: RunEventBody) => {
    seq += 1;
    into.record({ v: 1, runId, seq, at: new Date(Date.UTC(2026, 0, 1) + seq).toISOString(), ...body });
  };
  const refusal = (work: () => unknown): SparkwrightError => {
    try {
      work();
    } catch (error) {
      if (error instanceof SparkwrightError) return error;
    }
    throw new Error("it was not refused");
  };
  const age = (ms: number) => {
    const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
    db.prepare(
      "UPDATE leases SET heartbeat_at = heartbeat_at - ?1, heartbeat_up_ms = heartbeat_up_ms - ?1",
    ).run(ms);
    db.close();
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "lease-"));
    store = openRunStore(root);
  });
  afterEach(() => {
    store.close();
    rmSync(root, { recursive: true });
  });

  it("tells of a run that is recorded as running whether its runner is gone", () => {
    const lost = (runId: string) => store.hasLostRunner(store.findRuns(runId)[0] as never);
    store.holdLease({ ...key, runId: "r1" });
    record(store, "r1", started);
    expect(lost("r1")).to.equal(false);
    age(31_000);
    expect(lost("r1")).to.equal(true);
    store.holdLease({ ...key, window: "w2", runId: "r2", runner: dead });
    record(store, "r2", started);
    expect(lost("r2")).to.equal(true);
    store.holdLease({ ...key, window: "w3", runId: "r3", runner: elsewhere });
    record(store, "r3", started);
    expect(lost("r3")).to.equal(false);
  });

  it("is held by one, says by whom, and passes on when it is released; every holder has a higher epoch", () => {
    const first = store.holdLease({ ...key, runId: "r1" });
    const error = refusal(() => store.holdLease({ ...key, runId: "r2" }));
    expect(error.code).to.equal("RUN_LEASED");
    expect(error.message).to.match(
      new RegExp(
        `pipeline "daily" for 2001-01-01..2001-01-31 is being run by process ${process.pid} on .*: run r1`,
      ),
    );
    expect(error.details).to.include({ runId: "r1", pid: process.pid });
    const other = store.holdLease({ ...key, window: "", runId: "r3" });
    first.release();
    const second = store.holdLease({ ...key, runId: "r2" });
    expect([first.epoch, second.epoch, other.epoch]).to.deep.equal([1, 2, 1]);
    expect(second).to.include({ takenOver: false });
    expect(second.previousRunIds).to.deep.equal(["r1"]);
    other.release();
    second.release();
  });

  it("is taken over at once from a dead process of this machine, and its run is marked as abandoned", () => {
    store.holdLease({ ...key, runId: "r1", runner: dead });
    record(store, "r1", started);
    record(store, "r1", { type: "node_ready", node: "a" });
    record(store, "r1", { type: "node_started", node: "a", attempt: 1 });
    const other = openRunStore(root);
    const lease = other.holdLease({ ...key, runId: "r2" });
    expect(lease).to.include({ takenOver: true, epoch: 2 });
    expect(lease.previousRunIds).to.deep.equal(["r1"]);
    const left = other.getRun("r1");
    expect(left?.state).to.equal("failed");
    expect(left?.error?.code).to.equal("RUN_ABANDONED");
    expect(left?.nodes.map(({ state }) => state)).to.deep.equal(["failed", "cancelled"]);
    expect(left?.nodes[0]?.attempts[0]?.error?.code).to.equal("RUN_ABANDONED");
    lease.release();
    other.close();
  });

  it("is taken over from another machine only when it has been silent for long", () => {
    store.holdLease({ ...key, runId: "r1", runner: elsewhere });
    age(29_000);
    const held = refusal(() => store.holdLease({ ...key, runId: "r2" }));
    expect(held.message).to.match(/process 4711 on otherhost: .* last heard of 29\.\d s ago/);
    age(1_000);
    const lease = store.holdLease({ ...key, runId: "r2" });
    expect(lease.takenOver).to.equal(true);
    lease.release();
  });

  it("takes a sign of life from the future for none, and counts by a clock that nobody sets where there is one", () => {
    store.holdLease({ ...key, runId: "r1", runner: elsewhere });
    age(-29_000);
    expect(refusal(() => store.holdLease({ ...key, runId: "r2" })).code).to.equal("RUN_LEASED");
    age(-3_600_000);
    const lease = store.holdLease({ ...key, runId: "r2" });
    expect(lease.takenOver).to.equal(true);
    const set = (column: string, ms: number) => {
      const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
      db.prepare(`UPDATE leases SET ${column} = ${column} + ?`).run(ms);
      db.close();
    };
    // The clock was set back by a day, then forward by two: this process has never been silent.
    set("heartbeat_at", 86_400_000);
    expect(refusal(() => store.holdLease({ ...key, runId: "r3" })).code).to.equal("RUN_LEASED");
    set("heartbeat_at", -2 * 86_400_000);
    expect(refusal(() => store.holdLease({ ...key, runId: "r3" })).code).to.equal("RUN_LEASED");
    // It was suspended: whatever the clock says.
    set("heartbeat_at", 2 * 86_400_000);
    set("heartbeat_up_ms", -30_000);
    const taker = openRunStore(root);
    const next = taker.holdLease({ ...key, runId: "r3" });
    expect(next.takenOver).to.equal(true);
    next.release();
    taker.close();
    lease.release();
  });

  it("of two environments exclude each other where they write to one place, and nowhere else", () => {
    const dev = { ...key, environment: "dev", writes: ["table dev.a", "table shared.x"] };
    const prod = { ...key, environment: "prod", writes: ["table prod.a"] };
    const first = store.holdLease({ ...dev, runId: "r1" });
    const apart = store.holdLease({ ...prod, runId: "r2" });
    expect(apart).to.include({ takenOver: false, epoch: 1 });
    apart.release();
    const held = refusal(() => store.holdLease({ ...prod, writes: ["table shared.x"], runId: "r3" }));
    expect(held.code).to.equal("RUN_LEASED");
    expect(held.message).to.contain('pipeline "daily" of environment "dev" for 2001');
    expect(refusal(() => store.holdLease({ ...prod, writes: undefined, runId: "r3" })).code).to.equal(
      "RUN_LEASED",
    );
    first.release();
    store.holdLease({ ...dev, runId: "r4", runner: dead });
    record(store, "r4", started);
    const other = openRunStore(root);
    const taker = other.holdLease({ ...prod, writes: ["table shared.x"], runId: "r5" });
    expect(taker).to.include({ takenOver: true });
    expect(taker.previousRunIds).to.have.members(["r2", "r4"]);
    expect(refusal(() => record(store, "r4", { type: "node_ready", node: "a" })).code).to.equal(
      "RUN_LEASE_LOST",
    );
    expect(other.getRun("r4")?.error?.code).to.equal("RUN_ABANDONED");
    taker.release();
    other.close();
  });

  it("is told by its machine and its space of pids, not by the number of a process alone", () => {
    const namesake: Runner = { ...dead, pidSpace: `${me.pidSpace}0` };
    store.holdLease({ ...key, runId: "r1", runner: namesake });
    expect(refusal(() => store.holdLease({ ...key, runId: "r2" })).code).to.equal("RUN_LEASED");
  });

  it("lets the one that lost it record nothing more, whether the same run goes on or another began", () => {
    for (const taker of ["r1", "r2"]) {
      const lost = store.holdLease({ ...key, window: taker, runId: "r1", runner: elsewhere });
      if (taker === "r1") record(store, "r1", started);
      const other = openRunStore(root);
      age(60_000);
      const lease = other.holdLease({ ...key, window: taker, runId: taker });
      const before = JSON.stringify(other.getRun("r1"));
      const submitted: RunEventBody = {
        type: "operation_submitted",
        node: "a",
        attempt: 1,
        operationId: "o",
        endpoint: "e",
        userId: "u",
        sessionId: "s",
      };
      for (const body of [{ type: "node_ready", node: "a" } as const, submitted]) {
        expect(refusal(() => record(store, "r1", body)).code).to.equal("RUN_LEASE_LOST");
      }
      expect(JSON.stringify(other.getRun("r1"))).to.equal(before);
      // What was lost cannot be released either.
      lost.release();
      expect(refusal(() => store.holdLease({ ...key, window: taker, runId: "r3" })).code).to.equal(
        "RUN_LEASED",
      );
      lease.release();
      other.close();
      store.close();
      store = openRunStore(root);
    }
  });

  it("keeps its run from a process that does not hold it at all", () => {
    const lease = store.holdLease({ ...key, runId: "r1" });
    const other = openRunStore(root);
    expect(refusal(() => record(other, "r1", started)).code).to.equal("RUN_LEASE_LOST");
    expect(other.getRun("r1")).to.equal(undefined);
    other.close();
    lease.release();
  });

  it("gives signs of life while the main thread is blocked, and tells when it was taken over", async () => {
    const lease = store.holdLease({ ...key, runId: "r1", heartbeatMs: 20 });
    const heartbeat = () => {
      const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
      const row = db.prepare("SELECT heartbeat_at FROM leases").get();
      db.close();
      return Number(row?.["heartbeat_at"]);
    };
    const first = heartbeat();
    const deadline = Date.now() + 10_000;
    while (heartbeat() === first && Date.now() < deadline) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    expect(heartbeat()).to.be.above(first);
    const db = new DatabaseSync(join(root, ".sparkwright", "runs.db"));
    db.exec("UPDATE leases SET epoch = epoch + 1");
    db.close();
    await new Promise((resolve) => lease.lost.addEventListener("abort", resolve, { once: true }));
    expect(lease.lost.reason).to.be.instanceOf(SparkwrightError).with.property("code", "RUN_LEASE_LOST");
    lease.release();
  });

  it("keeps no process alive", async () => {
    const file = new URL("../../../src/state/sqlite-run-store.ts", import.meta.url).href;
    const script = `
      const { openRunStore } = await import(process.argv[2]);
      openRunStore(process.argv[1]).holdLease({ pipeline: "p", window: "", environment: "", runId: "r" });
    `;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script, root, file], {
      timeout: 20_000,
    });
    expect(await new Promise((resolve) => child.once("close", resolve))).to.equal(0);
  });
});
