import { expect } from "chai";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { cli, scratchProject } from "../cli/command-line.ts";

const faults = {
  exits: "process.exit(0);",
  aborts: "process.abort();",
  killsItself: 'process.kill(process.pid, "SIGKILL");',
  exitsLater: "setTimeout(() => process.exit(0), 20); await pause(2_000);",
  exitsAndCatches: "try { process.exit(0); } catch {}",
  rejects: 'void Promise.reject(new Error("nobody listens")); await pause(2_000);',
  throwsInTimer: 'setTimeout(() => { throw new Error("nobody catches"); }, 20); await pause(2_000);',
};

const project = (nodes: Readonly<Record<string, string>>) => {
  const names = Object.keys(nodes);
  const code = Object.entries(nodes).map(([name, body]) => `export async function ${name}(ctx) { ${body} }`);
  return scratchProject({
    "config.yaml": `
global_settings: { default_format: parquet, max_parallel_nodes: 8, execution: { retries: { max: 0 } } }
pipelines: { p: { nodes: [${names.join(", ")}, good] } }
nodes:
${names.map((name) => `  ${name}: { function: nodes.${name} }`).join("\n")}
  good: { function: nodes.good, output: good }
datasets:
  good: { path: data/good }
`,
    "src/nodes.mjs": `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
${code.join("\n")}
export async function good(ctx) { await pause(300); return ctx.spark.range(3); }
`,
  });
};

function stored(folder: string) {
  const store = openRunStore(folder);
  try {
    return store.getRun(store.listRuns(1)[0]?.runId ?? "");
  } finally {
    store.close();
  }
}

describe("runtime integrity", function () {
  this.timeout(120_000);

  it("what a node does to the process fails that node, and nothing else", async () => {
    const folder = project(faults);
    const { code, stderr } = await cli(["run", "p"], { cwd: folder });
    const run = stored(folder);
    expect(run?.state, stderr).to.equal("failed");
    expect(code).to.equal(4);
    expect(Object.fromEntries(run?.nodes.map(({ name, error }) => [name, error?.code]) ?? [])).to.deep.equal({
      exits: "NODE_ENDED_PROCESS",
      aborts: "NODE_ENDED_PROCESS",
      killsItself: "NODE_ENDED_PROCESS",
      exitsLater: "NODE_ENDED_PROCESS",
      exitsAndCatches: "NODE_ENDED_PROCESS",
      rejects: "NODE_UNHANDLED_REJECTION",
      throwsInTimer: "NODE_UNCAUGHT_EXCEPTION",
      good: undefined,
    });
    const good = run?.nodes.find(({ name }) => name === "good");
    expect(good).to.include({ state: "success", rows: 3n });
    expect(stderr).to.match(/NODE_UNHANDLED_REJECTION\] rejects: [\s\S]*cause: nobody listens/);
  });

  it("a loop that lets nobody else have a turn is told of, with the node and the line", async () => {
    const folder = project({
      loops: "await pause(1); for (const end = Date.now() + 8_000; Date.now() < end; );",
    });
    const { code, stderr, stdout } = await cli(["run", "p"], { cwd: folder });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(
      /warn {2}loops: node 'loops' blocked the event loop for [78]\.\d s at .*src\/nodes\.mjs:3\b/,
    );
  });

  it("what a node does after its end is told of, and changes nothing", async () => {
    const folder = project({ late: "setTimeout(() => process.exit(0), 50);" });
    const { code, stderr, stdout } = await cli(["run", "p"], { cwd: folder });
    expect(code, stderr).to.equal(0);
    expect(stored(folder)?.state).to.equal("success");
    expect(stdout).to.match(/warn {2}late: after the node had ended: .* called process\.exit\(0\)/);
  });
});
