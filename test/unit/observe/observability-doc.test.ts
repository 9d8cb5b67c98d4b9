import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { load } from "../config/project-folder.ts";

const doc = readFileSync(join(import.meta.dirname, "../../../docs/observability.md"), "utf8");
const snippets = [...doc.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = ""]) => text);

describe("docs/observability.md", () => {
  const parsed = async (text: string) =>
    (await load({ "config/global_settings.yaml": text, "config/nodes.yaml": "n: { sql: select 1 }\n" }))
      .settings.observe;

  it("shows settings that are settings", async () => {
    expect(snippets).to.have.lengthOf(4);
    const [all, url, file, webhooks] = await Promise.all(snippets.map(parsed));
    expect(all).to.deep.equal({
      lineage: { url: "http://localhost:5000/api/v1/lineage", namespace: "shop" },
      tracing: true,
      webhooks: [
        { url: "https://hooks.example.com/services/T000/B000", on: ["failure", "cancelled"], headers: {} },
      ],
    });
    expect(url?.lineage).to.deep.equal({
      url: "https://lineage.example.com/api/v1/lineage",
      apiKey: "none",
      namespace: "shop",
    });
    expect(file?.lineage?.file).to.match(/\/\.sparkwright\/lineage\.ndjson$/);
    expect(webhooks?.webhooks).to.deep.equal([
      { url: "https://hooks.example.com/services/T000/B000", on: ["failure"], headers: { "X-Team": "data" } },
    ]);
  });

  it("names the facets that are sent, and no others", () => {
    const source = readFileSync(join(import.meta.dirname, "../../../src/observe/lineage/facets.ts"), "utf8");
    const sent = new Set([...source.matchAll(/(\w+): this\.#facet\(/g)].map(([, name]) => name));
    sent.add("parent").add("sql").add("schema");
    const table = doc.slice(doc.indexOf("| facet"), doc.indexOf("Datasets are named"));
    const told = new Set([...table.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    for (const name of ["description"]) told.delete(name);
    expect([...told].toSorted()).to.deep.equal([...sent].toSorted());
  });
});
