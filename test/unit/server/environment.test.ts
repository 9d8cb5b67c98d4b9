import { mkdirSync, mkdtempSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { childEnvironment, programFolders } from "../../../src/server/environment.ts";

describe("where programs are looked for", () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "programs-")));
  const project = join(root, "project");
  const folders = [
    "project/bin",
    "project/..bin",
    "project/node_modules/.bin",
    "node_modules/.bin",
    "tools",
    "project-tools",
  ];
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  symlinkSync(join(project, "bin"), join(root, "into-project"));
  symlinkSync(join(root, "tools"), join(project, "out-of-it"));

  const cases: readonly (readonly [string, boolean])[] = [
    ["tools", true],
    ["project-tools", true],
    ["project", false],
    ["project/bin", false],
    ["project/..bin", false],
    ["project/../project/bin", false],
    ["project/node_modules/.bin", false],
    ["node_modules/.bin", false],
    ["node_modules/.bin/", false],
    ["into-project", false],
    ["project/out-of-it", true],
    ["nowhere", false],
  ];
  for (const [folder, taken] of cases) {
    it(`${taken ? "in" : "not in"} ${folder}`, () => {
      const path = `${root}/${folder}`;
      expect(programFolders(path, project)).to.deep.equal(taken ? [path] : []);
    });
  }

  it("not in relative folders, nor in the empty one, which is the current folder", () => {
    expect(programFolders(`::bin:./tools:.:${root}/tools:`, project)).to.deep.equal([`${root}/tools`]);
  });

  it("in the same way when the project is named by a link", () => {
    symlinkSync(project, join(root, "link"));
    expect(programFolders(`${project}/bin:${root}/tools`, join(root, "link"))).to.deep.equal([
      `${root}/tools`,
    ]);
  });

  it("and what is started gets the environment that this process began with", () => {
    process.env["JAVA_TOOL_OPTIONS_OF_A_TEST"] = "-javaagent:evil.jar";
    expect(childEnvironment({ A: "1" }))
      .to.include({ A: "1" })
      .and.not.have.property("JAVA_TOOL_OPTIONS_OF_A_TEST");
    delete process.env["JAVA_TOOL_OPTIONS_OF_A_TEST"];
  });
});
