import { expect } from "chai";
import { openRunStore } from "../../../src/state/sqlite-run-store.ts";
import { getSpark } from "../spark.ts";
import { cli, scratchProject } from "./command-line.ts";

/** Writes one row for the day of the run, and fails on 3 January unless a parameter forbids it. */
const daily = (db: string) => ({
  "config/datasets.yaml": `${db}.days: { mode: replace_window, window_column: day, format: delta }\n`,
  "config/nodes.yaml": `
write_day:
  function: days.writeDay
  output: ${db}.days
  hyperparams: { failing: "2001-01-03" }
`,
  "config/pipelines.yaml": "days: { nodes: [write_day] }\n",
  "src/days.ts": `
import type { NodeContext } from "sparkwright";
export async function writeDay({ spark, params, startDate }: NodeContext) {
  const fails = startDate === params["failing"];
  return spark.sql(
    "select date '" + startDate + "' as day, " + (fails ? "cast(raise_error('on purpose') as string)" : "'ok'") + " as state",
  );
}
`,
});

describe("sparkwright backfill", function () {
  this.timeout(120_000);
  const db = `backfill_${process.pid}_${Date.now().toString(36)}`;
  const folder = scratchProject(daily(db));
  const backfill = (...args: string[]) =>
    cli(["backfill", "days", "--project", folder, "--from", "2001-01-01", "--to", "2001-01-04", ...args]);
  const table = (stdout: string) =>
    stdout
      .split("\n")
      .filter((line) => /^2001-/.test(line))
      .map((line) => line.replace(/ {2,}(\d[\d.]* m?s|-) .*$/, "").trimEnd());
  const stored = async () => {
    const spark = await getSpark();
    const rows = await spark
      .sql(`select cast(day as string) as day from ${db}.days order by day`)
      .then((df) => df.collect());
    return rows.map((row) => String(row["day"]));
  };

  before(async () => {
    const spark = await getSpark();
    await (await spark.sql(`create database if not exists ${db}`)).collect();
  });
  after(async () => {
    const spark = await getSpark();
    await (await spark.sql(`drop database if exists ${db} cascade`)).collect();
  });

  it("lists its windows without running any", async () => {
    const { code, stdout } = await backfill("--chunk", "day", "--dry-run");
    expect(code).to.equal(0);
    expect(stdout.split("\n").slice(0, 3)).to.deep.equal([
      "WINDOW      LAST RUN   BACKFILL",
      "2001-01-01  never run  would run",
      "2001-01-02  never run  would run",
    ]);
  });

  it("runs every window though one fails, two at once, and says how each ended", async () => {
    const { code, stdout, stderr } = await backfill("--chunk", "day", "--parallel", "2");
    expect(code, stdout + stderr).to.equal(4);
    expect(table(stdout), stdout).to.deep.equal([
      "2001-01-01  succeeded",
      "2001-01-02  succeeded",
      "2001-01-03  failed",
      "2001-01-04  succeeded",
    ]);
    expect(stdout).to.contain("4 windows: 3 succeeded, 1 failed, 0 left as they were");
    expect(await stored()).to.deep.equal(["2001-01-01", "2001-01-02", "2001-01-04"]);
  });

  it("runs what failed, and then finds nothing missing", async () => {
    const again = await backfill("--chunk", "day", "--only", "failed", "--param", "failing=never");
    expect(again.code, again.stdout + again.stderr).to.equal(0);
    expect(again.stdout).to.contain("4 windows: 1 succeeded, 0 failed, 3 left as they were");
    expect(await stored()).to.deep.equal(["2001-01-01", "2001-01-02", "2001-01-03", "2001-01-04"]);
    const nothing = await backfill("--chunk", "day", "--json");
    expect(nothing.code).to.equal(0);
    expect(nothing.stdout).to.equal("");
    const store = openRunStore(folder);
    expect(
      store
        .listRuns(100, "days")
        .map(({ startDate, state }) => `${startDate} ${state}`)
        .sort(),
    ).to.deep.equal([
      "2001-01-01 success",
      "2001-01-02 success",
      "2001-01-03 failed",
      "2001-01-03 success",
      "2001-01-04 success",
    ]);
    store.close();
  });
});
