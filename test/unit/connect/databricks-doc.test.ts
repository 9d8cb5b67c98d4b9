import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parseDatabricksUrl } from "../../../src/connect/databricks-url.ts";

const root = join(import.meta.dirname, "../../..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");
const document = read("docs/databricks.md");

/** The names in a text that begin with `DATABRICKS_`, each once. */
const namesIn = (text: string): string[] => [...new Set(text.match(/\bDATABRICKS_[A-Z_]*[A-Z]\b/g))].sort();

describe("docs/databricks.md", () => {
  it("has every variable and every error code, and no other", () => {
    const sources = globSync("src/connect/{environment,databricks*}.ts", { cwd: root }).map(read);
    expect(namesIn(document)).to.eql(namesIn(sources.join("\n")));
    expect(namesIn(document)).to.include.members(["DATABRICKS_HOST", "DATABRICKS_OAUTH"]);
  });

  it("has every parameter of an address, and only such", () => {
    const listed = /^Parameters: ([\s\S]*?)\n\n/m.exec(document)?.[1] ?? "";
    const names = [...listed.matchAll(/`([a-z_]+)`/g)].map(([, name]) => name).filter((name) => name?.length);
    const parameters = names.filter((name) => name !== "true" && name !== "false");
    expect(parameters).to.have.length(8);
    for (const name of parameters) {
      const url = parseDatabricksUrl(`databricks://;${name}=${name === "serverless" ? "true" : "value"}`);
      expect(Object.values(url), name).to.have.length(1);
    }
  });
});
