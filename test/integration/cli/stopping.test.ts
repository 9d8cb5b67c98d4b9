import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { remote } from "../spark.ts";
import { cli, scratchProject } from "./command-line.ts";
import { aliveOnServer } from "./left-on-server.ts";

const sleep = "select reflect('java.lang.Thread', 'sleep', 60000L) as slept";

/** `sleeps` keeps Spark busy for a minute; `deaf` also ignores that it is to stop; `fails` does so after a while. */
const project = (nodes: string, execution: string) =>
  scratchProject({
    "config.yaml": `
global_settings: { default_format: parquet, execution: { retries: { max: 0 }, ${execution} } }
pipelines: { p: { nodes: [${nodes}, below] } }
nodes:
  sleeps: { sql: "${sleep}", output: slept }
  fails: { function: nodes.fails }
  deaf: { function: nodes.deaf }
  below: { sql: "select 1 as one", output: below, dependencies: [${nodes}] }
datasets: { slept: { path: data/slept }, below: { path: data/below } }
`,
    "src/nodes.mjs": `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function fails() { await pause(2_000); throw new Error("on purpose"); }
export async function deaf(ctx) {
  void ctx.spark.sql("${sleep}").then((rows) => rows.collect()).catch(() => {});
  await pause(30_000);
}
`,
  });

function stored(folder: string) {
  const store = openRunStore(folder);
  try {
    const run = store.getRun(store.listRuns(1)[0]?.runId ?? "");
    if (run === undefined) throw new Error("the run was not recorded");
    return run;
  } finally {
    store.close();
  }
}

async function nothingLeft(run: ReturnType<typeof stored>): Promise<void> {
  expect(run.operations.length).to.be.greaterThan(0);
  for (const operation of run.operations) expect(await aliveOnServer(operation)).to.deep.equal([]);
}

describe("cli: a run that is stopped leaves nothing on the server", function () {
  this.timeout(120_000);

  const cases = {
    "at the timeout of a node": {
      nodes: "sleeps",
      execution: "timeout: 3s",
      states: { sleeps: "failed", below: "skipped" },
      code: "NODE_TIMEOUT",
    },
    "at the timeout of the run": {
      nodes: "sleeps",
      execution: "run_timeout: 4s",
      states: { sleeps: "cancelled", below: "cancelled" },
      code: "RUN_TIMEOUT",
    },
    "at the first failure with fail_fast": {
      nodes: "sleeps, fails",
      execution: "fail_fast: true",
      states: { sleeps: "cancelled", fails: "failed", below: "skipped" },
      code: "NODE_THREW",
    },
  };
  for (const [when, { nodes, execution, states, code }] of Object.entries(cases)) {
    it(when, async () => {
      const folder = project(nodes, execution);
      const result = await cli(["run", "p"], { cwd: folder });
      expect(result.code, result.stderr).to.equal(4);
      expect(result.ms).to.be.lessThan(30_000);
      const run = stored(folder);
      expect(run.state).to.equal("failed");
      expect(Object.fromEntries(run.nodes.map(({ name, state }) => [name, state]))).to.deep.equal(states);
      expect(result.stderr).to.include(`error[${code}]`);
      expect(run.operations.map(({ state }) => state))
        .to.include("cancelled")
        .and.not.include("submitted");
      await nothingLeft(run);
    });
  }

  it("at a second Ctrl-C, although its code ignores the first", async () => {
    const folder = project("deaf", "");
    let signalled = 0;
    const result = await cli(["run", "p", "--json"], {
      cwd: folder,
      onOutput: (child, stdout) => {
        if (signalled > 0 || !stdout.includes('"operation_submitted"')) return;
        signalled = Date.now() + 1_500;
        setTimeout(() => child.kill("SIGINT"), 1_500);
        setTimeout(() => child.kill("SIGINT"), 3_000);
      },
    });
    expect(result.code).to.equal(130);
    expect(Date.now() - signalled).to.be.lessThan(15_000);
    await nothingLeft(stored(folder));
  });

  it("by the user's interrupt of one operation from elsewhere: its node fails for good", async () => {
    const folder = project("sleeps", "");
    let interrupted: Promise<unknown> | undefined;
    const result = await cli(["run", "p", "--json"], {
      cwd: folder,
      onOutput: (_child, stdout) => {
        const line = stdout.split("\n").find((text) => text.includes('"operation_submitted"'));
        if (interrupted !== undefined || line === undefined || !stdout.endsWith("\n")) return;
        interrupted = new Promise((resolve) => setTimeout(resolve, 2_000)).then(() => interrupt(line));
      },
    });
    await interrupted;
    expect(result.code, result.stderr).to.equal(4);
    const run = stored(folder);
    expect(run.nodes[0]).to.include({ name: "sleeps", state: "failed" });
    expect(run.nodes[0]?.error?.code).to.equal("SPARK_OPERATION_CANCELED");
    expect(run.nodes[0]?.attempts.length).to.equal(1);
    await nothingLeft(run);
  });
});

async function interrupt(line: string): Promise<void> {
  const { sessionId, userId } = JSON.parse(line) as { sessionId: string; userId: string };
  const other = new SparkSession({ remote: await remote(), sessionId, userId });
  expect((await other.interruptAll()).length).to.equal(1);
  await other.close();
}

describe("cli: a node that blocks the process for good", function () {
  this.timeout(120_000);

  it("is named at once; its timeout ends the process, and a resume goes on", async () => {
    const folder = scratchProject({
      "config.yaml":
        "nodes:\n  first: { function: nodes.first }\n  stuck: { function: nodes.stuck, dependencies: first, timeout: 1s }\n",
      "src/nodes.mjs": "export function first() {}\nexport function stuck() {\n  for (;;) {}\n}\n",
    });
    const { code, stderr, ms } = await cli(["run", "default"], { cwd: folder });
    expect(code).to.equal(null);
    expect(ms).to.be.lessThan(60_000);
    expect(stderr).to.match(
      /^warning: node 'stuck' has blocked the event loop for .* at src\/nodes\.mjs:3; /m,
    );
    expect(stderr).to.match(/^error\[NODE_TIMEOUT\] node 'stuck' took longer than its timeout of 1\.0 s/m);
    writeFileSync(join(folder, "src/nodes.mjs"), "export function first() {}\nexport function stuck() {}\n");
    const resumed = await cli(["resume"], { cwd: folder });
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(stored(folder)).to.include({ state: "success" });
  });
});
