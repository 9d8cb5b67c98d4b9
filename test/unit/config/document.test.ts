import { expect } from "chai";
import { planRun } from "../../../src/planning/run-plan.ts";
import { dependencyFormats, nodeMlops, snippets } from "./document-snippets.ts";
import { load } from "./project-folder.ts";

const indented = (yaml: string) => yaml.replace(/^(?=.)/gm, "  ");

describe("the YAML of the document", () => {
  for (const { name, file, yaml } of snippets) {
    it(`${name}: is read as it is printed`, async () => {
      const nodes = { "config/nodes.yaml": "a: {function: m.a}\n" };
      const own = { [file === "config" ? "config.yaml" : `config/${file}.yaml`]: yaml };
      const inputs = { "config/datasets.yaml": "src_raw:\n" };
      const project = await load(file === "config" ? own : { ...nodes, ...inputs, ...own });
      for (const pipeline of project.pipelines.keys()) {
        const plan = planRun(project, pipeline, { startDate: "2025-01-01", endDate: "2025-01-31" });
        expect(plan.nodes.map((node) => node.name)).to.have.members([...project.nodes.keys()]);
      }
      expect(project.nodes.size).to.equal(
        file === "nodes" || file === "config" ? yaml.match(/function:/g)?.length : 1,
      );
    });
  }

  for (const [yaml, expected] of dependencyFormats) {
    it(`reads dependencies: ${yaml.split("\n", 1)[0]?.slice(2)}`, async () => {
      const { nodes } = await load(`a:\n  function: m.a\n${indented(yaml)}`);
      expect(nodes.get("a")?.dependencies).to.deep.equal(expected);
    });
  }

  it("reads mlops of a node over that of ml_info over that of the settings", async () => {
    const project = await load({
      "config/nodes.yaml": `train_model:\n  function: ml.train\n${indented(nodeMlops)}`,
      "config/ml_info.yaml": snippets.find(({ name }) => name === "precedence: ml_info.yaml")?.yaml ?? "",
      "config/global_settings.yaml":
        snippets.find(({ name }) => name === "precedence: global_settings.yaml")?.yaml ?? "",
    });
    expect(project.settings.mlops).to.deep.equal({ backend: "local" });
    expect(project.mlInfo?.mlops).to.deep.equal({ backend: "databricks" });
    expect(project.nodes.get("train_model")?.mlops).to.deep.equal({ backend: "databricks_prod" });
  });
});
