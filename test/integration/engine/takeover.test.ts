import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { expect } from "chai";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { cli } from "../cli/command-line.ts";
import { remote } from "../spark.ts";
import { EngineProject } from "./engine-project.ts";

const config = `
pipelines: { p: { nodes: [add, slow, below] } }
nodes:
  add: { sql: "select id from range(5)", output: $DB.added }
  slow: { function: nodes.slow, input: $DB.added, output: $DB.slow }
  below: { sql: "select * from $DB.slow", input: $DB.slow, output: $DB.below }
datasets:
  $DB.added: { mode: append }
  $DB.slow: { mode: append }
`;
/** Waits while there is a file, outside Spark; so a runner can be stopped between two operations. */
const code = `
import { existsSync } from "node:fs";
export const slow = async (added, ctx) => {
  ctx.log.info("waiting");
  while (existsSync("$ROOT/wait")) await new Promise((resolve) => setTimeout(resolve, 50));
  return added;
};
`;

describe("one runner per pipeline and window", function () {
  this.timeout(300_000);
  const made: EngineProject[] = [];
  const children: ChildProcess[] = [];
  const project = () => {
    const one = new EngineProject({
      "config.yaml": `global_settings: { security: { allowed_modules: ["node:fs"] } }\n${config}`,
      "src/nodes.mjs": code,
      wait: "",
    });
    made.push(one);
    return one;
  };
  after(async () => {
    for (const child of children) child.kill("SIGKILL");
    for (const one of made) await one.drop();
  });

  /** Runs the pipeline in a process of its own, until its second node waits. */
  async function waiting(one: EngineProject, staleMs?: number): Promise<ChildProcess> {
    const file = new URL("run-in-child.ts", import.meta.url).pathname;
    const child = spawn(process.execPath, [...process.execArgv, file, one.root, "", String(staleMs ?? "")], {
      env: { ...process.env, SPARK_REMOTE: await remote() },
      stdio: ["ignore", "pipe", "pipe"],
    });
    children.push(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (piece) => (output += String(piece)));
    while (!output.includes("waiting")) {
      if (child.exitCode !== null) throw new Error(`the run ended: ${output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return child;
  }

  const unblock = (one: EngineProject) => rmSync(`${one.root}/wait`);
  const stored = (one: EngineProject) => {
    const store = openRunStore(one.root);
    const runs = store.listRuns(9).flatMap(({ runId }) => store.getRun(runId) ?? []);
    store.close();
    return runs;
  };

  it("tells the second who holds the lease; after kill -9 the next takes over at once and resumes", async () => {
    const one = project();
    const first = await waiting(one);
    const second = await cli(["run", "p", "--project", one.root]);
    expect(second.code).to.equal(4);
    expect(second.stderr).to.match(
      new RegExp(`RUN_LEASED.*pipeline "p" is being run by process ${first.pid} on .*: run [0-9a-f-]{36}`),
    );
    first.kill("SIGKILL");
    await once(first, "close");
    unblock(one);
    const resumed = await cli(["resume", "--project", one.root]);
    expect(resumed.code, resumed.stdout + resumed.stderr).to.equal(0);
    expect(resumed.stdout).to.contain("add: kept, because it is done");
    expect(resumed.stdout).to.contain("slow: runs, because it was not done when its runner died");
    expect(resumed.stdout).to.match(/^add +completed +(?!0 ms)\d/m);
    expect(await one.rows("select count(*) from $DB.added")).to.deep.equal(["5"]);
    expect(await one.rows("select count(*) from $DB.below")).to.deep.equal(["5"]);
    const [run, ...others] = stored(one);
    expect(others).to.deep.equal([]);
    expect(run).to.include({ state: "success", epoch: 2 });
    expect(run?.nodes.map(({ name, attempts }) => [name, attempts.map(({ state }) => state)])).to.deep.equal([
      ["add", ["success"]],
      ["slow", ["failed", "success"]],
      ["below", ["success"]],
    ]);
    expect(run?.operations.every(({ state }) => state !== "submitted")).to.equal(true);
    const nothing = await cli(["resume", "--project", one.root]);
    expect([nothing.code, nothing.stderr]).to.deep.equal([
      0,
      "nothing to resume: every pipeline's last run succeeded\n",
    ]);
    const again = await cli([
      "retry",
      String(run?.runId.slice(0, 8)),
      "--node",
      "slow",
      "--project",
      one.root,
    ]);
    expect(again.code, again.stdout + again.stderr).to.equal(4);
    expect(again.stdout).to.match(/slow: needs your decision, because what node 'slow' has appended to/);
    expect(await one.rows("select count(*) from $DB.slow")).to.deep.equal(["5"]);
    const shown = await cli(["show", String(run?.runId.slice(0, 6)), "--project", one.root]);
    expect(shown.stdout).to.contain("RUN_WRITE_STANDS");
    const listed = await cli(["history", "--json", "--project", one.root]);
    expect(JSON.parse(listed.stdout)).to.have.length(1);
  });

  it("lets a runner that was suspended write neither state nor data once it was taken over", async () => {
    const one = project();
    const zombie = await waiting(one, 2_000);
    zombie.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    unblock(one);
    const next = await one.run({ lease: { staleMs: 2_000, heartbeatMs: 500 } });
    expect(next.summary.status).to.equal("success");
    const versions = async () => [
      ...(await one.rows("describe history $DB.slow")),
      ...(await one.rows("describe history $DB.below")),
    ];
    const before = [await versions(), JSON.stringify(stored(one), bigintText)];
    zombie.kill("SIGCONT");
    const [exitCode] = await once(zombie, "close");
    expect(exitCode).to.not.equal(0);
    expect([await versions(), JSON.stringify(stored(one), bigintText)]).to.deep.equal(before);
    const [, abandoned] = stored(one);
    expect(abandoned).to.include({ state: "failed" });
    expect(abandoned?.error?.code).to.equal("RUN_ABANDONED");
  });
});

const bigintText = (_key: string, value: unknown) => (typeof value === "bigint" ? `${value}n` : value);
