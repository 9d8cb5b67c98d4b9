import { expect } from "chai";
import { EngineProject, errorOf, statuses } from "./engine-project.ts";

const code = `
export const days = (ctx) => ctx.spark.sql("select explode(sequence(date'" + ctx.startDate + "', date'" + ctx.endDate + "')) as day, 1 as n");
export const tooFar = (ctx) => ctx.spark.sql("select date'1999-12-31' as day, 1 as n");
export const noDay = (ctx) => ctx.spark.sql("select cast(null as date) as day, 1 as n");
export const ten = (ctx) => ctx.spark.range(10);
let attempts = 0;
export const appendsThenFails = async (ctx) => {
  attempts += 1;
  const two = ctx.spark.range(2);
  if (attempts > 1) return { "$DB.added": ctx.spark.range(5), "$DB.second": two };
  const broken = await ctx.spark.sql("select id, raise_error('ExecutorLostFailure') as e from range(2)");
  return { "$DB.added": ctx.spark.range(5), "$DB.second": broken.drop("e").where("e is null") };
};
export const both = (ctx) => ({ "$DB.odd": ctx.spark.range(3).where("id % 2 = 1"), "$DB.even": ctx.spark.range(3).where("id % 2 = 0") });
export const people = (ctx) => ctx.spark.sql(ctx.params.query);
`;

describe("outputs of nodes", function () {
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

  it("replace exactly the window: twice is once, another window leaves the first, rows outside are refused", async () => {
    const one = project(`
pipelines: { p: { nodes: [days] }, far: { nodes: [far] }, none: { nodes: [none] } }
nodes:
  days: { function: nodes.days, output: $DB.days }
  far: { function: nodes.tooFar, output: $DB.days }
  none: { function: nodes.noDay, output: $DB.days }
datasets:
  $DB.days: { mode: replace_window, window_column: day, partition_by: day }
`);
    const january = { startDate: "2001-01-01", endDate: "2001-01-03" };
    const first = await one.run(january);
    expect(statuses(first)).to.deep.equal({ days: "success" });
    expect(first.summary.rows).to.equal(3n);
    const again = await one.run(january);
    expect(again.summary.nodes[0]?.datasets[0]).to.include({ outcome: "written", rows: 3n });
    const next = await one.run({ startDate: "2001-01-04", endDate: "2001-01-04" });
    expect(next.summary.rows).to.equal(1n);
    expect(await one.rows("select day, sum(n) from $DB.days group by day order by day")).to.deep.equal([
      "2001-01-01 1",
      "2001-01-02 1",
      "2001-01-03 1",
      "2001-01-04 1",
    ]);
    expect(errorOf(await one.run({ ...january, pipeline: "far" }), "far")).to.equal("DATASET_OUTSIDE_WINDOW");
    expect(errorOf(await one.run({ ...january, pipeline: "none" }), "none")).to.equal(
      "DATASET_OUTSIDE_WINDOW",
    );
    expect(await one.rows("select count(*) from $DB.days")).to.deep.equal(["4"]);
  });

  it("append once, whatever a later output of the same attempt does, and again in another run", async () => {
    const one = project(`
global_settings: { execution: { retries: { max: 1, initial_delay: 1ms, jitter: none } } }
pipelines: { p: { nodes: [add] } }
nodes:
  add: { function: nodes.appendsThenFails, output: [$DB.added, $DB.second] }
datasets:
  $DB.added: { mode: append }
  $DB.second: { mode: overwrite }
`);
    const run = await one.run();
    expect(statuses(run)).to.deep.equal({ add: "success" });
    expect(run.summary.nodes[0]?.attempts).to.equal(2);
    const written = run.stored.datasets.map(({ dataset, attempt, outcome, rows }) => ({
      dataset,
      attempt,
      outcome,
      rows,
    }));
    expect(written).to.deep.equal([
      { dataset: `${one.db}.added`, attempt: 1, outcome: "written", rows: 5n },
      { dataset: `${one.db}.added`, attempt: 2, outcome: "already_written", rows: 5n },
      { dataset: `${one.db}.second`, attempt: 2, outcome: "written", rows: 2n },
    ]);
    expect(await one.rows("select count(*) from $DB.added")).to.deep.equal(["5"]);
    expect((await one.run()).summary.nodes[0]?.datasets[0]).to.include({ outcome: "written", rows: 5n });
    expect(await one.rows("select count(*) from $DB.added")).to.deep.equal(["10"]);
  });

  it("are several, each with its own rows and version", async () => {
    const one = project(`
pipelines: { p: { nodes: [both] } }
nodes:
  both: { function: nodes.both, output: [$DB.odd, $DB.even] }
`);
    const run = await one.run();
    const datasets = run.summary.nodes[0]?.datasets.map(({ dataset, rows, version }) => ({
      dataset,
      rows,
      version,
    }));
    expect(datasets).to.deep.equal([
      { dataset: `${one.db}.odd`, rows: 1n, version: 0n },
      { dataset: `${one.db}.even`, rows: 2n, version: 0n },
    ]);
    expect(run.summary.rows).to.equal(3n);
    const again = await one.run();
    expect(again.summary.nodes[0]?.datasets[0]).to.include({ rows: 1n, version: 1n });
  });

  it("merge by keys, NULL keys too, and refuse repeated keys", async () => {
    const merge = (name: string, values: string) => `
  ${name}:
    function: nodes.people
    output: $DB.people
    hyperparams: { query: "select * from values ${values} as v(id, name)" }`;
    const one = project(`
pipelines: { p: { nodes: [a] }, b: { nodes: [b] }, c: { nodes: [c] } }
nodes:${merge("a", "(1, 'ann'), (2, 'bob'), (null, 'nil')")}${merge("b", "(2, 'bea'), (3, 'cy'), (null, 'none')")}${merge("c", "(9, 'x'), (9, 'y')")}
datasets:
  $DB.people: { mode: merge, merge_keys: id }
`);
    await one.run();
    const second = await one.run({ pipeline: "b" });
    expect(second.summary.nodes[0]?.datasets[0]).to.include({ rows: 3n, version: 2n });
    expect(errorOf(await one.run({ pipeline: "c" }), "c")).to.equal("DATASET_DUPLICATE_KEYS");
    expect(await one.rows("select id, name from $DB.people order by id")).to.deep.equal([
      "null none",
      "1 ann",
      "2 bea",
      "3 cy",
    ]);
  });

  it("obey error and ignore, and never change the columns that are stored", async () => {
    const one = project(`
pipelines: { p: { nodes: [first] }, again: { nodes: [again] }, kept: { nodes: [kept] }, wrong: { nodes: [wrong] } }
nodes:
  first: { function: nodes.ten, output: $DB.strict }
  again: { function: nodes.ten, output: $DB.strict }
  kept: { function: nodes.ten, output: $DB.kept }
  wrong:
    function: nodes.people
    output: $DB.loose
    hyperparams: { query: "select cast(1 as int) as id" }
datasets:
  $DB.strict: { mode: error }
  $DB.kept: { mode: ignore }
  $DB.loose: { mode: append }
`);
    expect((await one.run()).summary.rows).to.equal(10n);
    expect(errorOf(await one.run({ pipeline: "again" }), "again")).to.equal("DATASET_EXISTS");
    expect((await one.run({ pipeline: "kept" })).summary.nodes[0]?.datasets[0]).to.include({
      outcome: "written",
    });
    const kept = await one.run({ pipeline: "kept" });
    expect(kept.summary.nodes[0]?.datasets[0]).to.include({ outcome: "ignored", rows: 0n });
    await one.rows("create table $DB.loose (id bigint, extra decimal(30, 10)) using delta");
    const wrong = await one.run({ pipeline: "wrong" });
    expect(errorOf(wrong, "wrong")).to.equal("DATASET_SCHEMA");
    expect(wrong.summary.nodes[0]?.error?.message)
      .to.contain("column 'id' is int, stored as bigint")
      .and.to.contain("column 'extra' is missing");
  });

  it("refuse to overwrite the files that are being read, whichever way they are read", async () => {
    const one = project(`
pipelines: { p: { nodes: [write] }, again: { nodes: [again] } }
nodes:
  write: { function: nodes.ten, output: files }
  again: { sql: "select id + 1 as id from parquet.\`$ROOT/files\`", output: files }
datasets:
  files: { path: $ROOT/files, format: parquet, mode: overwrite }
`);
    expect((await one.run()).summary.nodes[0]?.datasets[0]).to.include({ outcome: "written", rows: 10n });
    expect(errorOf(await one.run({ pipeline: "again" }), "again")).to.equal("DATASET_OVERWRITES_INPUT");
    expect(await one.rows(`select count(*) from parquet.\`${one.root}/files\``)).to.deep.equal(["10"]);
  });
});
