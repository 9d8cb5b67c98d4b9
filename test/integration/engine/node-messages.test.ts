import { expect } from "chai";
import { EngineProject, errorOf } from "./engine-project.ts";

describe("what a careless node is told", function () {
  this.timeout(120_000);
  const projects: EngineProject[] = [];
  const project = (config: string, code: string): EngineProject => {
    const one = new EngineProject({ "config.yaml": config, "src/nodes.mjs": code });
    projects.push(one);
    return one;
  };
  afterEach(async () => {
    for (const one of projects.splice(0)) await one.drop();
  });

  it("what was passed, when a function takes a frame of its dependencies for ctx", async () => {
    const one = project(
      `
pipelines: { p: { nodes: [first, only_ctx, following] } }
nodes:
  first: { sql: "select 1 as id", output: $DB.first }
  only_ctx: { function: nodes.onlyCtx, dependencies: first, output: $DB.only_ctx }
  following: { function: nodes.following, input: $DB.first, output: $DB.following }
`,
      `
export const onlyCtx = (ctx) => ctx.spark.sql("select 2 as id");
export const following = (rows, other, ctx) => other.union(rows).limit(ctx.params.n);
`,
    );
    const run = await one.run();
    const told = (node: string) => run.summary.nodes.find(({ name }) => name === node)?.error;
    expect(told("only_ctx")?.code).to.equal("NODE_ARGUMENTS");
    expect(told("only_ctx")?.message).to.match(
      /nodes\.onlyCtx of node 'only_ctx' declares 1 parameter, and was called with \(the DataFrame of '\w+\.first', ctx\)/,
    );
    expect(told("only_ctx")?.hint).to.contain("Take one parameter for each input");
    expect(errorOf(run, "following")).to.equal("NODE_ARGUMENTS");
    expect(told("following")?.message).to.contain("declares 3 parameters");
  });

  it("how long it really took, when its code does not listen to the signal", async () => {
    const one = project(
      `
pipelines: { p: { nodes: [deaf] } }
nodes:
  deaf: { function: nodes.deaf, output: $DB.deaf, timeout: 1s, retries: 0 }
`,
      `
import { setTimeout } from "node:timers/promises";
export const deaf = async (ctx) => { await setTimeout(3_000); return ctx.spark.range(1); };
`,
    );
    const run = await one.run();
    const [deaf] = run.summary.nodes;
    expect(deaf?.error?.code).to.equal("NODE_TIMEOUT");
    expect(deaf?.error?.message).to.match(/longer than its timeout of 1\.0 s.*(2\.9|3\.\d|[4-9]\.\d) s/s);
  });
});
