import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  type Discovery,
  parseDiscovery,
  readDiscovery,
  writeDiscovery,
} from "../../../src/server/discovery.ts";

const discovery: Discovery = {
  version: 1,
  status: "running",
  supervisor: { pid: 12, startTime: "a-1" },
  jvm: { pid: 13, startTime: "a-2" },
  port: 4711,
  token: "secret",
  sparkVersion: "4.2.0",
  hasDelta: true,
  startedAt: "2026-01-01T00:00:00.000Z",
  conf: { "spark.driver.memory": "1g" },
};

describe("discovery file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-discovery-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("comes back as it was written, readable by its owner only, and leaves no draft", () => {
    const file = join(folder, "server.json");
    writeFileSync(file, "old", { mode: 0o644 });
    writeDiscovery(file, discovery);
    expect(readDiscovery(file)).to.deep.equal(discovery);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readdirSync(folder)).to.deep.equal(["server.json"]);
  });

  it("counts as none when it is missing, cut off, or of another version", () => {
    const file = join(folder, "server.json");
    expect(readDiscovery(file)).to.equal(undefined);
    writeFileSync(file, JSON.stringify(discovery).slice(0, 60));
    expect(readDiscovery(file)).to.equal(undefined);
    expect(parseDiscovery(JSON.stringify({ ...discovery, version: 2 }))).to.equal(undefined);
  });

  for (const [field, value] of Object.entries({
    status: "ready",
    jvm: { pid: -1, startTime: "a" },
    supervisor: null,
    port: "4711",
    token: undefined,
    conf: null,
  })) {
    it(`counts as none with a wrong ${field}`, () => {
      expect(parseDiscovery(JSON.stringify({ ...discovery, [field]: value }))).to.equal(undefined);
    });
  }
});
