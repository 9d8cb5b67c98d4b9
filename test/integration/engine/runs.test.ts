import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "chai";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { remote } from "../spark.ts";
import { EngineProject, errorOf, statuses } from "./engine-project.ts";

const sleep = "select reflect('java.lang.Thread', 'sleep', 60000L) as slept";
const code = `
export const ok = (ctx) => ctx.spark.range(3);
export const boom = () => { throw "out of cheese"; };
const no = () => { throw new Error("no"); };
export const hostile = () => { throw new Proxy({}, { get: no, getPrototypeOf: no }); };
export const later = async () => {
  void Promise.reject(Object.assign(new Error("m"), { name: { toString: no } }));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
};
export const nothing = () => undefined;
export const text = () => "rows";
export const group = (ctx) => ctx.spark.range(1).groupBy("id");
export const wrongKey = (ctx) => ({ "$DB.on": ctx.spark.range(1), "$DB.two": ctx.spark.range(1) });
export const sleeps = async (ctx) => { ctx.log.info("to bed", { n: 1n }); return await ctx.spark.sql("${sleep}"); };
export const below = (frame) => frame;
export const count = async (flights, ctx) => { ctx.log.info("read", { rows: await flights.count() }); return flights; };
`;

describe("runs of a pipeline", function () {
  this.timeout(300_000);
  const made: EngineProject[] = [];
  const project = (config: string) => {
    const one = new EngineProject({ "config.yaml": config, "src/nodes.mjs": code });
    made.push(one);
    return one;
  };
  after(async () => {
    for (const one of made) await one.drop();
  });

  const failing = (extra = "") => `
${extra}
pipelines: { p: { nodes: [boom, ok, below, after] } }
nodes:
  boom: { function: nodes.boom, output: $DB.boom }
  below: { function: nodes.below, input: $DB.boom, output: $DB.below }
  ok: { function: nodes.ok, output: $DB.ok }
  after: { function: nodes.below, input: $DB.ok, output: $DB.after }
`;

  it("go on beside a failed node and skip what is below it", async () => {
    const run = await project(failing()).run();
    expect(statuses(run)).to.deep.equal({
      boom: "failed",
      below: "skipped",
      ok: "success",
      after: "success",
    });
    const [boom] = run.summary.nodes.filter(({ name }) => name === "boom");
    expect(boom?.error).to.deep.equal({ code: "NODE_THREW", message: "out of cheese", causes: [] });
    expect(run.summary.nodes.find(({ name }) => name === "below")?.because).to.equal("boom");
    expect(run.summary).to.include({ status: "failed", completed: 2, failed: 1, skipped: 1, rows: 6n });
    expect(run.stored).to.include({ state: "failed", rows: 6n });
    expect(run.stored.operations.every(({ state }) => state === "completed")).to.equal(true);
  });

  it("go on beside nodes that throw what cannot be read", async () => {
    const run = await project(`
pipelines: { p: { nodes: [hostile, later, ok] } }
nodes:
  hostile: { function: nodes.hostile }
  later: { function: nodes.later }
  ok: { function: nodes.ok, output: $DB.ok }
`).run();
    expect(statuses(run)).to.deep.equal({ hostile: "failed", later: "failed", ok: "success" });
    expect(run.summary.nodes.map(({ error }) => error?.code)).to.deep.equal([
      "NODE_THREW",
      "NODE_UNHANDLED_REJECTION",
      undefined,
    ]);
    expect(run.stored.state).to.equal("failed");
  });

  it("are recorded to their end when what happens in them cannot be told", async () => {
    const told = project(failing());
    const run = await told.run({
      critical: (event) => {
        if (event.type === "node_started" && event.node === "after") throw new Error("no ears");
      },
    });
    expect(statuses(run)).to.deep.equal({
      boom: "failed",
      below: "skipped",
      ok: "success",
      after: "cancelled",
    });
    expect(run.summary.error).to.include({ code: "RUN_FAILED", message: "no ears" });
    expect(run.stored.state).to.equal("failed");
    expect(run.stored.nodes.map(({ name, state }) => `${name} ${state}`).sort()).to.deep.equal([
      "after cancelled",
      "below skipped",
      "boom failed",
      "ok success",
    ]);
  });

  it("stop at the first failure with fail_fast", async () => {
    const run = await project(
      failing("global_settings: { execution: { fail_fast: true }, max_parallel_nodes: 1 }"),
    ).run();
    expect(statuses(run)).to.deep.equal({
      boom: "failed",
      below: "skipped",
      ok: "skipped",
      after: "skipped",
    });
  });

  it("name what a node returned instead of a DataFrame", async () => {
    const names = ["nothing", "text", "group"];
    const nodes = names
      .map((name) => `  ${name}: { function: nodes.${name}, output: $DB.${name} }`)
      .join("\n");
    const run = await project(`
pipelines: { p: { nodes: [${names.join(", ")}, keys] } }
nodes:
${nodes}
  keys: { function: nodes.wrongKey, output: [$DB.one, $DB.two] }
`).run();
    expect(names.map((name) => errorOf(run, name))).to.deep.equal([
      "NODE_NO_RESULT",
      "NODE_RESULT_TYPE",
      "NODE_RESULT_TYPE",
    ]);
    const error = run.summary.nodes.find(({ name }) => name === "keys")?.error;
    expect(error?.code).to.equal("NODE_RESULT_KEYS");
    expect(error?.hint).to.match(/Did you mean '.*\.one'\?/);
  });

  it("say whose path it is when the server finds nothing there", async () => {
    const run = await project(`
pipelines: { p: { nodes: [copy] } }
nodes:
  copy: { function: nodes.below, input: raw, output: $DB.copy }
datasets:
  raw: { path: /nowhere/at/all, format: parquet }
`).run();
    const error = run.summary.nodes[0]?.error;
    expect(error?.code).to.equal("DATASET_NOT_FOUND");
    expect(error?.message).to.contain("Dataset paths are the server's, not this machine's");
    expect(error?.hint).to.contain("It does not exist on this machine either");
  });

  it("bind the window and the inputs of SQL nodes, without a session view", async () => {
    const one = project(`
global_settings: { start_date: 2001-01-02, end_date: 2001-01-03 }
pipelines: { make: { nodes: [make] }, p: { nodes: [bound, catalog] } }
nodes:
  make: { sql: "select explode(sequence(date'2001-01-01', date'2001-01-04')) as day", output: raw.days }
  bound:
    sql: "select count(*) as n, min(:start_date) as first, typeof(:end_date) as type from \`raw.days\` where 1 = :one"
    input: raw.days
    output: $DB.bound
    hyperparams: { one: 1 }
  catalog: { sql: "select count(*) as n from $DB.bound", input: $DB.bound, output: $DB.counted }
datasets:
  raw.days: { path: $ROOT/days, format: parquet, mode: overwrite, window_column: day }
`);
    await one.run({ pipeline: "make" });
    const run = await one.run();
    expect(statuses(run)).to.deep.equal({ bound: "success", catalog: "success" });
    expect(await one.rows("select * from $DB.bound")).to.deep.equal(["2 2001-01-02 date"]);
    expect(await one.rows("select * from $DB.counted")).to.deep.equal(["1"]);
  });

  const sleeping = (extra = "") => `
pipelines: { p: { nodes: [sleeps, below] } }
nodes:
  sleeps: { function: nodes.sleeps, output: $DB.slept${extra} }
  below: { function: nodes.below, input: $DB.slept, output: $DB.below }
datasets:
  $DB.slept: { path: $ROOT/slept, format: parquet }
`;

  it("are cancelled at once: the operation is interrupted, and that is confirmed and recorded", async () => {
    const one = project(sleeping());
    const controller = new AbortController();
    let abortedAt = 0;
    let operations = 0;
    let interruptedAfter = 0;
    const run = await one.run({
      signal: controller.signal,
      onEvent: ({ type }) => {
        if (type === "operation_ended") interruptedAfter = performance.now() - abortedAt;
        if (type !== "operation_submitted") return;
        operations += 1;
        // The first one builds the query, the second one sleeps.
        if (operations < 2) return;
        setTimeout(() => {
          abortedAt = performance.now();
          controller.abort();
        }, 1_500);
      },
    });
    expect(interruptedAfter).to.be.within(1, 10_000);
    expect(performance.now() - abortedAt).to.be.below(15_000);
    expect(statuses(run)).to.deep.equal({ sleeps: "cancelled", below: "cancelled" });
    expect(run.summary).to.include({ status: "cancelled", cancelled: 2 });
    expect(run.stored.state).to.equal("cancelled");
    expect(run.stored.operations.map(({ state }) => state)).to.deep.equal(["completed", "cancelled"]);
  });

  it("end a node at its timeout and skip what is below", async () => {
    const run = await project(sleeping(", timeout: 2s, retries: 0")).run();
    expect(statuses(run)).to.deep.equal({ sleeps: "failed", below: "skipped" });
    expect(errorOf(run, "sleeps")).to.equal("NODE_TIMEOUT");
    expect(run.stored.operations.at(-1)?.state).to.equal("cancelled");
  });

  it("end as failed, recorded, when no session can be opened", async () => {
    const { runPipeline } = await import("../../../src/execution/run-pipeline.ts");
    const { loadProject } = await import("../../../src/config/load-project.ts");
    const { planRun } = await import("../../../src/planning/run-plan.ts");
    const { EventBus } = await import("../../../src/events/event-bus.ts");
    const one = project(failing());
    const loaded = await loadProject(one.root);
    const store = openRunStore(one.root);
    const bus = new EventBus();
    bus.redactor.add("hunter2");
    const summary = await runPipeline({
      project: loaded,
      plan: planRun(loaded, "p"),
      store,
      bus,
      openSession: () => Promise.reject(new Error("token hunter2 refused")),
    });
    expect(summary.status).to.equal("failed");
    expect(summary.error?.message).to.equal("token *** refused");
    expect(store.listRuns(1)[0]).to.deep.include({ state: "failed", error: summary.error });
    store.close();
  });

  it("leave the operation in the store, before it was sent, when the process is killed", async () => {
    const one = project(sleeping());
    const child = spawn(
      process.execPath,
      [...process.execArgv, new URL("run-in-child.ts", import.meta.url).pathname, one.root],
      { env: { ...process.env, SPARK_REMOTE: await remote() }, stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise<void>((resolve) => {
      child.stdout.on("data", (line) => {
        if (String(line).includes("submitted")) resolve();
      });
    });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    const store = openRunStore(one.root);
    const run = store.getRun(store.listRuns(1)[0]?.runId ?? "");
    store.close();
    expect(run?.state).to.equal("running");
    const operation = run?.operations.at(-1);
    expect(operation).to.include({ node: "sleeps", attempt: 1, state: "submitted" });
    expect(operation?.sessionId).to.match(/^[0-9a-f-]{36}$/);
    expect(operation?.serverSideSessionId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("both record when two processes run different windows in one project at once", async () => {
    const one = project(`
pipelines: { p: { nodes: [ok] } }
nodes:
  ok: { sql: "select assert_true(true)" }
`);
    const file = new URL("run-in-child.ts", import.meta.url).pathname;
    const env = { ...process.env, SPARK_REMOTE: await remote() };
    const child = (day: string) =>
      promisify(execFile)(process.execPath, [...process.execArgv, file, one.root, day], { env });
    await Promise.all([child("2001-01-01"), child("2001-01-02")]);
    const store = openRunStore(one.root);
    expect(store.listRuns(5).map(({ state }) => state)).to.deep.equal(["success", "success"]);
    store.close();
  });
});
