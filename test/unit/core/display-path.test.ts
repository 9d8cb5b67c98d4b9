import { join } from "node:path";
import { expect } from "chai";
import { displayPath } from "../../../src/core/display-path.ts";

describe("displayPath", () => {
  it("is short inside the working directory and absolute outside", () => {
    expect(displayPath(join(process.cwd(), "config", "nodes.yaml"))).to.equal(join("config", "nodes.yaml"));
    expect(displayPath("/elsewhere/nodes.yaml")).to.equal("/elsewhere/nodes.yaml");
    expect(displayPath(process.cwd())).to.equal(process.cwd());
  });
});
