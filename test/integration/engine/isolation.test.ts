import { expect } from "chai";
import { EngineProject, errorOf, statuses } from "./engine-project.ts";

const code = `
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const regions = (ctx) => ctx.spark.createDataFrame(
  [["EU", 1], ["EU", 2], ["EU", 3], ["US", 4]].map(([region, id]) => ({ region, id })), "region STRING, id INT");
const mine = async (ctx) => (await regions(ctx)).where("region = '" + ctx.params.region + "'");
const count = (ctx) => ctx.spark.sql("select count(*) as n from picked");
export const view = async (ctx) => {
  await (await mine(ctx)).createOrReplaceTempView("picked");
  await pause(200);
  return await count(ctx);
};
export const tempView = async (ctx) => {
  await ctx.tempView("picked", await mine(ctx));
  await pause(200);
  return await count(ctx);
};
export const sqlView = async (ctx) => {
  await (await mine(ctx)).createOrReplaceTempView("rows_of_region");
  await ctx.spark.sql("create or replace temporary view picked as select * from rows_of_region");
  await pause(200);
  return await count(ctx);
};
export const fn = async (ctx) => {
  const n = ctx.params.region === "EU" ? 3 : 1;
  await ctx.spark.sql("create or replace temporary function picked_fn() returns int return " + n);
  await pause(200);
  return await ctx.spark.sql("select cast(picked_fn() as bigint) as n");
};
export const variable = async (ctx) => {
  const n = ctx.params.region === "EU" ? 3 : 1;
  await ctx.spark.sql("declare or replace variable picked_n bigint default " + n);
  await pause(200);
  return await ctx.spark.sql("select picked_n as n");
};
export const setting = async (ctx) => {
  const n = ctx.params.region === "EU" ? 3 : 1;
  await ctx.spark.conf.set("spark.sql.shuffle.partitions", n);
  await pause(200);
  return await ctx.spark.sql("select 1").then(async () =>
    ctx.spark.range(1).selectExpr("cast(" + (await ctx.spark.conf.get("spark.sql.shuffle.partitions")) + " as bigint) as n"));
};
export const active = async (ctx) => {
  const SparkSession = ctx.spark.constructor;
  const spark = await SparkSession.builder().getOrCreate();
  if (SparkSession.active() !== ctx.spark || spark !== ctx.spark) throw new Error("another session");
  await (await mine(ctx)).createOrReplaceTempView("picked");
  await pause(200);
  return await spark.sql("select count(*) as n from picked");
};
export const moves = async (ctx) => {
  await ctx.spark.sql("create database if not exists $DB_staging");
  await ctx.spark.sql("use $DB_staging");
  await ctx.spark.sql("set time zone 'Asia/Tokyo'");
  await ctx.spark.sql("set spark.sql.ansi.enabled = false");
  await ctx.spark.sql("create temporary view at as select 1 as at");
};
export const tokyo = async (ctx) => {
  await ctx.spark.sql("set time zone 'Asia/Tokyo'");
  await ctx.spark.sql("set spark.sql.ansi.enabled = false");
  return await ctx.spark.sql("select timestamp'2024-01-01 00:00:00' as at, cast('x' as int) as n, date'2024-01-01' as day");
};
export const stops = async (ctx) => {
  await ctx.spark.stop();
  return ctx.spark.range(3);
};
export const sleeps = async (ctx) => {
  await ctx.spark.range(2).createOrReplaceTempView("two");
  await pause(1000);
  return await ctx.spark.sql("select count(*) as n from two");
};
export const global = async (ctx) => {
  if (ctx.params.sql) await ctx.spark.sql("CREATE /* x */ or replace global  temporary view g as select 1");
  else await ctx.spark.range(1).createOrReplaceGlobalTempView("g");
};
let kept;
export const keeps = (ctx) => (kept = ctx.spark.range(3));
export const reuses = async (_keeps, ctx) => {
  switch (ctx.params.how) {
    case "returns": return kept;
    case "unions": return ctx.spark.range(1).union(kept);
    case "names": return await ctx.spark.sql("select * from kept", {}, { kept });
    case "subquery": return ctx.spark.range(1).where(kept.exists());
    case "collects": await kept.collect(); return ctx.spark.range(1);
  }
};
export const checkpoint = async (ctx) => await ctx.spark.range(3).localCheckpoint();
export const cached = async (ctx) => await ctx.spark.range(3).cache();
export const both = async (ctx) => {
  const rows = await ctx.spark.range(3).localCheckpoint();
  return { "one": rows, "two": rows.where("id > 0") };
};
`;

describe("nodes do not disturb each other", function () {
  this.timeout(600_000);

  for (const kind of ["view", "tempView", "sqlView", "fn", "variable", "setting", "active"]) {
    it(`by ${kind}, in parallel`, async () => {
      const project = new EngineProject({
        "config.yaml": `
global_settings: { max_parallel_nodes: 2, execution: { retries: { max: 0 } } }
pipelines: { p: { nodes: [eu, us] } }
nodes:
  eu: { function: nodes.${kind}, output: eu, hyperparams: { region: EU } }
  us: { function: nodes.${kind}, output: us, hyperparams: { region: US } }
datasets:
  eu: { path: $ROOT/eu, format: parquet }
  us: { path: $ROOT/us, format: parquet }
`,
        "src/nodes.mjs": code,
      });
      for (let round = 0; round < Number(process.env["ROUNDS"] ?? 3); round += 1) {
        const run = await project.run();
        expect(statuses(run)).to.deep.equal({ eu: "success", us: "success" });
        const rows = await Promise.all(
          ["eu", "us"].map((name) => project.rows(`select n from parquet.\`${project.root}/${name}\``)),
        );
        expect(rows).to.deep.equal([["3"], ["1"]]);
      }
    });
  }

  it("by USE, SET TIME ZONE, SET, and a view with the name of a table, one after the other", async () => {
    const project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [a, s, b] } }
nodes:
  a: { function: nodes.moves }
  s: { sql: "set time zone 'America/New_York'", dependencies: a }
  b: { sql: "select timestamp'2024-01-01 00:00:00' as at, current_database() as db, cast('1' as int) as n", output: report, dependencies: s }
datasets: { report: { table: report_$DB, format: delta } }
`,
      "src/nodes.mjs": code,
    });
    const run = await project.run();
    expect(statuses(run)).to.deep.equal({ a: "success", s: "success", b: "success" });
    const query = "select unix_seconds(at), db, n from default.report_$DB";
    expect(await project.rows(query)).to.deep.equal(["1704067200 default 1"]);
    await project.rows("drop table default.report_$DB");
    await project.rows("drop database $DB_staging cascade");
  });

  it("or by their own settings what is stored: rows by the node's, the place and its days by the run's", async () => {
    const project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [tokyo], start_date: 2023-12-31, end_date: 2023-12-31 } }
nodes: { tokyo: { function: nodes.tokyo, output: at } }
datasets: { at: { path: $ROOT/at, format: delta, window_column: at, mode: replace_window } }
`,
      "src/nodes.mjs": code,
    });
    expect(statuses(await project.run())).to.deep.equal({ tokyo: "success" });
    const query = `select unix_seconds(at), n, day from delta.\`${project.root}/at\``;
    expect(await project.rows(query)).to.deep.equal(["1704034800 null 2024-01-01"]);
  });

  it("by a stopped session: it is the node's own, and its error says so", async () => {
    const project = new EngineProject({
      "config.yaml": `
global_settings: { max_parallel_nodes: 2, execution: { retries: { max: 2, initial_delay: 10ms } } }
pipelines: { p: { nodes: [stops, sleeps, after] } }
nodes:
  stops: { function: nodes.stops, output: stops }
  sleeps: { function: nodes.sleeps, output: sleeps }
  after: { sql: "select n from sleeps", input: sleeps, output: after }
datasets:
  stops: { path: $ROOT/stops, format: parquet }
  sleeps: { path: $ROOT/sleeps, format: parquet }
  after: { path: $ROOT/after, format: parquet }
`,
      "src/nodes.mjs": code,
    });
    const run = await project.run();
    expect(statuses(run)).to.deep.equal({ stops: "failed", sleeps: "success", after: "success" });
    const failed = run.summary.nodes.find(({ name }) => name === "stops");
    expect([failed?.error?.code, failed?.attempts]).to.deep.equal(["NODE_STOPPED_SESSION", 1]);
    expect(run.events.filter(({ type }) => type === "session_renewed")).to.deep.equal([]);
  });

  for (const sql of [true, false]) {
    it(`by a global view, which is refused (${sql ? "SQL" : "DataFrame"})`, async () => {
      const project = new EngineProject({
        "config.yaml": `
pipelines: { p: { nodes: [g] } }
nodes: { g: { function: nodes.global, hyperparams: { sql: ${sql} } } }
`,
        "src/nodes.mjs": code,
      });
      expect(errorOf(await project.run(), "g")).to.equal("NODE_GLOBAL_VIEW");
    });
  }

  const refused: Readonly<Record<string, string>> = {
    returns: "NODE_FOREIGN_SESSION",
    unions: "USAGE_OTHER_SESSION",
    names: "USAGE_OTHER_SESSION",
    subquery: "USAGE_OTHER_SESSION",
    collects: "USAGE_OTHER_SESSION",
  };
  for (const [how, expected] of Object.entries(refused)) {
    it(`by a DataFrame that one kept and another ${how}: it is refused`, async () => {
      const project = new EngineProject({
        "config.yaml": `
global_settings: { execution: { retries: { max: 2, initial_delay: 10ms } } }
pipelines: { p: { nodes: [keeps, reuses] } }
nodes:
  keeps: { function: nodes.keeps, output: keeps }
  reuses: { function: nodes.reuses, output: reuses, dependencies: keeps, hyperparams: { how: ${how} } }
datasets:
  keeps: { path: $ROOT/keeps, format: parquet }
  reuses: { path: $ROOT/reuses, format: parquet }
`,
        "src/nodes.mjs": code,
      });
      const run = await project.run();
      const failed = run.summary.nodes.find(({ name }) => name === "reuses");
      expect([failed?.error?.code, failed?.attempts]).to.deep.equal([expected, 1]);
      expect(failed?.error?.hint).to.match(/read it again|must be read again/);
    });
  }

  for (const node of ["checkpoint", "cached"]) {
    for (const place of ["path", "table"]) {
      it(`stores a ${node} frame in every mode, by ${place}`, async () => {
        const modes = {
          overwrite: "overwrite",
          append: "append",
          merge: "merge, merge_keys: [id]",
          error: "error",
          replace_window: "replace_window, window_column: day",
        };
        const names = Object.keys(modes).filter((mode) => mode !== "replace_window");
        const where = (mode: string) =>
          place === "path" ? `path: $ROOT/${mode}` : `table: $DB.${mode === "error" ? "err" : mode}`;
        const project = new EngineProject({
          "config.yaml": `
pipelines: { p: { nodes: [${names.join(", ")}] } }
nodes: { ${names.map((mode) => `${mode}: { function: nodes.${node}, output: ${mode} }`).join(", ")} }
datasets: { ${names.map((mode) => `${mode}: { ${where(mode)}, format: delta, mode: ${modes[mode as "merge"]} }`).join(", ")} }
`,
          "src/nodes.mjs": code,
        });
        const run = await project.run();
        expect(Object.fromEntries(names.map((mode) => [mode, errorOf(run, mode)]))).to.deep.equal(
          Object.fromEntries(names.map((mode) => [mode, undefined])),
        );
        for (const mode of names) {
          const from = place === "path" ? `delta.\`${project.root}/${mode}\`` : where(mode).slice(7);
          expect(await project.rows(`select id from ${from} order by id`), mode).to.deep.equal([
            "0",
            "1",
            "2",
          ]);
        }
        if (place === "table") await project.drop();
      });
    }
  }
});
