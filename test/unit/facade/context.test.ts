import { join } from "node:path";
import { expect } from "chai";
import { Context } from "../../../src/facade/context.ts";
import { errorsOf, withFolder } from "../config/project-folder.ts";

const text = "nodes: { a: { function: m.a, output: bronze.a } }\n";

describe("Context", () => {
  it("loads a folder, the config.yaml in it, or the one in its config folder", async () => {
    await withFolder(
      { "one/config.yaml": text, "two/config/config.yaml": text, "two/notes.yaml": "" },
      async (root) => {
        for (const [path, folder] of [
          ["one", "one"],
          ["one/config.yaml", "one"],
          ["two/config/config.yaml", "two"],
        ] as const) {
          const context = await Context.load(join(root, path));
          expect(context.root).to.equal(join(root, folder));
          expect([...context.nodes.keys()]).to.deep.equal(["a"]);
          expect(context.datasets.get("bronze.a")?.format).to.equal("delta");
          expect(context.settings.maxParallelNodes).to.equal(4);
        }
        for (const path of ["three", "two/notes.yaml"]) {
          const [error] = await errorsOf(() => Context.load(join(root, path)));
          expect(error?.code).to.equal("USAGE_PROJECT_NOT_FOUND");
        }
      },
    );
  });

  it("has the policy of every format", async () => {
    const context = await withFolder({ "config.yaml": text }, (root) => Context.load(root));
    expect([...context.formatPolicy.keys()]).to.include.members([
      "parquet",
      "delta",
      "json",
      "csv",
      "kafka",
      "orc",
    ]);
    expect(context.formatPolicy.get("delta")?.modes.has("merge")).to.equal(true);
  });
});
