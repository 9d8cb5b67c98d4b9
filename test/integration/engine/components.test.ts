import { join } from "node:path";
import { expect } from "chai";
import type { RunEvent } from "../../../src/events/run-event.ts";
import { BaseExecutor } from "../../../src/facade/base-executor.ts";
import { Context } from "../../../src/facade/context.ts";
import { DependencyResolver } from "../../../src/facade/dependency-resolver.ts";
import { InputLoader } from "../../../src/facade/input-loader.ts";
import { NodeCommand } from "../../../src/facade/node-command.ts";
import { NodeExecutor } from "../../../src/facade/node-executor.ts";
import { OutputManager } from "../../../src/facade/output-manager.ts";
import { getSpark } from "../spark.ts";
import { EngineProject, engineSession } from "./engine-project.ts";

const config = `
pipelines: { daily_etl: { nodes: [extract, transform, load] } }
datasets: { $DB.clean: { mode: append } }
nodes:
  extract: { function: etl.extract, output: ["$DB.raw"] }
  transform: { function: etl.transform, dependencies: ["extract"], output: ["$DB.clean"], hyperparams: { depth: 2 } }
  load: { function: etl.load, dependencies: ["transform"], output: ["$DB.final"] }
`;
const etl = `
export const extract = (ctx) => ctx.spark.range(6);
export const transform = (rows, ctx) =>
  rows.where("id % 2 = 0").selectExpr("id", "'" + ctx.startDate + "' as day", "cast(" + (ctx.params.lr ?? -1) + " as double) as lr", ctx.params.depth + " as depth");
export const load = (rows) => rows.groupBy("day").count();
`;

/** The calls of the document's component reference that need Spark. */
describe("components of the document", function () {
  this.timeout(240_000);
  let project: EngineProject;
  let context: Context;
  const window = { startDate: "2025-01-01", endDate: "2025-01-31" };
  const openSession = () => engineSession();

  before(async () => {
    project = new EngineProject({ "config.yaml": config, "src/etl.mjs": etl });
    context = await Context.load(join(project.root, "config.yaml"));
  });
  after(() => project.drop());

  it("NodeExecutor: nodes in parallel, in their order, then a single one over what is stored", async () => {
    const [inputLoader, outputManager] = [new InputLoader(context), new OutputManager(context)];
    const events: RunEvent[] = [];
    const executor = new NodeExecutor({
      context,
      inputLoader,
      outputManager,
      maxWorkers: 4,
      openSession,
      onEvent: (event) => void events.push(event),
    });
    const dag = DependencyResolver.buildDependencyGraph({
      pipelineNodes: ["extract", "transform", "load"],
      nodeConfigs: context.nodes,
    });
    const summary = await executor.executeNodesParallel({
      executionOrder: DependencyResolver.topologicalSort(dag),
      nodeConfigs: context.nodes,
      dag,
      ...window,
      mlInfo: {},
    });
    expect(summary).to.include({
      pipeline: "daily_etl",
      status: "success",
      completed: 3,
      rows: 6n + 3n + 1n,
    });
    const order = events.flatMap((event) => (event.type === "node_succeeded" ? [event.node] : []));
    expect(order).to.deep.equal(["extract", "transform", "load"]);

    const single = await executor.executeSingleNode({
      nodeName: "transform",
      ...window,
      mlInfo: { hyperparams: { lr: 0.01, depth: 9 } },
    });
    expect(single).to.include({ status: "success", completed: 1, rows: 3n });
    expect(single.nodes.map(({ name }) => name)).to.deep.equal(["transform"]);
    // Appended once per run; of mlInfo what the node does not say itself.
    expect(await project.rows("select id, lr, depth from $DB.clean order by lr, id")).to.deep.equal([
      "0 -1 2",
      "2 -1 2",
      "4 -1 2",
      "0 0.01 2",
      "2 0.01 2",
      "4 0.01 2",
    ]);
  });

  it("NodeExecutor: nodes that no file knows, with a graph that adds an order", async () => {
    const events: RunEvent[] = [];
    const executor = new NodeExecutor({ context, openSession, onEvent: (event) => void events.push(event) });
    const summary = await executor.executeNodesParallel({
      pipelineName: "ad_hoc",
      executionOrder: ["second", "first"],
      nodeConfigs: {
        first: { sql: "select 1 as one", output: `${project.db}.first` },
        second: { sql: "select 2 as two", output: `${project.db}.second` },
      },
      dag: { second: ["first"], first: [] },
    });
    expect(summary).to.include({ pipeline: "ad_hoc", status: "success", rows: 2n });
    const order = events.flatMap((event) =>
      event.type === "node_started" || event.type === "node_succeeded" ? [`${event.type} ${event.node}`] : [],
    );
    expect(order).to.deep.equal([
      "node_started second",
      "node_succeeded second",
      "node_started first",
      "node_succeeded first",
    ]);
    expect(await project.rows("select * from $DB.first, $DB.second")).to.deep.equal(["1 2"]);
  });

  it("BaseExecutor: the summary of a run with selected nodes and overridden parameters", async () => {
    await using executor = new BaseExecutor({ context, openSession });
    const summary = await executor.executePipeline({
      pipelineName: "daily_etl",
      ...window,
      maxWorkers: 4,
      hyperparams: { lr: 0.05, depth: 8 },
      select: ["transform"],
    });
    expect(summary).to.include({ status: "success", completed: 1, failed: 0, skipped: 0, rows: 3n });
    expect(summary.durationMs).to.be.greaterThan(0);
    expect(await project.rows("select distinct lr, depth from $DB.clean where lr = 0.05")).to.deep.equal([
      "0.05 8",
    ]);
    expect(await executor.session()).to.equal(await executor.session());
  });

  it("NodeCommand, InputLoader and OutputManager: a node by hand", async () => {
    const session = await getSpark();
    const raw = await new InputLoader(context).load({ dataset: `${project.db}.raw`, session });
    const command = new NodeCommand({
      function: (rows: typeof raw) => rows.where("id < 2").selectExpr("'by hand' as day", "id as count"),
      inputDfs: [raw],
      ...window,
      nodeName: "load",
    });
    const saved = await new OutputManager(context).save({
      dataset: `${project.db}.final`,
      frame: await command.execute(),
    });
    expect(saved).to.include({ outcome: "written", rows: 2n });
    expect(await project.rows("select * from $DB.final order by count")).to.deep.equal([
      "by hand 0",
      "by hand 1",
    ]);
  });
});
