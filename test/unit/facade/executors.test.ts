import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { BaseExecutor, type ExecutePipelineRequest } from "../../../src/facade/base-executor.ts";
import { Context } from "../../../src/facade/context.ts";
import type { ExecutorOptions } from "../../../src/facade/executor-options.ts";
import { InputLoader } from "../../../src/facade/input-loader.ts";
import { type ExecuteNodesParallelRequest, NodeExecutor } from "../../../src/facade/node-executor.ts";
import { OutputManager } from "../../../src/facade/output-manager.ts";
import { errorsOf, withFolder } from "../config/project-folder.ts";

const files = {
  "config.yaml": `
pipelines:
  batch: { nodes: [extract, load] }
  hybrid: { nodes: [extract, live] }
  wrong: { nodes: [lost] }
datasets:
  clicks: { table: t.clicks }
nodes:
  extract: { sql: "select 1 as id", output: t.raw }
  load: { sql: "select * from t.raw", input: t.raw, output: t.final }
  live: { function: m.live, input: clicks, output: t.live, streaming: { trigger: available_now } }
  lost: { function: m.nowhere, output: t.lost }
`,
  "src/m.mjs": "export const live = (clicks) => clicks;\n",
};

/** An executor's options whose every attempt to reach Spark is counted and fails. */
async function withContext(
  use: (options: ExecutorOptions, sessions: () => number, root: string) => Promise<void>,
): Promise<void> {
  await withFolder(files, async (root) => {
    let sessions = 0;
    const openSession = () => {
      sessions += 1;
      return Promise.reject(new Error("Spark was asked"));
    };
    await use({ context: await Context.load(root), openSession }, () => sessions, root);
  });
}

const codes = async (work: () => Promise<unknown>) => (await errorsOf(work)).map(({ code }) => code);

describe("BaseExecutor", () => {
  it("refuses streaming nodes in every kind of run, valid as they are, before Spark is touched", () =>
    withContext(async (options, sessions, root) => {
      const executor = new BaseExecutor(options);
      const runs = [
        () => executor.executePipeline({ pipelineName: "hybrid" }),
        () =>
          executor.executeHybridPipeline({
            pipelineName: "hybrid",
            startDate: "2025-01-01",
            endDate: "2025-01-31",
            modelVersion: "v1.0.0",
            hyperparams: { lr: 0.01 },
          }),
        () => executor.executeStreamingPipeline({ pipelineName: "hybrid", executionMode: "async" }),
        () => executor.executeStreamingPipeline({ pipelineName: "hybrid", executionMode: "sync" }),
      ];
      for (const run of runs) {
        const [error] = await errorsOf(run);
        expect(error?.code).to.equal("RUN_STREAMING_UNSUPPORTED");
        expect(error?.details["nodes"]).to.deep.equal(["live"]);
        expect(error?.hint).to.match(/executePipeline/);
      }
      expect(sessions()).to.equal(0);
      expect(existsSync(join(root, ".sparkwright"))).to.equal(false);
    }));

  it("says what is wrong with a hybrid pipeline before it says that none can run", () =>
    withContext(async (options) => {
      const executor = new BaseExecutor(options);
      expect(await codes(() => executor.executeHybridPipeline({ pipelineName: "wrong" }))).to.deep.equal([
        "IMPORT_MISSING_EXPORT",
      ]);
      expect(await codes(() => executor.executeStreamingPipeline({ pipelineName: "hybird" }))).to.deep.equal([
        "USAGE_UNKNOWN_PIPELINE",
      ]);
    }));

  it("records a run that finds no Spark, and resolves to its summary", () =>
    withContext(async (options, sessions) => {
      const events: string[] = [];
      const executor = new BaseExecutor({ ...options, onEvent: ({ type }) => void events.push(type) });
      const summary = await executor.executePipeline({ pipelineName: "batch", maxWorkers: 2 });
      expect(summary).to.include({
        pipeline: "batch",
        status: "failed",
        completed: 0,
        cancelled: 2,
        rows: 0n,
      });
      expect(summary.error?.message).to.equal("Spark was asked");
      expect(events[0]).to.equal("run_started");
      expect(events.at(-1)).to.equal("run_finished");
      expect(sessions()).to.equal(1);
    }));

  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["no pipeline", {}, /^pipelineName must be text/],
    [
      "a day that is none",
      { pipelineName: "batch", startDate: "yesterday" },
      /^startDate must be a calendar day/,
    ],
    ["no workers", { pipelineName: "batch", maxWorkers: 0 }, /^maxWorkers must be a whole number/],
    ["parameters in a list", { pipelineName: "batch", hyperparams: [] }, /^hyperparams must be an object/],
    ["text for a list of selectors", { pipelineName: "batch", select: "load" }, /^select must be an array/],
    ["a name in snake case", { pipelineName: "batch", start_date: "2025-01-01" }, /no `start_date`/],
  ];
  for (const [what, request, message] of wrong) {
    it(`refuses ${what}`, () =>
      withContext(async (options) => {
        const executor = new BaseExecutor(options);
        const [error] = await errorsOf(() => executor.executePipeline(request as ExecutePipelineRequest));
        expect(error?.code).to.equal("USAGE_INVALID_ARGUMENT");
        expect(error?.message).to.match(message);
      }));
  }

  it("owns a loader and a manager of its own context, or of none", () =>
    withContext(async (options) => {
      const { context } = options;
      const inputLoader = new InputLoader(context);
      expect(new BaseExecutor({ ...options, inputLoader }).inputLoader).to.equal(inputLoader);
      expect(new BaseExecutor(options).outputManager.context).to.equal(context);
      const other = new Context(context.project);
      for (const foreign of [
        { inputLoader: new InputLoader(other) },
        { outputManager: new OutputManager(other) },
      ]) {
        expect(await codes(async () => new BaseExecutor({ ...options, ...foreign }))).to.deep.equal([
          "USAGE_INVALID_ARGUMENT",
        ]);
      }
      const bare = { context: context.project } as unknown as ExecutorOptions;
      expect(await codes(async () => new BaseExecutor(bare))).to.deep.equal(["USAGE_INVALID_ARGUMENT"]);
    }));

  it("opens its session lazily, again after a failure, and does nothing once it is closed", () =>
    withContext(async (options, sessions) => {
      const executor = new BaseExecutor(options);
      expect(sessions()).to.equal(0);
      for (const opened of [1, 2]) {
        expect(await executor.session().catch((error: unknown) => String(error))).to.match(/Spark was asked/);
        expect(sessions()).to.equal(opened);
      }
      await executor.close();
      await executor.close();
      expect(await codes(() => executor.session())).to.deep.equal(["USAGE_EXECUTOR_CLOSED"]);
      expect(await codes(() => executor.executePipeline({ pipelineName: "batch" }))).to.deep.equal([
        "USAGE_EXECUTOR_CLOSED",
      ]);
      expect(sessions()).to.equal(2);
    }));

  it("cancels what still runs when it is closed", () =>
    withContext(async (options) => {
      const opening = Promise.withResolvers<void>();
      const executor = new BaseExecutor({
        ...options,
        openSession: (signal) => {
          opening.resolve();
          return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
        },
      });
      const run = executor.executePipeline({ pipelineName: "batch" });
      await opening.promise;
      await executor.close();
      expect(await run).to.include({ status: "cancelled", cancelled: 2 });
    }));
});

describe("NodeExecutor", () => {
  it("refuses what it cannot run, before Spark is touched", () =>
    withContext(async (options, sessions) => {
      const executor = new NodeExecutor(options);
      const single = (nodeName: string, more: object = {}) =>
        codes(() => executor.executeSingleNode({ nodeName, ...more }));
      const parallel = (request: ExecuteNodesParallelRequest) =>
        errorsOf(() => executor.executeNodesParallel(request));

      expect(await single("nobody")).to.deep.equal(["USAGE_PIPELINE_NEEDED"]);
      expect(await single("extract")).to.deep.equal(["USAGE_PIPELINE_NEEDED"]);
      expect(await single("load", { endDate: "2025-13-01" })).to.deep.equal(["USAGE_INVALID_ARGUMENT"]);
      expect(await single("load", { mlInfo: { hyperparam: {} } })).to.deep.equal(["USAGE_INVALID_ARGUMENT"]);
      expect(await single("live")).to.deep.equal(["RUN_STREAMING_UNSUPPORTED"]);

      const [order] = await parallel({ executionOrder: ["load", "extract"] });
      expect(order?.message).to.equal('executionOrder has "load" before "extract", which it depends on');
      const [dag] = await parallel({
        executionOrder: ["b", "a"],
        pipelineName: "batch",
        nodeConfigs: { a: { sql: "select 1" }, b: { sql: "select 2" } },
        dag: { a: ["b"], b: [] },
      });
      expect(dag?.code).to.equal("USAGE_EXECUTION_ORDER");
      const [missing] = await parallel({
        executionOrder: ["a", "c"],
        pipelineName: "batch",
        nodeConfigs: { a: { sql: "select 1" } },
      });
      expect(missing?.code).to.equal("GRAPH_MISSING_NODE");
      const [code] = await parallel({
        executionOrder: ["a"],
        pipelineName: "batch",
        nodeConfigs: { a: { sql: "select 1", dependencies: "z" } },
      });
      expect([code?.code, code?.position]).to.deep.equal(["GRAPH_MISSING_NODE", undefined]);
      expect(await codes(async () => new NodeExecutor({ ...options, maxWorkers: 0.5 }))).to.deep.equal([
        "USAGE_INVALID_ARGUMENT",
      ]);
      expect(sessions()).to.equal(0);
    }));
});
