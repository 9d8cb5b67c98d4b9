import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { classifyFailure } from "../../../src/execution/classify-failure.ts";
import type { CommitTag } from "../../../src/io/commit-tag.ts";
import { currentVersion, findCommit } from "../../../src/io/delta-history.ts";
import { deltaStore } from "../../../src/io/delta-store.ts";
import { saveOutput } from "../../../src/io/save-output.ts";
import type { SaveRequest } from "../../../src/io/save-request.ts";
import type { SparkSession } from "../../../src/sql/spark-session.ts";
import { engineSession } from "../engine/engine-project.ts";
import { scratchFolder } from "../spark.ts";

describe("commits on Delta", function () {
  this.timeout(300_000);
  const db = `commits_${process.pid}_${Date.now().toString(36)}`;
  let session: SparkSession;
  before(async () => {
    session = await engineSession();
    await session.sql(`CREATE DATABASE ${db}`);
  });
  after(async () => {
    await session.sql(`DROP DATABASE ${db} CASCADE`);
    await session.stop();
  });

  const dataset = (name: string, some: Partial<DatasetConfig> = {}): DatasetConfig => ({
    name,
    location: { kind: "table", table: `${db}.${name}` },
    format: "delta",
    mode: "overwrite",
    partitionBy: [],
    mergeKeys: [],
    options: {},
    ...some,
  });
  const tag = (runId: string, attempt = 1): CommitTag => ({ pipeline: "p", node: "n", runId, attempt });
  const save = async (target: DatasetConfig, query: string, by: CommitTag, some: Partial<SaveRequest> = {}) =>
    await saveOutput({
      session,
      dataset: target,
      frame: await session.sql(query),
      window: { startDate: "2001-01-01", endDate: "2001-01-02" },
      tag: by,
      ...some,
    });
  const rows = async (query: string) =>
    (await (await session.sql(query)).collect()).map((row) => Object.values(row).map(String).join(" "));

  it("carry the tag in every mode, also when they create the table", async () => {
    const query = "select date'2001-01-01' as day, id from range(3)";
    const targets = [
      dataset("t_overwrite"),
      dataset("t_append", { mode: "append" }),
      dataset("t_error", { mode: "error" }),
      dataset("t_ignore", { mode: "ignore" }),
      dataset("t_merge", { mode: "merge", mergeKeys: ["id"] }),
      dataset("t_window", { mode: "replace_window", windowColumn: "day", partitionBy: ["day"] }),
      dataset("p_overwrite", { location: { kind: "path", path: `${scratchFolder()}/a b` } }),
      dataset("p_merge", {
        location: { kind: "path", path: `${scratchFolder()}/m` },
        mode: "merge",
        mergeKeys: ["id"],
      }),
    ];
    for (const target of targets) {
      expect(await findCommit(session, target, tag("r1")), target.name).to.equal(undefined);
      expect(await currentVersion(session, target), target.name).to.equal(undefined);
      const saved = await save(target, query, tag("r1", 3));
      expect(saved, target.name).to.include({ outcome: "written", rows: 3n });
      const commit = await findCommit(session, target, { ...tag("r1"), sinceMs: Date.now() });
      expect(commit, target.name).to.deep.equal({ attempt: 3, version: saved.version, rows: 3n });
      expect((await currentVersion(session, target))?.version, target.name).to.equal(saved.version);
      expect(await findCommit(session, target, tag("r2")), target.name).to.equal(undefined);
    }
  });

  it("leave a table that another writer created meanwhile to a second attempt", async () => {
    const targets = [
      dataset("m_append", { mode: "append" }),
      dataset("m_overwrite"),
      dataset("m_path", { location: { kind: "path", path: `${scratchFolder()}/p` }, mode: "append" }),
    ];
    for (const target of targets) {
      let others = 0;
      const commit = async <T>(write: () => Promise<T>): Promise<T> => {
        if (others++ === 0) await save(target, "select 7L as id", tag("other"));
        return await write();
      };
      const first = await save(target, "select 1L as id", tag("r1"), { commit }).catch((e: unknown) => e);
      expect(first, target.name).to.have.property("code", "DATASET_CREATED_MEANWHILE");
      expect(classifyFailure(first)).to.equal("transient");
      expect(await save(target, "select 1L as id", tag("r1", 2)), target.name).to.include({ rows: 1n });
      const from = deltaStore(target).sqlName;
      const expected = target.mode === "append" ? ["1", "7"] : ["1"];
      expect(await rows(`select id from ${from} order by id`), target.name).to.deep.equal(expected);
    }
  });

  it("of a merge are made once per run, whatever the attempt", async () => {
    const target = dataset("merged", {
      mode: "merge",
      mergeKeys: ["id"],
      mergeUpdateCondition: "source.v > target.v -- newer",
      mergeDeleteCondition: "source.gone or 'a)' = '('",
    });
    const first = "select * from values (1, 10, false), (2, 20, false), (3, 30, false) as v(id, v, gone)";
    const second =
      "select * from values (1, 5, false), (2, 25, false), (3, 0, true), (4, 40, true) as v(id, v, gone)";
    await save(target, first, tag("a"));
    const merged = await save(target, second, tag("b", 1));
    expect(merged).to.include({ outcome: "written", rows: 2n });
    const content = ["1 10 false", "2 25 false", "4 40 true"];
    expect(await rows(`select * from ${db}.merged order by id`)).to.deep.equal(content);
    const again = await save(target, second, tag("b", 2));
    expect(again).to.deep.equal({ outcome: "already_written", rows: 2n, version: merged.version });
    expect(await rows(`select * from ${db}.merged order by id`)).to.deep.equal(content);
    await save(target, second, tag("c"));
    expect(await rows(`select * from ${db}.merged order by id`)).to.deep.equal([
      "1 10 false",
      "2 25 false",
      "3 0 true",
    ]);
  });

  it("leave the shared session as it is", async () => {
    const settings = await session.conf.getAll();
    expect(Object.keys(settings).filter((key) => /userMetadata|txnAppId|txnVersion/.test(key))).to.deep.equal(
      [],
    );
  });

  it("are found behind more than twenty later ones, and not looked for before the run", async () => {
    const target = dataset("busy", { mode: "append" });
    await save(target, "select 1L as id", tag("old"));
    for (let i = 0; i < 22; i++) await session.sql(`insert into ${db}.busy values (${i})`);
    expect(await findCommit(session, target, tag("old"))).to.deep.equal({
      attempt: 1,
      version: 1n,
      rows: 1n,
    });
    const later = Date.now() + 7_200_000;
    expect(await findCommit(session, target, { ...tag("old"), sinceMs: later })).to.equal(undefined);
  });

  it("answer a repeated error or ignore with what the run itself has made", async () => {
    for (const mode of ["error", "ignore"] as const) {
      const target = dataset(`made_${mode}`, { mode });
      await save(target, "select 1L as id", tag("r"));
      expect(await save(target, "select 1L as id", tag("r", 2))).to.deep.equal({
        outcome: "already_written",
        rows: 1n,
        version: 0n,
      });
    }
    expect(
      await save(dataset("made_ignore", { mode: "ignore" }), "select 1L as id", tag("other")),
    ).to.deep.equal({
      outcome: "ignored",
      rows: 0n,
      version: 0n,
    });
  });

  it("do not happen when the check before them throws", async () => {
    const commit = () => Promise.reject(new Error("the lease is lost"));
    for (const mode of ["overwrite", "append", "merge", "replace_window"] as const) {
      const target = dataset(`fenced_${mode}`, { mode, mergeKeys: ["day"], windowColumn: "day" });
      const query = "select date'2001-01-01' as day";
      const failed = await save(target, query, tag("f"), { commit }).catch((error: Error) => error.message);
      expect(failed, mode).to.equal("the lease is lost");
      expect(await currentVersion(session, target), mode).to.equal(undefined);
      await save(target, query, tag("g"));
      const version = await currentVersion(session, target);
      await save(target, query, tag("f"), { commit }).catch(() => undefined);
      expect(await currentVersion(session, target), mode).to.deep.equal(version);
    }
  });
});
