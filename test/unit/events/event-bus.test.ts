import { expect } from "chai";
import { EventBus } from "../../../src/events/event-bus.ts";
import { toNdjson } from "../../../src/events/ndjson.ts";
import type { RunEvent } from "../../../src/events/run-event.ts";

const clock = { now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 6), sleep: () => Promise.resolve() };

describe("EventBus", () => {
  it("numbers events per run and dates them", () => {
    const seen: RunEvent[] = [];
    const bus = new EventBus(clock);
    bus.subscribe("list", (event) => void seen.push(event));
    bus.publish("a", { type: "node_ready", node: "x" });
    bus.publish("b", { type: "node_ready", node: "x" });
    bus.publish("a", { type: "node_ready", node: "y" });
    expect(seen.map((event) => [event.runId, event.seq])).to.deep.equal([
      ["a", 1],
      ["b", 1],
      ["a", 2],
    ]);
    expect(seen[0]).to.deep.include({ v: 1, at: "2026-01-02T03:04:05.006Z" });
  });

  it("reports a failing subscriber once and keeps delivering to it and to the others, in order", async () => {
    const bus = new EventBus(clock);
    const seen: string[] = [];
    let calls = 0;
    bus.subscribe("broken", () => {
      calls += 1;
      throw new Error("disk full");
    });
    bus.subscribe("rejecting", () => Promise.reject("no network"));
    bus.subscribe("list", (event) => {
      seen.push(
        event.type === "subscriber_failed" ? `${event.subscriber}: ${event.error.message}` : event.type,
      );
    });
    bus.publish("r", { type: "node_ready", node: "x" });
    bus.publish("r", { type: "node_ready", node: "y" });
    await new Promise(setImmediate);
    expect(seen).to.deep.equal(["node_ready", "broken: disk full", "node_ready", "rejecting: no network"]);
    expect(calls).to.equal(4);
  });

  it("lets a critical subscriber stop the publisher before anybody else saw the event", () => {
    const bus = new EventBus(clock);
    let seen = 0;
    bus.subscribe("list", () => {
      seen += 1;
    });
    bus.subscribe(
      "store",
      () => {
        throw new Error("readonly");
      },
      { critical: true },
    );
    expect(() => bus.publish("r", { type: "node_ready", node: "x" })).to.throw("readonly");
    expect(seen).to.equal(0);
  });

  it("masks registered secrets, also in their encoded forms, and leaves names alone", () => {
    const bus = new EventBus(clock);
    bus.redactor.add("s3cr/t");
    const error = {
      code: "X",
      message: "s3cr/t refused",
      hint: "not s3cr%2Ft",
      causes: [{ message: `Basic ${Buffer.from("s3cr/t").toString("base64")}` }],
    };
    const failed = bus.publish("r", {
      type: "node_failed",
      node: "s3cr/t",
      attempt: 1,
      durationMs: 1,
      error,
    });
    expect(failed).to.deep.include({
      node: "s3cr/t",
      error: { code: "X", message: "*** refused", hint: "not ***", causes: [{ message: "Basic ***" }] },
    });
    const fields = { url: ["http://u:s3cr/t@h"], n: 1 };
    const logged = bus.publish("r", {
      type: "node_log",
      node: "n",
      level: "info",
      message: "s3cr/t",
      fields,
    });
    expect(logged).to.deep.include({ message: "***", fields: { url: ["http://u:***@h"], n: 1 } });
    const check = {
      name: "s3cr/t",
      kind: "range",
      severity: "error",
      passed: false,
      violations: 1n,
    } as const;
    const checked = bus.publish("r", {
      ...{ type: "dataset_checked", node: "n", attempt: 1, dataset: "d", rows: 1n },
      checks: [check, { ...check, example: "a s3cr/t" }],
    });
    expect(checked).to.deep.include({ checks: [check, { ...check, example: "a ***" }] });
  });

  it("writes row counts as numbers where exact, else as strings", () => {
    const bus = new EventBus(clock);
    const line = (rows: bigint) =>
      toNdjson(bus.publish("r", { type: "node_succeeded", node: "n", attempt: 1, durationMs: 1, rows }));
    expect(line(9_007_199_254_740_991n)).to.contain('"rows":9007199254740991}').and.to.match(/\n$/);
    expect(line(9_007_199_254_740_993n)).to.contain('"rows":"9007199254740993"}');
  });
});
