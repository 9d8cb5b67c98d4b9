import { expect } from "chai";
import { requireImage } from "./engine.ts";
import { runIntegration } from "./run-integration.ts";

describe("test/integration against the container", function () {
  this.timeout(900_000);

  it("passes unchanged", async function () {
    expect(await runIntegration(requireImage(this)), "exit code of mocha").to.equal(0);
  });
});
