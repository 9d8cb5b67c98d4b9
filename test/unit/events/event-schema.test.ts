import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import { runCommandLine } from "../../../src/cli/program.ts";
import type { Output } from "../../../src/cli/terminal/output.ts";
import { eventSchema } from "../../../src/events/event-schema.ts";
import { toNdjson } from "../../../src/events/ndjson.ts";
import type { RunEvent, RunEventBody } from "../../../src/events/run-event.ts";
import { eventFaults } from "./event-faults.ts";

const docs = join(import.meta.dirname, "../../../docs");
const error = { code: "NODE_THREW", message: "boom", hint: "mend it", causes: [{ message: "deeper" }] };
const summary = {
  runId: "r",
  pipeline: "p",
  status: "success",
  startedAt: "2026-01-02T03:04:05.678Z",
  durationMs: 1,
  nodes: [{ name: "n", status: "success", attempts: 1, durationMs: 1, datasets: [] }],
  completed: 1,
  failed: 0,
  skipped: 0,
  cancelled: 0,
  rows: 2n ** 60n,
} as const;
const node = "n";
const attempt = 1;
const operationId = "0d5cf1d6-0c2e-4d3e-8a31-2f3c3f0b8a10";

const bodies: { readonly [T in RunEvent["type"]]: Extract<RunEventBody, { type: T }> } = {
  run_started: {
    type: "run_started",
    pipeline: "p",
    window: { startDate: "2001-01-01", endDate: "2001-01-31" },
    maxParallelNodes: 4,
    nodes: [{ name: "n", dependsOn: [] }],
  },
  run_resumed: {
    type: "run_resumed",
    pipeline: "p",
    window: undefined,
    maxParallelNodes: 4,
    epoch: 2,
    nodes: [
      {
        name: "n",
        dependsOn: ["m"],
        fingerprint: { config: "1", code: "2", parameters: "3", window: "4" },
        decision: "settled",
        reason: "r",
        because: "m",
        error,
        attempts: 2,
        startedAt: "2026-01-02T03:04:05.678Z",
        endedAt: "2026-01-02T03:04:06.678Z",
        durationMs: 1_000,
        rows: 7n,
        datasets: [{ dataset: "d", mode: "merge", outcome: "written", rows: 7n, version: 1n, durationMs: 3 }],
      },
    ],
  },
  inputs_read: { type: "inputs_read", node, attempt, inputs: [{ dataset: "d", version: 3n }] },
  node_ready: { type: "node_ready", node },
  node_started: { type: "node_started", node, attempt },
  operation_submitted: {
    type: "operation_submitted",
    node,
    attempt,
    operationId,
    endpoint: "sc://localhost:15002",
    userId: "u",
    sessionId: "s",
  },
  node_progress: {
    type: "node_progress",
    node,
    attempt,
    operationId,
    stages: { done: 1, total: 2 },
    tasks: { done: 3, total: 4 },
    bytesRead: 5n,
  },
  operation_ended: { type: "operation_ended", node, operationId, outcome: "completed" },
  dataset_checked: {
    type: "dataset_checked",
    node,
    attempt,
    dataset: "d",
    rows: 7n,
    checks: [
      { name: "c", kind: "range", severity: "warn", passed: false, violations: 2n, example: "-1" },
      { name: "d", kind: "row_count", severity: "error", passed: true, violations: 0n },
    ],
  },
  dataset_written: {
    type: "dataset_written",
    node,
    attempt,
    dataset: "d",
    mode: "append",
    outcome: "written",
    rows: 7n,
    version: 0n,
    durationMs: 3,
  },
  node_succeeded: { type: "node_succeeded", node, attempt, durationMs: 3, rows: 2n ** 63n },
  node_retrying: { type: "node_retrying", node, attempt, delayMs: 0.5, error },
  node_failed: { type: "node_failed", node, attempt, durationMs: 3, error },
  node_skipped: { type: "node_skipped", node, because: "m", via: "l", error },
  node_cancelled: { type: "node_cancelled", node },
  node_log: { type: "node_log", node, level: "warn", message: "m", fields: { any: [1, null] } },
  session_renewed: { type: "session_renewed", sessionId: "s2", lostSessionId: "s" },
  circuit_opened: {
    type: "circuit_opened",
    pipeline: "p",
    failures: 5,
    until: "2001-01-31T00:00:00.000Z",
    node,
    error,
  },
  circuit_half_opened: { type: "circuit_half_opened", pipeline: "p" },
  circuit_closed: { type: "circuit_closed", pipeline: "p" },
  subscriber_failed: { type: "subscriber_failed", subscriber: "lineage", error },
  run_finished: { type: "run_finished", status: "success", summary },
};
const events = Object.values(bodies).map(
  (body, index): RunEvent => ({
    v: 1,
    runId: "r",
    seq: index + 1,
    at: "2026-01-02T03:04:05.678Z",
    ...body,
  }),
);

describe("the schema of events", () => {
  it("is valid JSON Schema, published as it is", () => {
    const ajv = new Ajv2020({ allowUnionTypes: true, validateFormats: false });
    expect(ajv.validateSchema(eventSchema())).to.equal(true);
    const published: unknown = JSON.parse(readFileSync(join(docs, "events.schema.json"), "utf8"));
    expect(published, "print eventSchema() to docs/events.schema.json").to.deep.equal(eventSchema());
  });

  for (const event of events) {
    it(`describes ${event.type}`, () => {
      const line: unknown = JSON.parse(toNdjson(event));
      expect(eventFaults(line)).to.deep.equal([]);
    });
  }

  it("is printed by the command line", async () => {
    const printed: string[] = [];
    const out = { line: async (text: string) => void printed.push(text) } as unknown as Output;
    expect(await runCommandLine(["schema", "events"], { out, err: out, cwd: "/" })).to.equal(0);
    expect(JSON.parse(printed.join())).to.deep.equal(eventSchema());
  });

  it("notices a field that is new, gone or of another type", () => {
    const line = JSON.parse(toNdjson(events.at(-1) as RunEvent)) as { summary: Record<string, unknown> };
    const changed = (change: Record<string, unknown>) =>
      eventFaults({ ...line, summary: { ...line.summary, ...change } }).join();
    expect(changed({})).to.equal("");
    expect(changed({ surprise: 1 })).to.contain("surprise");
    expect(changed({ durationMs: "1" })).to.contain("durationMs");
    expect(changed({ rows: "many" })).to.contain("rows");
    expect(changed({ startedAt: "yesterday" })).to.contain("startedAt");
    const { pipeline: _, ...without } = line.summary;
    expect(eventFaults({ ...line, summary: without }).join()).to.contain("pipeline");
    expect(eventFaults({ ...line, type: "node_exploded" })).to.not.deep.equal([]);
  });

  it("lets consumers meet fields of later releases", () => {
    const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(eventSchema());
    expect(validate({ ...JSON.parse(toNdjson(events[1] as RunEvent)), later: 1 })).to.equal(true);
  });

  it("is told in docs/events.md, every type and every field", () => {
    const text = readFileSync(join(docs, "events.md"), "utf8");
    const names = new Set<string>(events.map(({ type }) => type));
    JSON.stringify(eventSchema(), (key, value: unknown) => {
      if (key === "properties") for (const name of Object.keys(value as object)) names.add(name);
      return value;
    });
    expect([...names].filter((name) => !text.includes(`\`${name}\``))).to.deep.equal([]);
  });
});
