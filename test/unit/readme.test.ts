import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { ExitCode } from "../../src/cli/exit-code.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const readme = read("README.md");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

/** The fenced blocks of a language. */
function blocks(language: string, text = readme): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

describe("README", () => {
  it("starts with the two commands that do all the set-up", () => {
    expect(blocks("sh")[0]).to.equal("npm ci && npm run pipeline -- daily_etl\nnpm test\n");
    expect(readme.split("\n").findIndex((line) => line.startsWith("npm ci"))).to.be.lessThan(20);
  });

  it("shows the nodes of the example as they are", () => {
    const nodes = parse(read("examples/flights/config/nodes.yaml")) as Record<
      string,
      Record<string, unknown>
    >;
    const [shown] = blocks("yaml").map((text) => parse(text) as Record<string, unknown>);
    expect(Object.keys(shown ?? {})).to.have.lengthOf(2);
    for (const [name, node] of Object.entries(shown ?? {})) {
      const { description: _, ...rest } = nodes[name] ?? {};
      expect(node).to.deep.equal(rest);
    }
  });

  it("shows code of the example as it is", () => {
    const [node = ""] = blocks("ts");
    const source = read("examples/flights/src/bronze.ts");
    for (const part of node.split("\n\n")) {
      for (const line of part.split("\n")) expect(source).to.include(line);
    }
  });

  it("names every exit code", () => {
    const listed = [...readme.matchAll(/^\| ([\d, ]+) \|/gm)].flatMap((match) =>
      (match[1] ?? "").split(", ").map(Number),
    );
    const { brokenPipe: _, ...codes } = ExitCode;
    expect(listed).to.deep.equal(Object.values(codes));
  });

  for (const file of ["README.md", "CONTRIBUTING.md", "examples/flights/README.md"]) {
    it(`${file}: scripts and linked files exist`, () => {
      const text = read(file);
      for (const [, script = ""] of text.matchAll(/npm run ([\w:]+)/g))
        expect(scripts).to.have.property(script);
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
        expect(existsSync(join(root, target)), target).to.equal(true);
      }
      for (const [, target = ""] of text.matchAll(/`((?:test|docker)\/[\w./-]+)`/g)) {
        expect(existsSync(join(root, target)), target).to.equal(true);
      }
    });
  }
});
