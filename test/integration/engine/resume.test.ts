import { expect } from "chai";
import { cli } from "../cli/command-line.ts";
import { EngineProject } from "./engine-project.ts";

// "history" is a word of Delta's own SQL.
const config = `
pipelines: { p: { nodes: [copy, below, fails] } }
nodes:
  copy: { sql: "select id from $DB.source", input: $DB.source, output: $DB.history }
  below: { sql: "select sum(id) as total from $DB.history", input: $DB.history, output: $DB.total }
  fails: { sql: "select raise_error('not yet')", output: $DB.never }
datasets:
  $DB.source: { mode: append }
  $DB.history: { mode: append }
`;

describe("a resume", function () {
  this.timeout(180_000);
  const project = new EngineProject({ "config.yaml": config });
  after(() => project.drop());

  const source = (id: number) =>
    project.rows(`create or replace table $DB.source using delta as select ${id}L as id`);
  const resume = async () => (await cli(["resume", "--project", project.root])).stdout;
  const total = async () => [
    await project.rows("select id from $DB.history"),
    await project.rows("select total from $DB.total"),
  ];

  it("appends once to a table that is called as a word of Delta's SQL", async () => {
    await project.rows("create schema $DB");
    await source(1);
    const { summary } = await project.run();
    expect(summary.nodes.map(({ name, status }) => [name, status])).to.deep.equal([
      ["copy", "success"],
      ["below", "success"],
      ["fails", "failed"],
    ]);
    const output = await resume();
    expect(output).to.contain("copy: kept, because it is done, and nothing it depends on has changed");
    expect(await total()).to.deep.equal([["1"], ["1"]]);
  });

  it("runs again what wrote a table that is gone, and what is below it", async () => {
    await project.rows("drop table $DB.history");
    const output = await resume();
    expect(output).to.match(/copy: runs, because what it wrote is not in \w+\.history any more/);
    expect(output).to.contain("below: runs, because copy above it runs again");
    expect(await total()).to.deep.equal([["1"], ["1"]]);
  });

  it("does not append the rows of a table that was made anew to those of the old one", async () => {
    await project.rows("drop table $DB.source");
    await source(2);
    const output = await resume();
    expect(output).to.match(/copy: needs your decision, because .* its input \w+\.source was made anew/);
    expect(output).to.contain("below: blocked, because copy needs a decision");
    expect(await total()).to.deep.equal([["1"], ["1"]]);
  });
});
