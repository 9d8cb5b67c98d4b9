import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as sparkwright from "../../../src/index.ts";

const text = readFileSync(join(import.meta.dirname, "../../../docs/engine.md"), "utf8");

/** The rows of the tables of a section, as their cells. */
function rows(section: string): string[][] {
  const body = text.split(/^#{2,3} /m).find((part) => part.startsWith(section)) ?? "";
  return body
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| --"))
    .slice(1)
    .map((line) => line.split("|").map((cell) => cell.trim()));
}

const names = (cell = "") => [...cell.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? "");

describe("docs/engine.md", () => {
  it("names for use from code what the package exports", () => {
    const listed = rows("From code").flatMap(([, cell]) => names(cell));
    expect(listed).to.have.lengthOf.greaterThan(10);
    for (const name of listed) expect(sparkwright, name).to.have.property(name);
  });

  it("names methods that are there", () => {
    const { BaseExecutor, DependencyResolver, NodeExecutor, PipelineValidator } = sparkwright;
    const own = (of: object) => Object.getOwnPropertyNames(of);
    const methods = new Set([
      ...own(BaseExecutor.prototype),
      ...own(NodeExecutor.prototype),
      ...own(DependencyResolver),
      ...own(PipelineValidator),
    ]);
    const listed = rows("Components and their calls")
      .filter(
        ([, theirs = ""]) => /\w_\w+`|Resolver\.|Validator\./.test(theirs) && !/\(|max_workers/.test(theirs),
      )
      .flatMap(([, , ours]) => names(ours).slice(0, 1));
    expect(listed).to.have.members([
      ...["executePipeline", "executeHybridPipeline", "executeStreamingPipeline"],
      ...["executeSingleNode", "executeNodesParallel", "buildDependencyGraph", "topologicalSort"],
      ...["getNodeDependencies", "normalizeDependencies", "validateRequiredParams", "validatePipelineConfig"],
      ...["validateNodeConfigs", "validateHybridPipeline"],
    ]);
    for (const name of listed) expect(methods.has(name), name).to.equal(true);
  });
});
