import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { findProject, requireProject } from "../../../src/cli/project-folder.ts";
import { SparkwrightError } from "../../../src/core/error.ts";

function folderWith(...files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), "project-folder-"));
  for (const file of [...files, "deep/er/README.md"]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  return root;
}

describe("the folder of a project", () => {
  for (const file of ["config.yaml", "config.yml", "config/nodes.yaml", "config/pipelines.yml"]) {
    it(`is where ${file} is, also from below`, () => {
      const root = folderWith(file);
      for (const cwd of [root, join(root, "deep"), join(root, "deep/er")]) {
        expect(findProject(undefined, cwd)).to.equal(root);
      }
    });
  }

  it("with a misspelt file is one only from there, or when it is named", () => {
    const root = folderWith("config/node.yaml");
    expect(findProject(undefined, root)).to.equal(root);
    expect(findProject("..", join(root, "deep"))).to.equal(root);
    expect(findProject(undefined, join(root, "deep"))).to.equal(undefined);
  });

  it("is not that of another tool above", () => {
    const root = folderWith("config/database.yml", "config/deploy.yaml");
    expect(findProject(undefined, join(root, "deep/er"))).to.equal(undefined);
    expect(() => requireProject(undefined, join(root, "deep/er")))
      .to.throw(SparkwrightError)
      .with.property("code", "USAGE_PROJECT_NOT_FOUND");
  });

  it("must be there when it is named", () => {
    const root = folderWith();
    for (const given of ["deep", "nowhere"]) {
      expect(() => findProject(given, root))
        .to.throw(SparkwrightError)
        .with.property("code", "USAGE_PROJECT_NOT_FOUND");
    }
  });
});
