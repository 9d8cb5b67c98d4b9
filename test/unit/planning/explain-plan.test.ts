import { basename } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { explainPlan } from "../../../src/planning/explain-plan.ts";
import type { ResolvedValue } from "../../../src/planning/origin.ts";
import { type PlanOptions, planRun } from "../../../src/planning/run-plan.ts";
import { load } from "../config/project-folder.ts";

const files = {
  "config/global_settings.yaml": `max_parallel_nodes: 8
start_date: 2001-01-01
execution:
  retries: 5
  timeout: 1h
hyperparams:
  model: {kind: forest, depth: 3}
  seed: 1
`,
  "config/ml_info.yaml": `hyperparameters:
  model: {depth: 4}
  rate: 0.1
`,
  "config/pipelines.yaml": `p:
  nodes: [a, b]
  end_date: 2001-01-31
  execution:
    run_timeout: 2h
    circuit_breaker_threshold: 9
    retries: {initial_delay: 2m}
  hyperparams:
    rate: 0.2
`,
  "config/nodes.yaml": `a:
  function: m.a
  timeout: 5m
  retries:
    max: 0
  hyperparams:
    model:
      depth: 6
      list: [1, 2]
b:
  function: m.b
`,
};

/** `path = value (layer file:line:column)`. */
function lines(values: readonly ResolvedValue[]): string[] {
  return values.map(({ path, value, origin: { layer, position } }) => {
    const place =
      position === undefined ? "" : ` ${basename(position.file)}:${position.line}:${position.column}`;
    return `${path.join(".")} = ${JSON.stringify(value)} (${layer}${place})`;
  });
}

async function explained(options: PlanOptions = {}) {
  const project = await load(files);
  return explainPlan(project, planRun(project, "p", options), options);
}

describe("explainPlan", () => {
  it("says where each setting comes from", async () => {
    const { settings } = await explained({ endDate: "2001-02-01" });
    expect(lines(settings)).to.deep.equal([
      'startDate = "2001-01-01" (global_settings global_settings.yaml:2:13)',
      'endDate = "2001-02-01" (explicit)',
      "maxParallelNodes = 8 (global_settings global_settings.yaml:1:21)",
      "failFast = false (default)",
      "runTimeoutMs = 7200000 (pipeline pipelines.yaml:5:18)",
      "circuitBreaker.threshold = 9 (pipeline pipelines.yaml:6:32)",
      "circuitBreaker.timeoutMs = 600000 (default)",
      "retries.max = 5 (global_settings global_settings.yaml:4:12)",
      "retries.initialDelayMs = 120000 (pipeline pipelines.yaml:7:30)",
      "retries.maxDelayMs = 120000 (pipeline pipelines.yaml:7:30)",
      "retries.multiplier = 2 (default)",
      'retries.jitter = "full" (default)',
      "timeoutMs = 3600000 (global_settings global_settings.yaml:5:12)",
    ]);
  });

  it("says where each hyperparameter of a node comes from, over all six layers", async () => {
    const { hyperparams, nodes } = await explained({ hyperparams: { seed: 7 } });
    expect(lines(nodes.get("a")?.hyperparams ?? [])).to.deep.equal([
      'model.kind = "forest" (global_settings global_settings.yaml:7:17)',
      "model.depth = 6 (node nodes.yaml:8:14)",
      "model.list = [1,2] (node nodes.yaml:9:13)",
      "seed = 7 (explicit)",
      "rate = 0.2 (pipeline pipelines.yaml:9:11)",
    ]);
    expect(lines(nodes.get("b")?.hyperparams ?? [])).to.deep.equal(lines(hyperparams));
    expect(lines(hyperparams)).to.deep.equal([
      'model.kind = "forest" (global_settings global_settings.yaml:7:17)',
      "model.depth = 4 (ml_info ml_info.yaml:2:18)",
      "seed = 7 (explicit)",
      "rate = 0.2 (pipeline pipelines.yaml:9:11)",
    ]);
  });

  it("says where the limits of a node come from", async () => {
    const { nodes } = await explained();
    expect(lines(nodes.get("a")?.settings ?? [])).to.deep.equal([
      "retries.max = 0 (node nodes.yaml:5:10)",
      "retries.initialDelayMs = 120000 (pipeline pipelines.yaml:7:30)",
      "retries.maxDelayMs = 120000 (pipeline pipelines.yaml:7:30)",
      "retries.multiplier = 2 (default)",
      'retries.jitter = "full" (default)',
      "timeoutMs = 300000 (node nodes.yaml:3:12)",
    ]);
  });

  it("says nothing else than what the plan runs with", async () => {
    const retries = fc
      .option(
        fc.record(
          {
            max: fc.nat(9),
            initial_delay: fc.constantFrom("1s", "5m"),
            max_delay: fc.constantFrom("2s", "1m"),
          },
          { requiredKeys: [] },
        ),
        { nil: undefined },
      )
      .map((value) => (value === undefined ? "" : `retries: ${JSON.stringify(value)}`));
    const timeout = fc.constantFrom("", "timeout: 3m");
    const limits = fc.tuple(retries, timeout).map((all) => all.filter((text) => text !== ""));
    await fc.assert(
      fc.asyncProperty(limits, limits, limits, async (global, pipeline, node) => {
        const project = await load({
          "config/global_settings.yaml": `execution: {${["fail_fast: true", ...global].join(", ")}}\n`,
          "config/pipelines.yaml": `p: {nodes: [a], execution: {${["fail_fast: false", ...pipeline].join(", ")}}}\n`,
          "config/nodes.yaml": `a: {${["function: m.a", ...node].join(", ")}}\n`,
        });
        const plan = planRun(project, "p");
        const { nodes, settings } = explainPlan(project, plan);
        const [planned] = plan.nodes;
        const found = new Map(
          nodes.get("a")?.settings.map(({ path, value }): [string, unknown] => [path.join("."), value]),
        );
        for (const [key, value] of Object.entries(planned?.retries ?? {})) {
          expect(found.get(`retries.${key}`)).to.equal(value);
        }
        expect(found.get("timeoutMs")).to.equal(planned?.timeoutMs);
        expect(settings.find(({ path }) => path[0] === "failFast")?.value).to.equal(plan.failFast);
      }),
      { numRuns: 40 },
    );
  });
});
