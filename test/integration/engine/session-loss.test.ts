import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { RunEvent } from "../../../src/events/run-event.ts";
import { readDiscovery } from "../../../src/server/discovery.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { cli, scratchProject } from "../cli/command-line.ts";
import { remote } from "../spark.ts";
import { EngineProject, statuses } from "./engine-project.ts";

const code = `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export async function names() {}
export async function waits(ctx) {
  await ctx.tempView("numbers", ctx.spark.range(5));
  await ctx.tempView("even", await ctx.spark.sql("select id from numbers where id % 2 = 0"));
  await ctx.spark.sql("select reflect('java.lang.Thread', 'sleep', 4000L) as slept").then((rows) => rows.collect());
  return await ctx.spark.sql("select sum(id) as total from even");
}
`;
const nodes = `
  names: { function: nodes.names }
  first: { function: nodes.waits, output: first, dependencies: names }
  second: { function: nodes.waits, output: second, dependencies: names }
`;

describe("a session that is lost in the middle of a run", function () {
  this.timeout(300_000);

  it("because another client ended it: it is that attempt's alone, and the next one has another", async () => {
    const project = new EngineProject({
      "config.yaml": `
global_settings: { execution: { retries: { max: 2, initial_delay: 100ms } } }
pipelines: { p: { nodes: [names, first, second] } }
nodes: ${nodes}
datasets:
  first: { path: $ROOT/first, format: parquet }
  second: { path: $ROOT/second, format: parquet }
`,
      "src/nodes.mjs": code,
    });
    let ended: Promise<void> | undefined;
    const submitted = new Set<string>();
    const onEvent = (event: RunEvent) => {
      if (event.type !== "operation_submitted" || event.node === "names") return;
      submitted.add(event.node);
      if (event.node === "first" && submitted.size === 2) ended ??= endSession(event);
    };
    const run = await project.run({ onEvent });
    await ended;
    expect(statuses(run)).to.deep.equal({ names: "success", first: "success", second: "success" });
    const renewed = run.events.filter(({ type }) => type === "session_renewed");
    expect(renewed.length).to.equal(1);
    const retried = run.events.flatMap((event) => (event.type === "node_retrying" ? [event.node] : []));
    expect(retried).to.deep.equal(["first"]);
    expect(await project.rows(`select * from parquet.\`${project.root}/first\``)).to.deep.equal(["6"]);
    expect(await project.rows(`select * from parquet.\`${project.root}/second\``)).to.deep.equal(["6"]);
  });

  it("because the embedded server was killed: the run goes on with another server", async () => {
    const folder = scratchProject({
      "config.yaml": `
global_settings: { default_format: parquet, execution: { retries: { max: 2, initial_delay: 100ms } } }
pipelines: { p: { nodes: [names, first] } }
nodes: ${nodes}
datasets: { first: { path: data/first }, second: { path: data/second } }
`,
      "src/nodes.mjs": code,
    });
    const env = { SPARK_REMOTE: undefined };
    try {
      let killed = 0;
      const {
        code: exit,
        stderr,
        stdout,
      } = await cli(["run", "p", "--json"], {
        cwd: folder,
        env,
        onOutput: (_child, out) => {
          if (killed > 0 || !/"operation_submitted".*"node":"first"/.test(out)) return;
          killed = jvmOf(folder);
          setTimeout(() => process.kill(killed, "SIGKILL"), 1_000);
        },
      });
      expect(exit, stderr).to.equal(0);
      expect(stdout).to.match(/"session_renewed"/);
      expect(jvmOf(folder)).to.not.equal(killed);
      const rows = await cli(
        ["sql", `select * from parquet.\`${join(folder, "data/first")}\``, "--format", "json"],
        {
          cwd: folder,
          env,
        },
      );
      expect(rows.stdout, rows.stderr).to.equal('{"total":6}\n');
    } finally {
      await cli(["spark", "stop"], { cwd: folder, env });
    }
  });
});

async function endSession({ sessionId, userId }: { sessionId: string; userId: string }): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const other = new SparkSession({ remote: await remote(), sessionId, userId });
  await other.interruptAll().catch(() => []);
  await other.stop();
}

/** The process id of the project's embedded server. */
function jvmOf(folder: string): number {
  const state = join(folder, ".sparkwright/spark");
  const found = readdirSync(state).flatMap((file) => readDiscovery(join(state, file)) ?? []);
  const [server] = found;
  if (server === undefined) throw new Error("the project has no embedded server");
  return server.jvm.pid;
}
