import { expect } from "chai";
import { EngineProject, errorOf, statuses } from "./engine-project.ts";

const code = `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const log = [];
export const opens = async (ctx) => {
  ctx.use(() => { throw new Error("stuck lid"); });
  ctx.use({ close: () => ctx.log.info("closed") });
  const cached = await ctx.cache(ctx.spark.range(7));
  const again = await ctx.spark.range(8).cache();
  await cached.createOrReplaceTempView("left_by_node");
  if (ctx.params.fail) throw new Error("after opening");
  return cached.union(again);
};
export const looks = async (ctx) => {
  const views = await ctx.spark.catalog.listTables();
  const levels = await Promise.all([7, 8].map((n) => ctx.spark.range(n).storageLevel()));
  ctx.log.info("found", {
    views: views.map((view) => view.name).filter((name) => name === "left_by_node"),
    cached: levels.map((level) => level.useMemory),
  });
};
export const leaves = async (ctx) => {
  void ctx.spark.sql("select reflect('java.lang.Thread', 'sleep', 60000L)").then((rows) => rows.collect()).catch(() => {});
  await pause(1_500);
};
`;

describe("what a node holds", function () {
  this.timeout(120_000);

  const run = async (fail: boolean) => {
    const project = new EngineProject({
      "config.yaml": `
global_settings: { max_parallel_nodes: 1, execution: { retries: { max: 0 } } }
pipelines: { p: { nodes: [opens, looks] } }
nodes:
  opens: { function: nodes.opens, output: rows, hyperparams: { fail: ${fail} } }
  looks: { function: nodes.looks }
datasets: { rows: { path: $ROOT/rows, format: parquet } }
`,
      "src/nodes.mjs": code,
    });
    const outcome = await project.run();
    const lines = outcome.events.flatMap((event) =>
      event.type === "node_log"
        ? [`${event.node} ${event.level} ${event.message} ${JSON.stringify(event.fields)}`]
        : [],
    );
    return { outcome, lines, project };
  };
  const released = [
    "opens info closed {}",
    "opens warn what a function cleans up could not be released: stuck lid {}",
    'looks info found {"views":[],"cached":[false,false]}',
  ];

  it("is released when it has succeeded, after its rows are stored", async () => {
    const { outcome, lines, project } = await run(false);
    expect(statuses(outcome)).to.deep.equal({ opens: "success", looks: "success" });
    expect(lines).to.deep.equal(released);
    expect(await project.rows(`select count(*) from parquet.\`${project.root}/rows\``)).to.deep.equal(["15"]);
  });

  it("is released when it has failed", async () => {
    const { outcome, lines } = await run(true);
    expect(errorOf(outcome, "opens")).to.equal("NODE_THREW");
    expect(lines).to.deep.equal(released);
  });

  it("includes an operation that its code did not wait for: it is stopped, and that is confirmed", async () => {
    const project = new EngineProject({
      "config.yaml": "pipelines: { p: { nodes: [leaves] } }\nnodes: { leaves: { function: nodes.leaves } }\n",
      "src/nodes.mjs": code,
    });
    const outcome = await project.run();
    expect(statuses(outcome)).to.deep.equal({ leaves: "success" });
    expect(outcome.stored.operations.at(-1)?.state).to.equal("cancelled");
    const [warning] = outcome.events.flatMap((event) => (event.type === "node_log" ? [event.message] : []));
    expect(warning).to.equal("1 Spark operation still ran when the attempt ended and had to be stopped");
  });

  it("includes nothing of a dataset that was checked; a warning is told though another check refuses the write", async () => {
    const project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [good, bad] } }
nodes:
  good: { sql: "select id, id % 2 as half from range(4)", output: good }
  bad: { sql: "select id, id % 2 as half from range(4)", output: bad }
datasets:
  good: { path: $ROOT/good, format: parquet, checks: [{ unique: [id] }] }
  bad:
    path: $ROOT/bad
    format: parquet
    checks: [{ unique: [half], severity: warn }, { range: { column: id, max: 2 } }]
`,
    });
    const outcome = await project.run();
    expect(statuses(outcome)).to.deep.equal({ good: "success", bad: "failed" });
    expect(errorOf(outcome, "bad")).to.equal("DATASET_CHECK_FAILED");
    const warnings = outcome.events.flatMap((event) =>
      event.type === "node_log" && event.level === "warn" ? [event.message] : [],
    );
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain("half repeats in 4 of 4 rows");
  });
});
