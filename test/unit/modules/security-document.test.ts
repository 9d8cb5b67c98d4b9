import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { harmlessBuiltins, parseAllowedModules } from "../../../src/modules/allowed-modules.ts";
import { attacks } from "./attacks.ts";
import { importInChild } from "./import-in-child.ts";
import { legitimate } from "./legitimate.ts";

const root = resolve(import.meta.dirname, "../../..");
const text = readFileSync(join(root, "docs/security.md"), "utf8");

function block(language: string): string {
  return new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "m").exec(text)?.[1] ?? "";
}

describe("docs/security.md", () => {
  it("lists the free built-ins", () => {
    const listed = /^Free are ([\s\S]*?): they$/m.exec(text)?.[1] ?? "";
    expect([...listed.matchAll(/node:\w+/g)].map(String)).to.deep.equal(harmlessBuiltins);
  });

  it("names every code of the importer", () => {
    const codes = (files: string): string[] => [...new Set(files.match(/IMPORT_[A-Z_]*[A-Z]/g))].sort();
    const sources = globSync("src/modules/*.ts", { cwd: root }).map((file) =>
      readFileSync(join(root, file), "utf8"),
    );
    expect(codes(text)).to.deep.equal(codes(sources.join("\n")));
  });

  it("counts what is tried", () => {
    const counts = Object.entries(attacks).map(([category, of]): [string, number] => [category, of.length]);
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    const rows = [...text.matchAll(/^\| ([a-z -]+) +\| +(\d+) \|/gm)].map(([, name = "", count]) => [
      name.trim(),
      Number(count),
    ]);
    expect(rows).to.deep.equal([...counts, ["all attacks", all], ["legitimate modules", legitimate.length]]);
  });

  it("shows settings that are valid", () => {
    const settings = parse(block("yaml")) as { security: { allowed_modules: string[] } };
    const allowed = parseAllowedModules(settings.security.allowed_modules);
    expect(["date-fns/format", "@acme/x", "lodash/get"].every(allowed.package)).to.equal(true);
    expect(allowed.package("lodash")).to.equal(false);
  });

  it("shows the message as it is, and what is refused", () => {
    const source = `import { readFileSync } from "node:fs";\nexport const extract = readFileSync;\n`;
    const statements = block("ts").trim().split("\n");
    const [shown, ...outcomes] = importInChild([
      { name: "shown", ref: "etl.clean.extract", files: { "src/etl/clean.ts": source } },
      ...statements.map((statement) => {
        const dynamic = /^(?:await|eval|new)/.test(statement);
        const etl = dynamic ? `await ${statement.replace("await ", "")}` : statement;
        return { name: statement, files: { "src/etl.ts": `${etl}\nexport const fn = () => 1;\n` } };
      }),
    ]);
    expect(text).to.include(`error[${shown?.code}] ${shown?.message}\n  --> src/etl/clean.ts:1:30\n`);
    expect(shown?.place).to.match(/src\/etl\/clean\.ts:1:30$/);
    expect(outcomes.map(({ code }) => code)).to.deep.equal(
      statements.map(() => "IMPORT_BUILTIN_NOT_ALLOWED"),
    );
  });
});
