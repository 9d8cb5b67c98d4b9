import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { type CliOptions, type CliResult, cli, scratchProject } from "./command-line.ts";
import { aliveOnServer } from "./left-on-server.ts";

/** A node that keeps Spark busy for a minute without using a core, and one that waits for it. */
const sleeping = {
  "config/datasets.yaml": `
slept: { path: data/slept }
afterwards: { path: data/afterwards }
`,
  "config/global_settings.yaml": "default_format: parquet\n",
  "config/nodes.yaml": `
sleep:
  sql: select reflect('java.lang.Thread', 'sleep', 60000L) as slept
  output: slept
after:
  sql: select * from slept
  input: slept
  output: afterwards
`,
};

/** Three nodes: one works, one fails, one waits for the failure. */
const failing = {
  "config/datasets.yaml": `
worked: { path: data/worked }
failed: { path: data/failed }
waited: { path: data/waited }
`,
  "config/global_settings.yaml": "default_format: parquet\n",
  "config/nodes.yaml": `
works:
  function: nodes.works
  output: worked
fails:
  sql: select cast(raise_error('on purpose') as int) as x
  output: failed
  dependencies: works
waits:
  sql: select * from failed
  input: failed
  output: waited
`,
  "src/nodes.ts": `
import type { NodeContext } from "sparkwright";
import { col } from "sparkwright/sql";
export async function works({ spark, log }: NodeContext) {
  log.info("hello", { big: 12345678901234567890n });
  console.log("printed by console");
  process.stdout.write("written to stdout\\n");
  return spark.range(3).withColumn("double", col("id").multiply(2));
}
`,
};

interface Event {
  readonly type: string;
  readonly node?: string;
  readonly operationId?: string;
  readonly sessionId?: string;
  readonly userId?: string;
}

const events = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);

describe("cli: run", function () {
  this.timeout(120_000);

  it("answers with the importer's exit code when what a node imports while it runs is refused", async () => {
    const folder = scratchProject({
      "config/nodes.yaml": "a: {function: etl.a}\nb: {function: etl.b, dependencies: a}\n",
      "src/etl.ts": `export const a = () => import(["node", "fs"].join(":")).then(() => undefined);\nexport const b = () => {};\n`,
    });
    const result = await cli(["run", "default"], { cwd: folder });
    expect(result.stderr).to.include("error[IMPORT_BUILTIN_NOT_ALLOWED] a: src/etl.ts imports");
    expect(result.stdout).to.include("0 completed, 1 failed, 1 skipped");
    expect(result.code).to.equal(6);
  });

  it("with --json stdout is events and nothing else; logs and the summary go to stderr", async () => {
    const folder = scratchProject(failing);
    const { code, stdout, stderr } = await cli(["run", "default", "--json"], { cwd: folder });
    expect(code).to.equal(4);
    const all = events(stdout);
    expect(all[0]?.type).to.equal("run_started");
    expect(all.at(-1)?.type).to.equal("run_finished");
    expect(all.map((event) => (event as { seq?: number }).seq)).to.deep.equal(
      all.map((_, index) => index + 1),
    );
    expect(stderr).to.match(/^\d\d:\d\d:\d\d\.\d\d\d info {2}works: hello big="?12345678901234567890"?$/m);
    expect(stderr).to.include("printed by console\nwritten to stdout\n");
    expect(stderr).to.match(/^default failed: 1 completed, 1 failed, 1 skipped, 3 rows, /m);
    expect(stderr).to.match(/^error\[SPARK_\w+\] fails: [\s\S]*on purpose/m);
    expect(stderr).to.not.match(/^\s+at .*\.ts:/m);
  });

  it("without a terminal every line is only ever appended, and has no escape sequence", async () => {
    const folder = scratchProject(failing);
    const { code, stdout, stderr } = await cli(["run", "default"], { cwd: folder });
    expect(code).to.equal(4);
    expect(stdout + stderr).to.not.include("\x1b");
    expect(stdout).to.match(/^[\d:.]+ info {2}works wrote worked \(overwrite, 3 rows, .*\)$/m);
    expect(stdout).to.match(/^works {2}completed .* worked +3$/m);
    expect(stdout).to.match(/^waits {2}skipped \(fails\) /m);
    expect(stderr).to.match(/^error\[SPARK_/);
  });

  it("honours NO_COLOR and FORCE_COLOR", async () => {
    const folder = scratchProject({ "config/nodes.yaml": "a:\n  sqll: 1\n" });
    const coloured = await cli(["validate"], { cwd: folder, env: { FORCE_COLOR: "1" } });
    expect(coloured.stderr).to.include("\x1b[31m");
    const plain = await cli(["validate"], { cwd: folder, env: { NO_COLOR: "1" } });
    expect(plain.stderr).to.not.include("\x1b");
  });

  it("--log-level debug tells how the graph was resolved", async () => {
    const folder = scratchProject(failing);
    const { stdout } = await cli(["run", "default", "--log-level", "debug"], { cwd: folder });
    expect(stdout).to.match(/debug plan 1\/3: works waits for nothing$/m);
    expect(stdout).to.match(/debug plan 2\/3: fails waits for works \(declared\)$/m);
    expect(stdout).to.match(/debug plan 3\/3: waits waits for fails \(it reads failed\)$/m);
  });

  it("a dead server is a clear error in under 15 s, and the run is recorded", async () => {
    const folder = scratchProject(failing);
    const result = await cli(["run", "default"], { cwd: folder, env: { SPARK_REMOTE: "sc://localhost:1" } });
    expect(result.code).to.equal(4);
    expect(result.stderr).to.match(
      /^error\[CONNECT_UNAVAILABLE\].*sc:\/\/localhost:1.*\n( {2}cause: .*\n)? {2}hint: /,
    );
    expect(result.ms).to.be.lessThan(15_000);
    expect(record(folder)?.state).to.equal("failed");
  });

  for (const [signal, expected] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`${signal} in the middle of a node stops it on Spark, records the run as cancelled and exits ${expected}`, async () => {
      const folder = scratchProject(sleeping);
      const { result, submitted, signalledAt } = await runAndSignal(folder, signal);
      expect(result.code).to.equal(expected);
      expect(Date.now() - signalledAt).to.be.lessThan(15_000);
      expect(await aliveOnServer(submitted)).to.deep.equal([]);
      expect(record(folder)).to.include({ state: "cancelled", pipeline: "default" });
      expect(result.stderr).to.match(
        /^default was cancelled: 0 completed, 0 failed, 0 skipped, 2 cancelled/m,
      );
      expect(events(result.stdout).at(-1)).to.include({ type: "run_finished", status: "cancelled" });
    });
  }

  it("a second Ctrl-C leaves at once", async () => {
    const folder = scratchProject(sleeping);
    let first = 0;
    const result = await cli(["run", "default", "--json"], {
      cwd: folder,
      onOutput: (child, stdout) => {
        if (first > 0 || !stdout.includes('"operation_submitted"')) return;
        first = Date.now();
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGINT"), 550);
      },
    });
    expect(result.code).to.equal(130);
    expect(Date.now() - first).to.be.lessThan(8_000);
  });

  it("goes on when its reader has gone", async () => {
    const folder = scratchProject(failing);
    const result = await cli(["run", "default"], {
      cwd: folder,
      onOutput: (child) => child.stdout?.destroy(),
    });
    expect(result.code).to.equal(4);
    expect(record(folder)?.state).to.equal("failed");
    expect(readFileSync(join(folder, ".sparkwright/runs.db")).length).to.be.greaterThan(0);
  });
});

/** Signals the command as soon as Spark has run its first operation for a second. */
async function runAndSignal(
  folder: string,
  signal: NodeJS.Signals,
): Promise<{ result: CliResult; submitted: Event; signalledAt: number }> {
  let submitted: Event | undefined;
  let signalledAt = 0;
  const onOutput: CliOptions["onOutput"] = (child, stdout) => {
    if (submitted !== undefined || !stdout.endsWith("\n")) return;
    submitted = events(stdout).find((event) => event.type === "operation_submitted");
    if (submitted === undefined) return;
    setTimeout(() => {
      signalledAt = Date.now();
      child.kill(signal);
    }, 1_500);
  };
  const result = await cli(["run", "default", "--json"], { cwd: folder, onOutput });
  if (submitted === undefined) throw new Error(`nothing was submitted: ${result.stderr}`);
  return { result, submitted, signalledAt };
}

function record(folder: string) {
  const store = openRunStore(folder);
  try {
    return store.listRuns(1)[0];
  } finally {
    store.close();
  }
}
