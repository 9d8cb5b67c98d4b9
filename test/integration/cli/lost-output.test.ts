import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect } from "chai";
import { bin, cli, environment, scratchProject } from "./command-line.ts";

const files = {
  "config.yaml": `
pipelines: { p: { nodes: [one] } }
nodes: { one: { sql: "select 1 as id", output: one } }
datasets: { one: { path: data/one, format: parquet } }
`,
};

describe("output that cannot be written", function () {
  this.timeout(120_000);

  before(function () {
    if (!existsSync("/dev/full")) this.skip();
  });

  async function withStdout(file: string, args: readonly string[], cwd: string) {
    const stdout = openSync(file, "w");
    const child = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: await environment(),
      stdio: ["ignore", stdout, "pipe"],
    });
    let stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
      stderr += piece;
    });
    const code = await new Promise<number | null>((done) => child.on("close", done));
    closeSync(stdout);
    return { code, stderr };
  }

  for (const args of [["list"], ["plan", "p"], ["sql", "select 1"], ["run", "p", "--json"]]) {
    it(`is an error of ${args[0]}, never a success and never exit 13`, async () => {
      const folder = scratchProject(files);
      const { code, stderr } = await withStdout("/dev/full", args, folder);
      expect(stderr).to.contain("OUTPUT_LOST").and.contain("the disk is full");
      expect(code).to.equal(1);
    });
  }

  it("does not end a run whose reader has gone", async () => {
    const folder = scratchProject(files);
    const child = spawn(process.execPath, [bin, "run", "p", "--json"], {
      cwd: folder,
      env: await environment(),
    });
    child.stdout.destroy();
    const code = await new Promise<number | null>((done) => child.on("close", done));
    const { stdout } = await cli(["history"], { cwd: folder });
    expect(stdout).to.contain("success");
    expect(code).to.be.oneOf([0, 1]);
  });
});
