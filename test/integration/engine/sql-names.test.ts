import { expect } from "chai";
import { EngineProject, errorOf, type RunOutcome } from "./engine-project.ts";

/** Every spelling by which SQL can name `$DB.a`, whose rows are those of the dataset. */
const spellings: Readonly<Record<string, string>> = {
  plain: "select x from $DB.a",
  parts: "select x from `$DB`.`a`",
  whole: "select x from `$DB.a`",
  upper: "SELECT X AS x FROM $DB.A",
  catalog: "select x from spark_catalog.$DB.a",
  identifier: "select x from identifier('$DB.a')",
  parameter: "select x from identifier('$DB.' || :name)",
  table: "table $DB.a",
  from_first: "from $DB.a |> where x is not null |> select x",
  qualified: "select $DB.a.x from $DB.a",
  qualified_whole: "select $DB.a.x from `$DB.a`",
  quoted_whole: "select `$DB.a`.x from `$DB.a`",
  last_part: "select a.x from $DB.a",
  star: "select a.* from $DB.a",
  aliased: "select a.x from (select 7 as y) as q, $DB.a as a where q.y = 7",
  shadowed: "with a as (select x from $DB.a) select x from a",
  shadowed_whole: "with `$DB.a` as (select * from `$DB.a`) select x from `$DB.a`",
  recursive:
    "with recursive r(n) as (select x from $DB.a union all select n + 1 from r where n < 0) select n as x from r",
  subquery: "select (select max(a.x) from $DB.a) as x",
  correlated: "select x from (select 1 as one) o, lateral (select x from $DB.a where a.x >= o.one)",
  exists: "select b.x from $DB.a as b where exists (select 1 from $DB.a where a.x = b.x)",
  pivoted: "select x from (select x, 1 as k from $DB.a) pivot (max(x) for k in (1 as x))",
  union: "select x from $DB.a intersect select x from `$DB.a`",
  comment: "/* from nowhere /* nested */ */ select x -- from nowhere\nfrom $DB.a -- 'it''s",
  hinted: "select /*+ broadcast(a) */ a.x from $DB.a join (select 1 as one) on true",
};

const files = {
  "config/pipelines.yaml": "p: {nodes: [a, all]}\n",
  "config/datasets.yaml": "all: {path: $ROOT/out/all, format: json}\n",
  "config/environments/dev/datasets.yaml": "$DB.a: {table: $DB.dev_a}\n",
  "config/environments/lake/datasets.yaml": "$DB.a: {path: data/a, format: parquet}\n",
  "config/environments/delta/datasets.yaml": "$DB.a: {path: data/a_delta, format: delta}\n",
  "config/nodes.yaml": `
a: {sql: select :x as x, output: $DB.a, hyperparams: {x: 1}}
all: {sql: all.sql, input: $DB.a, output: all, hyperparams: {name: a}}
`,
  // One query, so that there are few runs: Spark scopes each part alone.
  "all.sql": Object.entries(spellings)
    .map(([name, sql]) => `select '${name}' as name, x from (\r\n${sql}\r\n)`)
    .join("\nunion all\n"),
};

describe("names in SQL nodes", function () {
  this.timeout(240_000);
  let project: EngineProject;

  afterEach(() => project.drop());

  it("mean the dataset in every spelling and environment, whatever tables are left behind", async () => {
    project = new EngineProject(files);
    for (const [index, environment] of [undefined, "dev", "lake", "delta"].entries()) {
      const x = index + 1;
      const outcome = await project.run({
        hyperparams: { x },
        ...(environment !== undefined && { environment }),
      });
      expect(failures(outcome)).to.deep.equal([]);
      const expected = Object.keys(spellings).map((name) => `all {"name":"${name}","x":${x}}`);
      expect(await stored(project), environment).to.have.members(expected);
    }
  });

  it("that are no dataset's are what Spark says they are, and hide nothing", async () => {
    project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [orders, moved, column, view, temporary, own] } }
datasets:
  orders: { table: $DB.the_orders }
  region: { path: data/region, format: parquet }
${["moved", "column", "view", "temporary", "own"].map((name) => `  out_${name}: {path: $ROOT/out/${name}, format: json}\n`).join("")}
nodes:
  orders: { sql: "select id, id % 2 as region, 'x' as v, 5 as old_region from range(4)", output: orders }
  # A temporary view of a dataset's name, that the node made itself.
  view: { function: etl.view, input: orders, output: out_view }
  temporary: { function: etl.temporary, input: orders, output: out_temporary }
  moved: { sql: "with orders as (select * from orders where id > 0) select count(*) as n from orders", input: orders, output: out_moved }
  column: { sql: "select extract(year from date'2020-01-01') as y, trim(both 'x' from v) as t, count(*) as n from orders where old_region is distinct from region group by all", input: orders, output: out_column }
  own: { sql: "with region (orders) as (select 5) select orders from region", dependencies: [orders], output: out_own }
`,
      "src/etl.mjs": `
export async function view(orders, ctx) {
  await orders.where("id = 3").createOrReplaceTempView("mine");
  return await ctx.spark.sql("select id from mine");
}
export async function temporary(orders, ctx) {
  await orders.where("id = 2").createOrReplaceTempView("orders");
  return await ctx.spark.sql("select id from orders");
}
`,
    });
    const outcome = await project.run();
    expect(failures(outcome)).to.deep.equal([]);
    expect(await stored(project)).to.have.members([
      'moved {"n":3}',
      'column {"y":2020,"t":"","n":4}',
      'view {"id":3}',
      'temporary {"id":2}',
      'own {"orders":5}',
    ]);
  });

  it("of what a command changes mean the dataset too", async () => {
    project = new EngineProject({
      "config/pipelines.yaml": "p: {nodes: [a, gone, more, merged, said, kept]}\n",
      "config/datasets.yaml": "out_kept: {path: $ROOT/out/kept, format: json}\n",
      "config/environments/lake/datasets.yaml": "$DB.t: {path: data/t, format: delta}\n",
      "config/nodes.yaml": `
a: {sql: "select id, 'x' as v from range(4)", output: $DB.t}
gone: {sql: "delete from \`$DB.t\` where $DB.t.id = :id", input: $DB.t, hyperparams: {id: 0}}
more: {sql: "insert into $DB.t select id + 10, v from $DB.t where id = 1", input: $DB.t, dependencies: [gone]}
merged: {sql: "merge into $DB.t using (select 2 as id) s on t.id = s.id when matched then update set v = :v", input: $DB.t, dependencies: [more], hyperparams: {v: "it's \\\\ $5"}}
said: {sql: "optimize $DB.t", input: $DB.t, dependencies: [merged]}
kept: {sql: "select id, v from $DB.t order by id", input: $DB.t, dependencies: [said], output: out_kept}
`,
    });
    const rows = [
      '{"id":1,"v":"x"}',
      '{"id":2,"v":"it\'s \\\\ $5"}',
      '{"id":3,"v":"x"}',
      '{"id":11,"v":"x"}',
    ];
    for (const environment of [undefined, "lake"]) {
      const outcome = await project.run(environment === undefined ? {} : { environment });
      expect(failures(outcome)).to.deep.equal([]);
      expect(await stored(project), environment).to.have.members(rows.map((row) => `kept ${row}`));
    }
  });
});

describe("SQL that only Spark's parser knows to be wrong", function () {
  this.timeout(120_000);
  let project: EngineProject;

  afterEach(() => project.drop());

  it("ends the run before its first node, by file, line and column, all of it at once", async () => {
    project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [first, fine, third, fourth, fifth] } }
datasets: { "$DB.first": {}, "$DB.fine": {}, "$DB.third": {}, "$DB.fourth": {} }
nodes:
  first: { sql: select 1 as x, output: $DB.first }
  fine: { sql: sql/fine.sql, input: $DB.first, output: $DB.fine, hyperparams: { x: 1 } }
  third: { sql: sql/third.sql, input: $DB.first, output: $DB.third, hyperparams: { name: "a 'long' name" } }
  fourth: { sql: sql/fourth.sql, input: $DB.first, output: $DB.fourth }
  fifth: { sql: "optimize $DB.first", input: $DB.first }
`,
      "sql/fine.sql": "-- 🎉\r\nselect x from $DB.first where x = :x; -- done\r\n",
      "sql/third.sql": "-- 🎉 all\nselect '🎉', :name as n, sum(x\nfrom $DB.first -- no more",
      "sql/fourth.sql": "select x from $DB.first\r\n\r\nwhere x = 1 grup by x;\r\n",
    });
    const outcome = await project.run();
    const { error, status, nodes } = outcome.summary;
    expect(status).to.equal("failed");
    expect(error?.code).to.equal("VALIDATION_SQL_SYNTAX");
    expect(error?.message.split("\n")).to.have.length(2);
    expect(error?.message).to.match(
      /^\S*sql\/fourth\.sql:3:13: node "fourth" has SQL that Spark cannot parse: \[PARSE_SYNTAX_ERROR\] Syntax error at or near 'grup'/m,
    );
    expect(error?.message).to.match(/^\S*sql\/third\.sql:3:1: node "third" has SQL/m);
    expect(nodes.map((node) => node.status)).to.deep.equal(Array(5).fill("cancelled"));
    expect(await project.rows("show databases like '$DB'")).to.deep.equal([]);
  });

  it("is told of by file, line and column where a node is alone", async () => {
    project = new EngineProject({
      "config.yaml": `
pipelines: { p: { nodes: [only] } }
nodes: { only: { sql: q.sql } }
`,
      "q.sql": "select '🎉',\n  1 + ) from x",
    });
    const outcome = await project.run();
    expect(errorOf(outcome, "only")).to.equal("SPARK_PARSE_SYNTAX_ERROR");
    expect(outcome.summary.nodes[0]?.error?.position).to.include({ line: 2, column: 7 });
  });
});

function failures({ summary }: RunOutcome): (string | undefined)[] {
  return [summary, ...summary.nodes].flatMap(({ error }) => (error === undefined ? [] : [error.message]));
}

/** What the nodes wrote, each row with the name of its folder. */
async function stored(project: EngineProject): Promise<string[]> {
  return await project.rows(
    `select regexp_extract(_metadata.file_path, 'out/([a-z_]+)/', 1), value from text.\`${project.root}/out/*\``,
  );
}
