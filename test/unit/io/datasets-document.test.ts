import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { errorsOf, load } from "../config/project-folder.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/datasets.md"), "utf8");
const snippets = [...text.matchAll(/```yaml\n# (config\/\w+\.yaml)\n([\s\S]*?)```/g)];

describe("docs/datasets.md", () => {
  it("has snippets that belong to one project, and parse", async () => {
    const files = new Map<string, string>([["config/nodes.yaml", "n: { sql: select 1 }\n"]]);
    for (const [, file = "", yaml = ""] of snippets) files.set(file, `${files.get(file) ?? ""}${yaml}`);
    const project = await load(Object.fromEntries(files));
    expect([...project.datasets.keys()]).to.include.members([
      "silver.orders",
      "crm.accounts",
      "silver.payments",
      "customer",
      "gold.training_set",
    ]);
    expect(project.datasets.get("silver.payments")?.checks?.map(({ kind }) => kind)).to.deep.equal([
      "not_null",
      "unique",
      "accepted_values",
      "range",
      "row_count",
      "expression",
    ]);
    expect(project.settings.dataSources).to.deep.equal({ crm: "sources.crm" });
    expect(project.nodes.get("training_set")?.asOf).to.equal("ordered_at");
  });

  it("has every yaml snippet in a file, each of which is checked", async () => {
    expect(snippets).to.have.length(text.match(/```yaml/g)?.length ?? 0);
    const wrong = { "config/datasets.yaml": "d: { cheks: [] }", "config/nodes.yaml": "n: { sql: select 1 }" };
    expect(await errorsOf(() => load(wrong))).to.have.length(1);
  });
});
