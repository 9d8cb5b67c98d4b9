import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { sectionNames } from "../../../src/config/section-names.ts";
import { keyTable } from "./key-table.ts";
import { load } from "./project-folder.ts";

const file = fileURLToPath(new URL("../../../docs/configuration.md", import.meta.url));

/** The document with the tables that the schemas make today. UPDATE_DOCS=1 writes it. */
function withTables(text: string): string {
  return text.replace(
    /(<!-- keys of (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, start: string, name: string, end: string) => {
      const section = sectionNames.find((known) => known === name);
      return section === undefined ? "" : `${start}${keyTable(section)}\n${end}`;
    },
  );
}

/** The formatter aligns tables. */
function unaligned(text: string): string {
  return text.replaceAll(/ +/g, " ").replaceAll(/-{3,}/g, "---").replaceAll(/\n+/g, "\n");
}

describe("docs/configuration.md", () => {
  it("has every key of every schema", () => {
    const text = readFileSync(file, "utf8");
    const expected = withTables(text);
    for (const name of sectionNames) {
      expect(unaligned(expected)).to.include(unaligned(keyTable(name)));
      expect(keyTable(name).split("\n").length).to.be.greaterThan(5);
    }
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(file, expected);
    else {
      const fix =
        "UPDATE_DOCS=1 npx mocha test/unit/config/configuration-doc.test.ts && npx biome check --write docs";
      expect(unaligned(text), fix).to.equal(unaligned(expected));
    }
  });

  it("describes every key", () => {
    for (const name of sectionNames) expect(keyTable(name)).not.to.match(/\| {2}\|.*\|$/m);
  });

  it("shows YAML that is read", async () => {
    const blocks = [...readFileSync(file, "utf8").matchAll(/```yaml\n# config\/(\S+)\n([\s\S]*?)```/g)];
    expect(blocks.length).to.be.at.least(5);
    const files = blocks.map(([, name, yaml]) => [`config/${name}`, yaml] as const);
    const project = await load(
      { ...Object.fromEntries(files), "secrets/crm": "s3cret\n" },
      {
        SPARKWRIGHT_ENV: "dev",
        DB_PASSWORD: "hunter2",
        SPARK_TOKEN: "t",
      },
    );
    expect(project.environment).to.equal("dev");
    expect(project.secrets).to.include("hunter2");
    expect(project.nodes.size).to.be.greaterThan(0);
  });
});
