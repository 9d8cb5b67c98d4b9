import { DuckDBInstance } from "@duckdb/node-api";
import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { registerDataSource } from "../../../src/io/data-source.ts";
import { getFeatures } from "../../../src/io/features/get-features.ts";
import { loadInput } from "../../../src/io/load-input.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

/** Repeatable numbers from 0 to 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe("features", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("features");
  });
  after(async () => {
    await on.close();
  });

  const source = (name: string, some: Partial<DatasetConfig> = {}): DatasetConfig =>
    on.dataset(name, { entityKeys: ["k1", "k2"], timestampColumn: "ts", ...some });
  const project = (...datasets: DatasetConfig[]) => ({
    datasets: new Map(datasets.map((one) => [one.name, one])),
  });

  it("are those of DuckDB's ASOF join, every row of the spine once, over 20 generated data sets", async () => {
    const duckdb = await (await DuckDBInstance.create()).connect();
    for (let seed = 1; seed <= 20; seed++) {
      const random = generator(seed);
      const below = (n: number) => Math.floor(random() * n);
      const orNull = (value: string) => (random() < 0.1 ? "null" : value);
      const moment = () => `timestamp'2001-01-01 00:00:00' + interval '${below(40)}' hour`;
      // One row per entity and time, so that both engines must agree; the values may be NULL.
      const times = new Set<string>();
      const history: string[] = [];
      for (let i = 0; i < 60; i++) {
        const [k1, k2, ts] = [orNull(String(below(4))), orNull(`'${below(2)}'`), orNull(moment())];
        if (times.has(`${k1} ${k2} ${ts}`)) continue;
        times.add(`${k1} ${k2} ${ts}`);
        history.push(`(${k1}, ${k2}, ${ts}, ${orNull(String(i))}, '${i}')`);
      }
      const spine = Array.from(
        { length: 40 },
        (_, id) =>
          `(${below(30) + id - id}, ${orNull(String(below(5)))}, ${orNull(`'${below(2)}'`)}, ${orNull(moment())})`,
      );
      const historyQuery = `select cast(k1 as int) as k1, cast(k2 as string) as k2, cast(ts as timestamp) as ts, cast(v as int) as v, w from values ${history.join(", ")} as t(k1, k2, ts, v, w)`;
      const spineQuery = `select id, cast(k1 as bigint) as k1, cast(k2 as string) as k2, cast(at as timestamp) as at from values ${spine.join(", ")} as t(id, k1, k2, at)`;
      await on.save(source("history"), historyQuery);
      const joined = await getFeatures(
        project(source("history")),
        on.session,
        ["history.w", "history.v"],
        await on.session.sql(spineQuery),
        { asOf: "at" },
      );
      expect(await joined.columns()).to.deep.equal(["id", "k1", "k2", "at", "w", "v"]);
      const ours = (
        await joined
          .selectExpr("id", "k1", "k2", "date_format(at, 'yyyy-MM-dd HH:mm:ss')", "w", "v")
          .collect()
      )
        .map((row) => [...row].map(String).join(" "))
        .sort();
      const theirs = (
        await duckdb.runAndReadAll(`
          with h as (select * from (values ${history.join(", ")}) as t(k1, k2, ts, v, w)),
               s as (select * from (values ${spine.join(", ")}) as t(id, k1, k2, moment))
          select s.id, s.k1, s.k2, strftime(s.moment, '%Y-%m-%d %H:%M:%S'), h.w, h.v
          from s asof left join (select * from h where k1 is not null and k2 is not null and ts is not null) h
            on s.k1 = h.k1 and s.k2 = h.k2 and s.moment >= h.ts`)
      )
        .getRows()
        .map((row) => row.map(String).join(" "))
        .sort();
      expect(ours, `seed ${seed}`).to.deep.equal(theirs);
    }
    duckdb.closeSync();
  });

  it("never come from the future, count a tie the same way always, and are the latest without as_of", async () => {
    await on.save(
      source("ties"),
      "select * from values (1, 'a', timestamp'2001-01-01 10:00:00', 5, map('x', 1)), (1, 'a', timestamp'2001-01-01 10:00:00', 7, null)," +
        " (1, 'a', timestamp'2001-01-01 10:00:00.000001', null, map('y', 2)), (2, 'a', timestamp'2001-01-02', 9, null) as t(k1, k2, ts, v, m)",
    );
    const spine =
      "select * from values (1, 'a', timestamp'2001-01-01 10:00:00'), (1, 'a', timestamp'2001-01-01 09:59:59.999999')," +
      " (1, 'a', timestamp'2001-01-01 10:00:00.000001'), (2, 'a', timestamp'2001-01-01'), (3, 'a', timestamp'2002-01-01') as t(k1, k2, at)";
    const of = async (asOf?: string) => {
      const frame = await getFeatures(
        project(source("ties")),
        on.session,
        ["ties.v", "ties.m"],
        await on.session.sql(spine),
        { asOf },
      );
      const rows = await frame
        .selectExpr("k1", "at", "v", "cast(m as string) as m")
        .orderBy("k1", "at")
        .collect();
      return rows.map((row) => `${row[0]} ${row[2]} ${row[3]}`);
    };
    for (let i = 0; i < 3; i++) {
      expect(await of("at")).to.deep.equal([
        "1 null null",
        "1 7 null",
        "1 null {y -> 2}",
        "2 null null",
        "3 null null",
      ]);
    }
    expect(await of()).to.deep.equal([
      "1 null {y -> 2}",
      "1 null {y -> 2}",
      "1 null {y -> 2}",
      "2 9 null",
      "3 null null",
    ]);
  });

  it("compare dates with timestamps, join several sources, and read each once", async () => {
    await on.save(
      source("daily", { timestampColumn: "day" }),
      "select 1 as k1, 'a' as k2, date'2001-01-02' as day, 1.5BD as rate",
    );
    await on.save(
      source("hourly"),
      "select 1 as k1, 'a' as k2, timestamp'2001-01-02 05:00:00' as ts, array(1) as list",
    );
    const spine = await on.session.sql(
      "select 1 as k1, 'a' as k2, explode(array(timestamp'2001-01-01 23:59:59', timestamp'2001-01-02', timestamp'2001-01-02 06:00:00')) as at",
    );
    const datasets = project(source("daily", { timestampColumn: "day" }), source("hourly"));
    const frame = await getFeatures(datasets, on.session, ["daily.rate", "hourly.list"], spine, {
      asOf: "at",
    });
    expect(
      (await frame.orderBy("at").collect()).map((row) => `${row[3]} ${JSON.stringify(row[4])}`),
    ).to.deep.equal(["null null", "1.5 null", "1.5 [1]"]);
    const plan = await frame.explainString();
    expect(plan.match(/Scan parquet/g)).to.have.length(2);
    expect(plan).not.to.match(/Join|CartesianProduct/);
  });

  it("say what is wrong with what is asked for", async () => {
    await on.save(
      source("plain", { timestampColumn: undefined as never }),
      "select 1 as k1, 'a' as k2, 2 as v, 'x' as at",
    );
    const datasets = project(
      source("plain"),
      { ...on.dataset("plain"), name: "timeless", entityKeys: ["k1"] },
      { ...on.dataset("plain"), name: "keyless" },
    );
    const spine = await on.session.sql("select 1 as k1, 2 as k2, timestamp'2001-01-01' as at, 3 as id");
    const code = async (refs: string[], asOf?: string) =>
      await getFeatures(datasets, on.session, refs, spine, { asOf }).then(
        () => "",
        (error: { readonly code: string; readonly message: string }) => `${error.code} ${error.message}`,
      );
    expect(await code(["v"])).to.contain('USAGE_FEATURE "v" is not a feature');
    expect(await code(["plai.v"])).to.contain("FEATURE_SOURCE there is no source of features 'plai'");
    expect(await code(["keyless.v"])).to.contain("FEATURE_SOURCE dataset 'keyless' has no entity_keys");
    expect(await code(["plain.v"])).to.contain(
      "FEATURE_TYPE the entity key 'k2' is int on one side and string",
    );
    expect(await code(["timeless.w"])).to.contain("FEATURE_COLUMN dataset 'timeless': has no column 'w'");
    expect(await code(["timeless.at"]))
      .to.contain("FEATURE_NAME")
      .and.contain("column 'at' already");
    expect(await code(["timeless.v"], "at")).to.contain("FEATURE_TIME dataset 'timeless'");
    expect(await code(["timeless.v", "plain.v"])).to.contain("FEATURE_NAME timeless.v and plain.v");
  });

  it("come from data sources too, which are told the window and held to their schema", async () => {
    const windows: unknown[] = [];
    registerDataSource("test_crm", {
      read: ({ session, options, window }) => {
        windows.push(window);
        return session
          .range(Number(options["rows"]))
          .selectExpr("id", "date_add(date'2001-01-01', int(id)) as day");
      },
      version: () => 7n,
      schema: "id BIGINT, day DATE",
    });
    const crm = on.dataset("crm", {
      location: { kind: "options" },
      source: "test_crm",
      windowColumn: "day",
      options: { rows: "5" },
    });
    const window = { startDate: "2001-01-02", endDate: "2001-01-03" };
    const frame = await loadInput(on.session, crm, window);
    expect((await frame.collect()).map((row) => row["id"])).to.deep.equal([1n, 2n]);
    expect(windows).to.deep.equal([window]);
    registerDataSource("test_crm", {
      read: ({ session }) => session.range(1),
      schema: "id INT, name STRING",
    });
    const failed = await loadInput(on.session, crm, undefined).catch(
      (error: { code: string; message: string }) => error,
    );
    expect(failed).to.include({ code: "DATASET_SOURCE_SCHEMA" });
    expect(failed)
      .to.have.property("message")
      .that.contains("column 'id' is bigint, promised as int; column 'name' is missing");
    const unknown = await loadInput(on.session, { ...crm, source: "test_crn" }, undefined).catch(
      (error: unknown) => error,
    );
    expect(unknown).to.include({ code: "DATASET_SOURCE", hint: "Did you mean 'test_crm'?" });
  });
});
