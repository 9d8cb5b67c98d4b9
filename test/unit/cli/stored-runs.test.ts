import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { withFolder } from "../config/project-folder.ts";
import { command } from "./command.ts";

const files = { "config/nodes.yaml": "a: {sql: select 1}\n" };

describe("commands about stored runs", () => {
  it("write nothing to tell what is there", () =>
    withFolder(files, async (root) => {
      const { out } = await command(root, "history");
      expect(out).to.match(/^RUN +PIPELINE .*\n$/);
      expect((await command(root, "show", "abc")).err).to.contain('there is no run "abc"');
      expect((await command(root, "circuit", "status", "p")).out).to.contain("the circuit of p is closed");
      expect(existsSync(join(root, ".sparkwright"))).to.equal(false);
    }));

  it("say that there is no run to resume yet, and how to start one", () =>
    withFolder(files, async (root) => {
      expect(await command(root, "resume")).to.deep.equal({
        out: "",
        err: "nothing to resume: there is no run yet; start one: sparkwright run PIPELINE (sparkwright list tells which there are)\n",
      });
    }));
});
