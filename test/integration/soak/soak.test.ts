import { expect } from "chai";
import { soak } from "../../soak/soak.ts";

describe("the kill test", function () {
  this.timeout(900_000);

  it("finds the tables of an undisturbed run after every kill -9 and resume, and nothing submitted twice", async function () {
    // It counts in the server's own event log, so it needs a server of its own.
    if (process.env["SPARK_REMOTE"] !== undefined) this.skip();
    const lines: string[] = [];
    const result = await soak({ kills: 5, seed: 4, log: (line) => lines.push(line) });
    expect(result.faults, lines.join("\n")).to.deep.equal([]);
    expect(result.kills).to.equal(5);
    expect(result.equal).to.equal(result.trials);
    expect(result.server.operations).to.be.above(result.trials * 24);
    expect(result.server).to.deep.include({ sameIdTwice: [], overlapping: [] });
  });
});
