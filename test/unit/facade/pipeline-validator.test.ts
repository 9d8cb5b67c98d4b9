import { expect } from "chai";
import { Context } from "../../../src/facade/context.ts";
import type { NodeConfigs } from "../../../src/facade/node-configs.ts";
import { PipelineValidator, type RequiredParams } from "../../../src/facade/pipeline-validator.ts";
import { errorsOf } from "../config/project-folder.ts";
import { dataset, node, project } from "../planning/plan-of.ts";

const codes = async (work: () => unknown) =>
  (await errorsOf(async () => work())).map(({ code, message }) => `${code} ${message}`);

const streaming = { trigger: { kind: "default" }, outputMode: "append" } as const;

/** Historical rows and live ones, joined; the shape of the document's third use case. */
const hybrid = (live = "kafka", unified = "delta") =>
  project(
    [
      node("load_batch", { outputs: ["historical"] }),
      node("stream_events", { inputs: [{ dataset: "clicks", window: "all" }], outputs: ["live"], streaming }),
      node("join_sources", {
        dependencies: ["load_batch", "stream_events"],
        outputs: ["unified"],
        streaming,
      }),
    ],
    [dataset("clicks", { format: live }), dataset("unified", { format: unified })],
  );

describe("PipelineValidator, as the document prints it", () => {
  it("validateRequiredParams", () => {
    PipelineValidator.validateRequiredParams({
      pipelineName: "daily_etl",
      startDate: "2025-01-01",
      endDate: "2025-01-31",
      contextStartDate: "2025-01-01",
      contextEndDate: "2025-01-31",
    });
  });

  it("validatePipelineConfig", () => {
    PipelineValidator.validatePipelineConfig({ pipeline: { nodes: ["extract", "transform", "load"] } });
  });

  it("validateNodeConfigs", () => {
    PipelineValidator.validateNodeConfigs({
      pipelineNodes: ["extract", "transform"],
      nodeConfigs: {
        extract: { function: "etl.extract", output: ["raw"] },
        transform: { function: "etl.transform", dependencies: ["extract"] },
      },
    });
  });

  it("validateHybridPipeline", () => {
    const context = new Context(hybrid());
    const pipeline = context.pipelines.get("p");
    if (pipeline === undefined) throw new Error("no pipeline");
    const result = PipelineValidator.validateHybridPipeline({
      pipeline,
      nodeConfigs: context.nodes,
      formatPolicy: context.formatPolicy,
      datasets: context.datasets,
    });
    expect(result).to.deep.equal({
      batchNodes: ["load_batch"],
      streamingNodes: ["stream_events", "join_sources"],
      valid: true,
    });
  });
});

describe("PipelineValidator", () => {
  const params: readonly (readonly [string, Partial<RequiredParams>, RegExp])[] = [
    ["no name", { pipelineName: "" }, /^USAGE_INVALID_ARGUMENT pipelineName must be/],
    ["no such day", { startDate: "2025-02-30" }, /^USAGE_INVALID_ARGUMENT startDate .* but is "2025-02-30"$/],
    ["half a window", { endDate: undefined }, /^VALIDATION_INCOMPLETE_WINDOW .* no endDate/],
    [
      "an end before the start",
      { endDate: "2024-12-31" },
      /^VALIDATION_INVALID_WINDOW .* 2025-01-01.*2024-12-31$/,
    ],
  ];
  for (const [what, given, expected] of params) {
    it(`refuses ${what}`, async () => {
      const all = { pipelineName: "p", startDate: "2025-01-01", endDate: "2025-01-31", ...given };
      const [error] = await codes(() => PipelineValidator.validateRequiredParams(all));
      expect(error).to.match(expected);
    });
  }

  it("takes each end of the window that the run does not give from the context", () => {
    PipelineValidator.validateRequiredParams({
      pipelineName: "p",
      startDate: "2025-01-01",
      contextStartDate: "2026-01-01",
      contextEndDate: "2025-01-31",
    });
  });

  const pipelines: readonly (readonly [string, object, RegExp])[] = [
    ["without nodes", {}, /needs "nodes"/],
    ["with an empty list", { nodes: [] }, /at least one node name/],
    ["with a node twice", { nodes: ["a", "a"] }, /"a" again/],
    ["with a key nobody reads", { nodes: ["a"], paralel: 2 }, /unknown key "paralel"/],
  ];
  for (const [what, pipeline, expected] of pipelines) {
    it(`refuses a pipeline ${what}`, async () => {
      const [error] = await codes(() =>
        PipelineValidator.validatePipelineConfig({ pipeline: pipeline as { nodes: string[] } }),
      );
      expect(error)
        .to.match(/^CONFIG_/)
        .and.match(expected);
    });
  }

  it("names every node that is missing or not well-formed, without inventing a place", async () => {
    const refused = (nodeConfigs: NodeConfigs) =>
      errorsOf(async () =>
        PipelineValidator.validateNodeConfigs({ pipelineNodes: ["extract", "load"], nodeConfigs }),
      );
    const [missing] = await refused({ extract: { function: "m.a" }, laod: { function: "m.b" } });
    expect([missing?.code, missing?.hint]).to.deep.equal(["GRAPH_MISSING_NODE", 'Did you mean "laod"?']);
    const malformed = await refused({ extract: { output: ["x"] }, load: { functoin: "m.b" } });
    expect(malformed.map(({ code }) => code)).to.have.members(["CONFIG_NODE_CODE", "CONFIG_UNKNOWN_KEY"]);
    expect(malformed.map(({ position }) => position)).to.deep.equal([undefined, undefined]);
  });

  it("returns what is wrong with a hybrid pipeline", () => {
    const validate = (of: ReturnType<typeof hybrid>) => {
      const { nodes, datasets, formatPolicy } = new Context(of);
      const pipeline = { nodes: [...nodes.keys()] };
      return PipelineValidator.validateHybridPipeline({
        pipeline,
        nodeConfigs: nodes,
        formatPolicy,
        datasets,
      });
    };
    const source = validate(hybrid("jdbc"));
    expect(source.valid).to.equal(false);
    expect(source.errors?.map(({ message }) => message)).to.deep.equal([
      'node "stream_events" reads "clicks" as a stream, which jdbc cannot',
    ]);
    const sink = validate(hybrid("kafka", "jdbc"));
    expect(sink.errors?.map(({ code }) => code)).to.deep.equal(["VALIDATION_NOT_STREAMABLE"]);
    expect(sink.streamingNodes).to.deep.equal(["stream_events", "join_sources"]);
    const unknown = PipelineValidator.validateHybridPipeline({
      pipeline: { nodes: ["a", "b"] },
      nodeConfigs: { a: { function: "m.a", dependencies: "b" }, b: { function: "m.b", dependencies: "a" } },
      formatPolicy: new Map(),
    });
    expect(unknown.errors?.map(({ message }) => message)).to.deep.equal([
      "Circular dependency detected: a <-> b",
    ]);
    expect([unknown.valid, unknown.batchNodes]).to.deep.equal([false, ["a", "b"]]);
  });
});
