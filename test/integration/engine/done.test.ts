import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { RunPipelineOptions } from "../../../src/execution/run-pipeline.ts";
import { EngineProject } from "./engine-project.ts";

/** Nodes of every mode whose code can be changed, and one that fails until it is let. */
const config = (value: number, fails: boolean, some = "") => `
pipelines: { p: { nodes: [ea, em, eo, ew, ee, ef], start_date: "2024-01-01", end_date: "2024-01-31" } }
nodes:
  ea: { sql: "select id, ${value} as v from range(3)", output: $DB.a }
  em: { sql: "select id, ${value} as v from range(3)", output: $DB.m }
  eo: { sql: "select id, ${value} as v from range(3)", output: $DB.o }
  ew: { sql: "select date'2024-01-02' as day, :start_date as f, ${value} as v", output: $DB.w }
  ee: { sql: "select id, ${value} as v from range(3)", output: $DB.e }
  ef: { sql: "select ${fails ? "raise_error('not yet')" : "1"} as x", output: $DB.f, dependencies: [ea, em, eo, ew, ee] }
datasets:
  $DB.a: { mode: append }
  $DB.m: { mode: merge, merge_keys: [id] }
  $DB.w: { mode: replace_window, window_column: day }
  $DB.e: { mode: error }
${some}`;

describe("what is called done", function () {
  this.timeout(500_000);
  const made: EngineProject[] = [];
  const project = (text: string, files: Readonly<Record<string, string>> = {}) => {
    const one = new EngineProject({ "config.yaml": text, ...files });
    made.push(one);
    return one;
  };
  after(async () => {
    for (const one of made) await one.drop();
  });
  const write = (one: EngineProject, text: string) =>
    writeFileSync(
      join(one.root, "config.yaml"),
      text.replaceAll("$DB", one.db).replaceAll("$ROOT", one.root),
    );
  /** What a hint says between its words: the statement. */
  const hinted = async (one: EngineProject, hint: string) => {
    const query = /sparkwright sql '([^']+)'/.exec(hint)?.[1];
    expect(query, hint).to.not.equal(undefined);
    await one.rows(query ?? "");
  };
  const resume = async (
    one: EngineProject,
    runId: string,
    some: Partial<RunPipelineOptions["resume"]> = {},
  ) => {
    const outcome = await one.run({ resume: { runId, ...some } });
    const decided = outcome.events.find((event) => event.type === "run_resumed");
    const nodes = new Map(decided?.nodes.map((node) => [node.name, node]));
    const reasons = (name: string) => `${nodes.get(name)?.decision}: ${nodes.get(name)?.reason}`;
    return { ...outcome, status: outcome.summary.status, nodes, reasons };
  };
  const values = (one: EngineProject, table: string) =>
    one.rows(`select v, count(*) from $DB.${table} group by v order by v`);

  it("mixes no two versions of code after a fix of appending, merging and creating nodes", async () => {
    const one = project(config(1, true));
    const { summary } = await one.run();
    expect(summary.status).to.equal("failed");
    write(one, config(2, false));
    const first = await resume(one, summary.runId);
    expect(first.status).to.equal("failed");
    for (const [node, table] of [
      ["ea", "a"],
      ["em", "m"],
      ["ee", "e"],
    ] as const) {
      expect(first.reasons(node)).to.match(
        new RegExp(`^undecided: what node '${node}' has .* '${one.db}.${table}' in version \\d stays there`),
      );
      expect(await values(one, table)).to.deep.equal(["1 3"]);
    }
    expect(first.events.some((e) => e.type === "dataset_written" && e.outcome !== "written")).to.equal(false);
    expect(await values(one, "o")).to.deep.equal(["2 3"]);
    expect(await values(one, "w")).to.deep.equal(["2 1"]);
    const retried = await resume(one, summary.runId, { nodes: ["em"] });
    expect(retried.status).to.equal("failed");
    expect(retried.nodes.get("em")?.error?.code).to.equal("RUN_WRITE_STANDS");
    for (const { error } of retried.nodes.values())
      if (error !== undefined) await hinted(one, error.hint ?? "");
    const last = await resume(one, summary.runId);
    expect(last.status, [...last.nodes.keys()].map(last.reasons).join("; ")).to.equal("success");
    expect(last.reasons("ea")).to.contain("was undone by version");
    for (const table of ["a", "m", "e", "o"]) expect(await values(one, table), table).to.deep.equal(["2 3"]);
  });

  it("keeps what the user says stays", async () => {
    const one = project(config(1, true));
    const { summary } = await one.run();
    write(one, config(2, false));
    const kept = await resume(one, summary.runId, { keep: ["ea", "em", "ee"] });
    expect(kept.status, JSON.stringify(kept.reasons("ea"))).to.equal("success");
    expect(kept.reasons("ea")).to.equal("keep: it is done, and you said that it stays");
    expect(await values(one, "a")).to.deep.equal(["1 3"]);
    expect(await values(one, "o")).to.deep.equal(["2 3"]);
  });

  it("writes again what a RESTORE undid, and nothing twice", async () => {
    const one = project(`
pipelines: { p: { nodes: [n] } }
nodes: { n: { sql: "select id from range(3)", output: $DB.t } }
datasets: { $DB.t: { mode: append } }
`);
    const { summary } = await one.run();
    const count = () => one.rows("select count(*) from $DB.t");
    const retry = async () => (await resume(one, summary.runId, { nodes: ["n"] })).status;
    expect(await retry()).to.equal("failed");
    for (const undo of [
      "restore table $DB.t to version as of 0",
      "truncate table $DB.t",
      "delete from $DB.t",
      "create or replace table $DB.t (id bigint) using delta",
    ]) {
      await one.rows(undo);
      expect(await count(), undo).to.deep.equal(["0"]);
      const again = await resume(one, summary.runId);
      expect(again.status, undo).to.equal("success");
      expect(again.reasons("n")).to.match(/^run: what it wrote to \S+ was undone by version \d+/);
      expect(await count(), undo).to.deep.equal(["3"]);
      for (const harmless of [
        "optimize $DB.t",
        "alter table $DB.t set tblproperties ('x' = 'y')",
        "update $DB.t set id = id + 1",
      ])
        await one.rows(harmless);
      expect((await resume(one, summary.runId)).reasons("n"), undo).to.match(/^keep: /);
      expect(await retry()).to.equal("failed");
      expect(await count(), undo).to.deep.equal(["3"]);
    }
    await one.rows("drop table $DB.t");
    await one.rows("create table $DB.t (id bigint) using delta");
    expect(await retry()).to.equal("success");
    expect(await count()).to.deep.equal(["3"]);
    await one.rows("insert into $DB.t values (7)");
    await one.rows("delete from $DB.t where id = 1");
    const damaged = await resume(one, summary.runId);
    expect(damaged.status).to.equal("failed");
    expect(damaged.reasons("n")).to.match(/^undecided: .*was changed by version \d+ \(DELETE\)/);
    expect(await count()).to.deep.equal(["3"]);
    expect((await resume(one, summary.runId, { keep: ["n"] })).status).to.equal("success");
    expect(await count()).to.deep.equal(["3"]);
  });

  it("does not append twice to files, nor call done what is gone", async () => {
    const files = (value: number, fails: boolean) => `
pipelines: { p: { nodes: [fa, fo, ff] } }
nodes:
  fa: { sql: "select id, ${value} as v from range(3)", output: fa }
  fo: { sql: "select id, 1 as v from range(3)", output: fo }
  ff: { sql: "select ${fails ? "raise_error('not yet')" : "1"} as x", output: ff, dependencies: [fa, fo] }
datasets:
  fa: { path: data/fa, format: parquet, mode: append }
  fo: { path: data/fo, format: parquet }
  ff: { path: data/ff, format: parquet }
`;
    const one = project(files(1, true));
    const count = (name: string) =>
      one.rows(`select v, count(*) from parquet.\`${one.root}/data/${name}\` group by v`);
    const { summary } = await one.run();
    rmSync(join(one.root, "data/fo"), { recursive: true });
    write(one, files(2, false));
    const first = await resume(one, summary.runId);
    expect(first.status).to.equal("failed");
    expect(first.reasons("fo")).to.equal("run: what it wrote is not in fo any more");
    expect(first.nodes.get("fa")?.error?.code).to.equal("RUN_WRITE_STANDS");
    expect(await count("fo")).to.deep.equal(["1 3"]);
    expect(await count("fa")).to.deep.equal(["1 3"]);
    rmSync(join(one.root, "data/fa"), { recursive: true });
    expect((await resume(one, summary.runId)).status).to.equal("success");
    expect(await count("fa")).to.deep.equal(["2 3"]);
  });
});
