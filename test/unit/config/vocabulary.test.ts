import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import { formatNames, formatPolicy } from "../../../src/formats/format-policy.ts";
import { load, withFolder } from "./project-folder.ts";

const nodes = { "config/nodes.yaml": "a: {function: m.a}\n" };
const dataset = async (yaml: string) =>
  (await load({ ...nodes, "config/datasets.yaml": yaml })).datasets.get("d");

describe("the vocabulary of the configuration", () => {
  it("reads the execution of a pipeline as written, and its type", async () => {
    const { pipelines } = await load({
      ...nodes,
      "config/pipelines.yaml": `p:
  nodes: [a]
  type: Hybrid
  max_parallel_nodes: 2
  execution:
    fail_fast: true
    retries: {max: 0, initial_delay: 250ms}
    timeout: 10m
    run_timeout: 2h
    circuit_breaker_timeout_minutes: 0.5
q: {nodes: [a], execution: {circuit_breaker_threshold: 3, retries: 4}}
r: {nodes: [a]}
`,
    });
    expect(pipelines.get("p")?.execution).to.deep.equal({
      failFast: true,
      retries: { max: 0, initialDelayMs: 250 },
      timeoutMs: 600_000,
      runTimeoutMs: 7_200_000,
      circuitBreaker: { timeoutMs: 30_000 },
    });
    expect(pipelines.get("p")).to.include({ type: "hybrid", maxParallelNodes: 2 });
    expect(pipelines.get("q")?.execution).to.deep.equal({
      retries: { max: 4 },
      circuitBreaker: { threshold: 3 },
    });
    expect(pipelines.get("r")).not.to.have.any.keys("execution", "type");
  });

  it("completes the circuit breaker and the retries of the settings", async () => {
    const yaml =
      "execution: {run_timeout: 1h, circuit_breaker_threshold: 7, retries: {max: 1, jitter: none}}\n";
    const { settings } = await load({ ...nodes, "config/global_settings.yaml": yaml });
    expect(settings.execution).to.deep.equal({
      failFast: false,
      retries: { max: 1, initialDelayMs: 1_000, maxDelayMs: 60_000, multiplier: 2, jitter: "none" },
      runTimeoutMs: 3_600_000,
      circuitBreaker: { threshold: 7, timeoutMs: 600_000 },
    });
  });

  it("reads how a node streams", async () => {
    const yaml = `a:
  function: m.a
  streaming:
    trigger: {processing_time: 10s}
    output_mode: update
    checkpoint: state/a
    watermark: {column: at, delay: 10m}
b: {function: m.b, streaming: {}}
c: {function: m.c, streaming: {trigger: available_now, checkpoint: "s3a://b/c"}}
d: {function: m.d, streaming: {trigger: {continuous: 1s}}}
e: {function: m.e}
`;
    await withFolder({ "config/nodes.yaml": yaml }, async (root) => {
      const { nodes } = await loadProject(root, { variables: {} });
      const streaming = (name: string) => nodes.get(name)?.streaming;
      expect(streaming("a")).to.deep.equal({
        trigger: { kind: "processing_time", intervalMs: 10_000 },
        outputMode: "update",
        checkpoint: `${root}/state/a`,
        watermark: { column: "at", delayMs: 600_000 },
        position: { file: `${root}/config/nodes.yaml`, line: 3, column: 3 },
      });
      expect(streaming("b")).to.deep.include({ trigger: { kind: "default" }, outputMode: "append" });
      expect(streaming("c")).to.deep.include({ trigger: { kind: "available_now" }, checkpoint: "s3a://b/c" });
      expect(streaming("d")?.trigger).to.deep.equal({ kind: "continuous", intervalMs: 1_000 });
      expect(nodes.get("e")).not.to.have.property("streaming");
    });
  });

  it("reads features of datasets whose names hold dots", async () => {
    const { nodes } = await load(
      "a:\n  function: m.a\n  input: x\n  features:\n    - customer.orders_30d\n    - silver.shop.size\n  as_of: at\n",
    );
    const { features, asOf } = nodes.get("a") ?? {};
    expect(features?.map(({ source, feature, position }) => [source, feature, position?.line])).to.deep.equal(
      [
        ["customer", "orders_30d", 5],
        ["silver.shop", "size", 6],
      ],
    );
    expect(asOf).to.equal("at");
  });

  it("reads declared columns in the order of the file, in three forms alike", async () => {
    const columns = [
      { name: "id", type: "bigint", nullable: false },
      { name: "2001", type: "decimal(10,2)", nullable: true },
      { name: "a b", type: "array<string>", nullable: true },
    ];
    for (const yaml of [
      "d:\n  schema:\n    - {name: id, type: bigint, nullable: false}\n    - {name: '2001', type: 'decimal(10,2)'}\n    - {name: a b, type: array<string>}\n",
      "d:\n  schema:\n    id: {type: bigint, nullable: false}\n    2001: decimal(10,2)\n    a b: array<string>\n",
      "d:\n  schema:\n    id: {type: bigint, nullable: false}\n    2001: {type: 'decimal(10,2)', nullable: true}\n    a b: {type: array<string>}\n",
    ]) {
      const read = (await dataset(yaml))?.schema ?? [];
      expect(read.map(({ position: _, ...column }) => column)).to.deep.equal(columns);
      expect(read.map(({ position }) => position?.line)).to.deep.equal([3, 4, 5]);
    }
  });

  it("reads every rule, keeps every digit and gives each a name", async () => {
    const read = await dataset(`d:
  schema_evolution: add
  on_empty: skip
  checks:
    - not_null: [a, b]
    - unique: id
      severity: warn
    - accepted_values: {column: c, values: [x, 1.50, true]}
    - range: {column: n, min: 0.10, max: 12345678901234567890}
    - range: {column: n, max: 10}
      severity: warn
    - row_count: {min: 1}
    - expression: "a < b"
      name: ordered
`);
    expect(read).to.include({ schemaEvolution: "add", onEmpty: "skip" });
    expect(read?.checks?.map(({ position: _, ...rule }) => rule)).to.deep.equal([
      { name: "not_null(a, b)", severity: "error", kind: "not_null", columns: ["a", "b"] },
      { name: "unique(id)", severity: "warn", kind: "unique", columns: ["id"] },
      {
        name: "accepted_values(c)",
        severity: "error",
        kind: "accepted_values",
        column: "c",
        values: ["x", "1.50", "true"],
      },
      {
        name: "range(n)",
        severity: "error",
        kind: "range",
        column: "n",
        min: "0.10",
        max: "12345678901234567890",
      },
      { name: "range(n) 2", severity: "warn", kind: "range", column: "n", max: "10" },
      { name: "row_count", severity: "error", kind: "row_count", min: 1 },
      { name: "ordered", severity: "error", kind: "expression", sql: "a < b" },
    ]);
    expect(read?.checks?.map(({ position }) => position?.line)).to.deep.equal([5, 6, 8, 9, 10, 12, 13]);
  });

  it("reads the only item of a list that stands alone, also where it is a map", async () => {
    const { nodes, datasets, settings } = await load({
      "config/nodes.yaml": "a:\n  function: m.a\n  input: {dataset: d, window: all}\n  tags: t\n",
      "config/datasets.yaml": "d:\n  partition_by: c\n  checks:\n    not_null: id\n    severity: warn\n",
      "config/global_settings.yaml": "observe: {webhooks: {url: 'http://h', on: success}}\n",
    });
    expect(nodes.get("a")?.inputs.map(({ dataset, window }) => [dataset, window])).to.deep.equal([
      ["d", "all"],
    ]);
    expect(nodes.get("a")?.tags).to.deep.equal(["t"]);
    expect(datasets.get("d")?.partitionBy).to.deep.equal(["c"]);
    const [check, ...others] = datasets.get("d")?.checks ?? [];
    expect(check).to.deep.include({
      name: "not_null(id)",
      severity: "warn",
      kind: "not_null",
      columns: ["id"],
    });
    expect([check?.position?.line, others]).to.deep.equal([4, []]);
    expect(settings.observe?.webhooks).to.deep.equal([{ url: "http://h", on: ["success"], headers: {} }]);
  });

  it("reads what a merge updates and deletes, and what identifies an entity", async () => {
    const read = await dataset(
      "d: {mode: merge, merge_keys: id, merge_update_condition: source.v > target.v, merge_delete_condition: source.gone, entity_keys: [id], timestamp_column: at}\n",
    );
    expect(read).to.deep.include({
      mergeKeys: ["id"],
      mergeUpdateCondition: "source.v > target.v",
      mergeDeleteCondition: "source.gone",
      entityKeys: ["id"],
      timestampColumn: "at",
    });
    expect(read?.positions?.["merge_delete_condition"]).to.have.property("line", 1);
  });

  it("finds jdbc, kafka and data sources by their options, and by nothing else", async () => {
    const jdbc = "d: {format: JDBC, options: {url: 'jdbc:sqlite:x', dbtable: t}}\n";
    expect((await dataset(jdbc))?.location).to.deep.equal({ kind: "options" });
    const kafka = "d: {format: kafka, options: {kafka.bootstrap.servers: 'a:1', subscribe: t}}\n";
    expect(await dataset(kafka)).to.deep.include({
      location: { kind: "options" },
      options: { "kafka.bootstrap.servers": "a:1", subscribe: "t" },
    });
    expect(await dataset("d: {source: crm}\n")).to.deep.include({
      location: { kind: "options" },
      source: "crm",
    });
    for (const format of formatNames) {
      const location = (await dataset(`d: {format: ${format}, options: {a: b}}\n`))?.location;
      expect(location?.kind, format).to.equal(formatPolicy(format)?.located ? "table" : "options");
    }
  });

  it("reads data sources and who is told of a run", async () => {
    await withFolder(
      {
        ...nodes,
        "config/global_settings.yaml": `data_sources: {crm: sources.crm}
observe:
  lineage: {file: lineage.ndjson, namespace: shop}
  tracing: true
  webhooks:
    - url: https://hooks.example/x
    - {url: 'http://b', on: [success, cancelled], headers: {X-Key: 7}}
`,
      },
      async (root) => {
        const { settings } = await loadProject(root, { variables: {} });
        expect(settings.dataSources).to.deep.equal({ crm: "sources.crm" });
        expect(settings.observe).to.deep.equal({
          lineage: { file: `${root}/lineage.ndjson`, namespace: "shop" },
          tracing: true,
          webhooks: [
            { url: "https://hooks.example/x", on: ["failure"], headers: {} },
            { url: "http://b", on: ["success", "cancelled"], headers: { "X-Key": "7" } },
          ],
        });
      },
    );
  });

  it("reads ml_info.yaml as the document prints it", async () => {
    const { mlInfo } = await load({
      ...nodes,
      "config/ml_info.yaml": `mlops:
  backend: "databricks"          # or "local"
  experiment:
    name: "customer_churn"
hyperparameters:
  learning_rate: 0.01
  max_depth: 6
tags:
  team: "data_science"
metrics:
  - accuracy
model_registry:
  register_model: true
  model_name: "churn_classifier"
`,
    });
    expect(mlInfo).to.deep.equal({
      mlops: { backend: "databricks", experiment: { name: "customer_churn" } },
      hyperparams: { learning_rate: 0.01, max_depth: 6 },
      tags: { team: "data_science" },
      metrics: ["accuracy"],
      modelRegistry: { register_model: true, model_name: "churn_classifier" },
    });
  });
});
