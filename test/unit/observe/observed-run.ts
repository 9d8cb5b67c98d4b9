import { tmpdir } from "node:os";
import type { NodeConfig, ObserveSettings, Project } from "../../../src/config/project.ts";
import { EventBus } from "../../../src/events/event-bus.ts";
import type { RunEvent, RunEventBody } from "../../../src/events/run-event.ts";
import type { RunStatus } from "../../../src/events/run-summary.ts";
import type { LineagePlan } from "../../../src/observe/lineage/lineage-observer.ts";
import { type Observers, openObservers } from "../../../src/observe/open-observers.ts";

export const runId = "0d5cf1d6-0c2e-4d3e-8a31-2f3c3f0b8a10";
const position = { file: "config.yaml", line: 1, column: 1 };
const error = { code: "NODE_THREW", message: "boom <& pw-12345678", hint: "mend it", causes: [] };

/** As the bus hands it on. */
const masked = { ...error, message: "boom <& ***" };

const node = (name: string, config: Partial<NodeConfig>): { name: string; config: NodeConfig } => ({
  name,
  config: {
    name,
    code: { kind: "function", ref: "nodes.f" },
    inputs: [],
    outputs: [],
    dependencies: [],
    hyperparams: {},
    metrics: [],
    tags: [],
    mlops: {},
    position,
    ...config,
  },
});

const dataset = { mode: "overwrite", partitionBy: [], mergeKeys: [], options: {} } as const;

export const plan: LineagePlan = {
  pipeline: "etl",
  window: { startDate: "2001-01-30", endDate: "2001-01-31" },
  nodes: [
    node("load", { outputs: ["raw.orders"], description: "Loads" }),
    node("clean", {
      code: { kind: "sql", text: "select * from raw.orders where key <> 'pw-12345678'" },
      inputs: [{ dataset: "raw.orders", window: "run" }],
      outputs: ["orders"],
    }),
    node("report", { inputs: [{ dataset: "orders", window: "run" }] }),
  ],
  datasets: new Map([
    [
      "raw.orders",
      { ...dataset, name: "raw.orders", format: "parquet", location: { kind: "path", path: "/data/orders" } },
    ],
    [
      "orders",
      { ...dataset, name: "orders", format: "delta", location: { kind: "table", table: "shop.orders" } },
    ],
  ]),
};

/** A project with nothing in it but who is told. */
export function observed(observe: ObserveSettings, root: string = tmpdir()): Project {
  return {
    root,
    settings: {
      logLevel: "info",
      maxParallelNodes: 4,
      defaultFormat: "delta",
      spark: { remote: "embedded", conf: {} },
      execution: {
        failFast: false,
        retries: { max: 0, initialDelayMs: 0, maxDelayMs: 0, multiplier: 1, jitter: "none" },
      },
      security: { allowedModules: [] },
      hyperparams: {},
      mlops: {},
      observe,
    },
    pipelines: new Map(),
    nodes: new Map(),
    datasets: new Map(),
  };
}

/** `load` succeeds at its second attempt, `clean` fails, `report` is skipped. */
export function script(status: RunStatus = "failed"): readonly RunEventBody[] {
  const summary = {
    runId,
    pipeline: "etl",
    status,
    startedAt: "2026-01-02T03:04:05.678Z",
    durationMs: 65_000,
    nodes: [
      { name: "load", status: "success", attempts: 2, durationMs: 20, datasets: [] },
      { name: "clean", status: "failed", attempts: 1, durationMs: 20, datasets: [], error: masked },
      { name: "report", status: "skipped", attempts: 0, durationMs: 0, datasets: [], because: "clean" },
    ],
    completed: 1,
    failed: 1,
    skipped: 1,
    cancelled: 0,
    rows: 7n,
  } as const;
  return [
    {
      type: "run_started",
      pipeline: "etl",
      window: plan.window,
      maxParallelNodes: 4,
      nodes: plan.nodes.map(({ name }) => ({ name, dependsOn: [] })),
    },
    { type: "node_started", node: "load", attempt: 1 },
    {
      type: "operation_submitted",
      node: "load",
      attempt: 1,
      operationId: "op-1",
      endpoint: "spark.local:15002",
      userId: "u",
      sessionId: "s",
    },
    { type: "operation_ended", node: "load", operationId: "op-1", outcome: "failed" },
    { type: "node_retrying", node: "load", attempt: 1, delayMs: 1, error },
    { type: "node_started", node: "load", attempt: 2 },
    {
      type: "dataset_written",
      node: "load",
      attempt: 2,
      dataset: "raw.orders",
      mode: "overwrite",
      outcome: "written",
      rows: 7n,
      durationMs: 3,
    },
    { type: "node_succeeded", node: "load", attempt: 2, durationMs: 20, rows: 7n },
    { type: "node_started", node: "clean", attempt: 1 },
    { type: "node_failed", node: "clean", attempt: 1, durationMs: 20, error },
    { type: "node_skipped", node: "report", because: "clean" },
    { type: "run_finished", status, summary: { ...summary, status } },
  ];
}

export interface Observation {
  readonly bus: EventBus;
  readonly observers: Observers;
  readonly events: readonly RunEvent[];
  /** What was told of failed subscribers. */
  failures(): readonly string[];
}

export async function observe(settings: ObserveSettings, root?: string): Promise<Observation> {
  const bus = new EventBus();
  bus.redactor.add("pw-12345678");
  const events: RunEvent[] = [];
  bus.subscribe("test", (event) => void events.push(event));
  const observers = await openObservers({ project: observed(settings, root), plan, bus, runId });
  const failures = () =>
    events.flatMap((event) =>
      event.type === "subscriber_failed" ? [`${event.subscriber}: ${event.error.message}`] : [],
    );
  return { bus, observers, events, failures };
}
