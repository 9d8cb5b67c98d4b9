import { expect } from "chai";
import { withFolder } from "../config/project-folder.ts";
import { command } from "./command.ts";

const files = { "config/nodes.yaml": "a: {sql: select 1}\n" };

describe("commands about stored runs", () => {
  it("say that there is no run to resume yet, and how to start one", () =>
    withFolder(files, async (root) => {
      expect(await command(root, "resume")).to.deep.equal({
        out: "",
        err: "nothing to resume: there is no run yet; start one: sparkwright run PIPELINE (sparkwright list tells which there are)\n",
      });
    }));
});
