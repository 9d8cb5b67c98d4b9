import { expect } from "chai";
import { findPipeline } from "../../../src/planning/find-pipeline.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { errorsOf, load } from "../config/project-folder.ts";

const bare = { "config.yaml": "nodes:\n  a: { function: m.a }\n  b: { function: m.b, dependencies: a }\n" };

describe("findPipeline", () => {
  it("lets a project without pipelines answer to any name, under which its runs are recorded", async () => {
    const project = await load(bare);
    expect(findPipeline(project, "daily_etl")).to.deep.include({ name: "daily_etl", nodes: ["a", "b"] });
    expect(planRun(project, "daily_etl").pipeline).to.equal("daily_etl");
    expect(planRun(project, "default").nodes.map(({ name }) => name)).to.deep.equal(["a", "b"]);
  });

  it("wants a name that can be part of ids and paths", async () => {
    const project = await load(bare);
    for (const name of ["", "../x", "a b"]) {
      const [error] = await errorsOf(async () => findPipeline(project, name));
      expect(error?.code, name).to.equal("USAGE_UNKNOWN_PIPELINE");
    }
  });

  it("takes no other name for a pipeline that was declared", async () => {
    const project = await load({
      "config.yaml": `pipelines: { daily_etl: { nodes: a } }\n${bare["config.yaml"]}`,
    });
    const [error] = await errorsOf(async () => findPipeline(project, "daily_elt"));
    expect(error?.code).to.equal("USAGE_UNKNOWN_PIPELINE");
    expect(error?.hint).to.equal('Did you mean "daily_etl"? Pipelines: daily_etl.');
  });
});
