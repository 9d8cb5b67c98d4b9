import { expect } from "chai";
import {
  cpuSeconds,
  identify,
  isAlive,
  parseCpuTime,
  signalProcess,
} from "../../../src/core/process-identity.ts";

describe("process identity", () => {
  it("recognises this process", () => {
    const self = identify(process.pid);
    expect(self?.pid).to.equal(process.pid);
    expect(self !== undefined && isAlive(self)).to.equal(true);
    expect(cpuSeconds(process.pid)).to.be.a("number");
  });

  it("does not take a later process with the same pid for the earlier one, and sends it no signal", () => {
    const earlier = { pid: process.pid, startTime: "another" };
    expect(isAlive(earlier)).to.equal(false);
    expect(signalProcess(earlier, "SIGKILL")).to.equal(false);
  });

  it("finds nobody under a pid that nobody has", () => {
    expect(identify(2 ** 22 + 1)).to.equal(undefined);
  });

  it("reads the CPU times of ps", () => {
    expect(parseCpuTime("0:01.50")).to.equal(1.5);
    expect(parseCpuTime("01:02:03")).to.equal(3_723);
    expect(parseCpuTime("2-00:00:01")).to.equal(172_801);
    expect(parseCpuTime("TIME")).to.equal(undefined);
  });
});
