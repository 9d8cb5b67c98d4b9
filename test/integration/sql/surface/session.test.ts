import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { ExecutionProgress } from "../../../../src/connect/execution-progress.ts";
import {
  ConnectClient,
  expr,
  LongType,
  rowValues,
  SparkSession,
  StringType,
  StructType,
} from "../../../../src/sql/index.ts";
import { remote } from "../../spark.ts";
import { covers } from "./covers.ts";

const setting = "spark.sql.shuffle.partitions";
const jar = join(import.meta.dirname, "fixtures", "java-functions.jar");

async function values(spark: SparkSession, query: string): Promise<unknown[][]> {
  return (await (await spark.sql(query)).collect()).map(rowValues);
}

/** A query that sleeps until it is interrupted: its id, what the interrupt that reached it gave, and its end. */
async function running(spark: SparkSession, interrupt: (operationId: string) => Promise<readonly string[]>) {
  const operationId = randomUUID();
  const query = spark.range(1).selectExpr("reflect('java.lang.Thread', 'sleep', 20000L)");
  let outcome: unknown;
  const end = query.collect({ operationId }).then(
    () => "completed",
    (error: unknown) => Reflect.get(error as object, "errorClass"),
  );
  void end.then((how) => {
    outcome = how;
  });
  let ids: readonly string[] = [];
  while (outcome === undefined && !ids.includes(operationId)) ids = await interrupt(operationId);
  return { operationId, ids, outcome: await end };
}

describe("surface: SparkSession", () => {
  covers("SparkSession.Builder", async () => {
    const spark = await SparkSession.builder()
      .remote(await remote())
      .options({ sessionId: randomUUID() })
      .appName("surface")
      .config({ [setting]: 7, "spark.sql.ansi.enabled": true })
      .create();
    expect(await spark.conf.get(setting)).to.equal("7");
    expect(await spark.conf.get("spark.app.name")).to.equal("surface");
    await spark.stop();
  });

  covers("SparkSession.builder", async () => {
    const sessionId = randomUUID();
    const builder = SparkSession.builder()
      .remote(await remote())
      .options({ sessionId });
    const spark = await builder.getOrCreate();
    expect(await builder.config(setting, 5).getOrCreate()).to.equal(spark);
    expect(await spark.conf.get(setting)).to.equal("5");
    await spark.stop();
    expect(await builder.getOrCreate()).to.not.equal(spark);
  });

  covers("SparkSession.getActiveSession", async () => {
    const spark = await SparkSession.builder()
      .remote(await remote())
      .create();
    expect(SparkSession.getActiveSession()).to.equal(spark);
    await spark.stop();
    expect(SparkSession.getActiveSession()).to.equal(undefined);
  });

  covers("SparkSession.active", async () => {
    const spark = await SparkSession.builder()
      .remote(await remote())
      .create();
    expect(SparkSession.active()).to.equal(spark);
    expect(await SparkSession.active().range(2).count()).to.equal(2n);
    await spark.stop();
    expect(() => SparkSession.active())
      .to.throw()
      .with.property("code", "USAGE_NO_SESSION");
  });

  covers("SparkSession.client", async (spark) => {
    expect(spark.client).to.be.instanceOf(ConnectClient);
    const version = await spark.client.analyze({ case: "sparkVersion", value: {} });
    expect(version.result).to.have.nested.property("value.version", await spark.version());
  });

  covers("SparkSession.version", async (spark) => {
    expect(await values(spark, "SELECT split(version(), ' ')[0]")).to.eql([[await spark.version()]]);
  });

  covers("SparkSession.session_id", async (spark) => {
    expect(spark.sessionId).to.match(/^[0-9a-f-]{36}$/);
    const session = spark.newSession();
    expect(session.sessionId).to.not.equal(spark.sessionId);
    await session.stop();
  });

  covers("SparkSession.is_stopped", async (spark) => {
    const session = spark.newSession();
    expect(session.isStopped).to.equal(false);
    await session.stop();
    expect(session.isStopped).to.equal(true);
  });

  covers("SparkSession.stop", async (spark) => {
    const session = spark.newSession();
    await session.range(1).createTempView("passing");
    await session.stop();
    await session.stop();
    const thrown = await session
      .range(1)
      .count()
      .catch((error: unknown) => error);
    expect(thrown).to.have.property("code", "CONNECT_SESSION_CLOSED");
    expect(await spark.catalog.tableExists("passing")).to.equal(false);
  });

  covers("SparkSession.conf", async (spark) => {
    const session = spark.newSession();
    await session.conf.set(setting, 9);
    expect(await session.conf.get(setting)).to.equal("9");
    expect(await spark.conf.get(setting)).to.not.equal("9");
    await session.stop();
  });

  covers("SparkSession.catalog", async (spark) => {
    expect(await spark.catalog.databaseExists("default")).to.equal(true);
  });

  covers("SparkSession.read", async (spark) => {
    const lines = await spark.createDataFrame(["1,a"], ["line"]);
    expect(
      (
        await spark.read
          .schema(await spark.parseSchema("n INT, s STRING"))
          .csv(lines)
          .collect()
      ).map(rowValues),
    ).to.eql([[1, "a"]]);
  });

  covers("SparkSession.tvf", async (spark) => {
    expect((await spark.tvf.range(2, 4).collect()).map(rowValues)).to.eql([[2n], [3n]]);
  });

  covers("SparkSession.range", async (spark) => {
    expect((await spark.range(2, 9, 3, 1).collect()).map(rowValues)).to.eql([[2n], [5n], [8n]]);
    expect(await spark.range(4n).count()).to.equal(4n);
  });

  covers("SparkSession.table", async (spark) => {
    await spark.range(3).createOrReplaceTempView("surface_range");
    expect(await spark.table("surface_range").count()).to.equal(3n);
    await spark.catalog.dropTempView("surface_range");
  });

  covers("SparkSession.emptyDataFrame", async (spark) => {
    const schema = new StructType().add("id", LongType).add("name", new StringType());
    const empty = await spark.emptyDataFrame(schema);
    expect(await empty.collect()).to.eql([]);
    expect((await empty.schema()).simpleString()).to.equal(schema.simpleString());
    expect(await (await spark.emptyDataFrame("id BIGINT")).columns()).to.eql(["id"]);
  });

  covers("SparkSession.sql", async (spark) => {
    const session = spark.newSession();
    expect(await values(session, "SELECT 1 + 1 AS two")).to.eql([[2]]);
    await session.sql(
      "CREATE TEMPORARY FUNCTION late(delay INT, least INT DEFAULT 15) RETURNS BOOLEAN RETURN delay > least",
    );
    expect(await values(session, "SELECT late(16), late(15), late(15, 10)")).to.eql([[true, false, true]]);
    await session.sql(
      "CREATE TEMPORARY FUNCTION upto(n INT) RETURNS TABLE (i BIGINT) RETURN SELECT id FROM range(10) WHERE id < n",
    );
    expect(await values(session, "SELECT i FROM upto(3) ORDER BY i")).to.eql([[0n], [1n], [2n]]);
    expect((await session.range(1).select(expr("late(20)")).collect()).map(rowValues)).to.eql([[true]]);
    await session.stop();
  });

  covers("SparkSession.cloneSession", async (spark) => {
    const session = spark.newSession();
    await session.conf.set(setting, 11);
    await session.range(2).createTempView("copied");
    const sessionId = randomUUID();
    const clone = await session.cloneSession(sessionId);
    expect(clone.sessionId).to.equal(sessionId);
    expect([await clone.conf.get(setting), await clone.table("copied").count()]).to.eql(["11", 2n]);
    await clone.catalog.dropTempView("copied");
    expect(await session.table("copied").count()).to.equal(2n);
    await Promise.all([session.stop(), clone.stop()]);
  });
});

describe("surface: SparkSession, what runs in it", () => {
  covers("SparkSession.addTag", async (spark) => {
    await spark.withTags([], async () => {
      const tag = `tag-${randomUUID()}`;
      spark.addTag(tag);
      const { operationId, ids, outcome } = await running(spark, async () => await spark.interruptTag(tag));
      expect([ids, outcome]).to.eql([[operationId], "OPERATION_CANCELED"]);
    });
  });

  covers("SparkSession.getTags", async (spark) => {
    await spark.withTags(["outer"], async () => {
      spark.addTag("added");
      expect(spark.getTags()).to.have.members(["outer", "added"]);
    });
    expect(spark.getTags()).to.not.include("added");
  });

  covers("SparkSession.removeTag", async (spark) => {
    await spark.withTags([], async () => {
      const tag = `tag-${randomUUID()}`;
      spark.addTag(tag);
      spark.removeTag(tag);
      expect(spark.getTags()).to.eql([]);
      const { ids } = await running(spark, async (id) => {
        expect(await spark.interruptTag(tag)).to.eql([]);
        return await spark.interruptOperation(id);
      });
      expect(ids).to.have.length(1);
    });
  });

  covers("SparkSession.clearTags", async (spark) => {
    await spark.withTags([], async () => {
      spark.addTag("a");
      spark.addTag("b");
      spark.clearTags();
      expect(spark.getTags()).to.eql([]);
      expect(await spark.range(1).count()).to.equal(1n);
    });
  });

  covers("SparkSession.interruptTag", async (spark) => {
    const tag = `tag-${randomUUID()}`;
    const { operationId, ids, outcome } = await spark.withTags([tag], () =>
      running(spark, async () => await spark.interruptTag(tag)),
    );
    expect([ids, outcome]).to.eql([[operationId], "OPERATION_CANCELED"]);
  });

  covers("SparkSession.interruptOperation", async (spark) => {
    const { operationId, ids, outcome } = await running(
      spark,
      async (id) => await spark.interruptOperation(id),
    );
    expect([ids, outcome]).to.eql([[operationId], "OPERATION_CANCELED"]);
  });

  covers("SparkSession.interruptAll", async (spark) => {
    const session = spark.newSession();
    const { operationId, ids, outcome } = await running(session, async () => await session.interruptAll());
    expect([ids, outcome]).to.eql([[operationId], "OPERATION_CANCELED"]);
    await session.stop();
  });

  covers("SparkSession.registerProgressHandler", async (spark) => {
    const session = spark.newSession();
    const told: ExecutionProgress[] = [];
    session.registerProgressHandler((progress) => told.push(progress));
    const operationId = randomUUID();
    const numbers = session.range(0, 1_000_000, 1, 3).selectExpr("max(xxhash64(id))");
    expect(await numbers.collect({ operationId })).to.have.length(1);
    const own = told.filter((progress) => progress.operationId === operationId);
    expect(own.at(-1)).to.include({ done: true, inflightTasks: 0 });
    // How many stages a quick query reports is up to the server.
    for (const { stageId, tasks } of own.flatMap(({ stages }) => stages)) {
      expect([stageId, tasks].every(Number.isInteger)).to.equal(true);
    }
    await session.stop();
  });

  covers("SparkSession.removeProgressHandler", async (spark) => {
    const session = spark.newSession();
    const ends: string[] = [];
    const handler = ({ operationId, done }: ExecutionProgress) => void (done && ends.push(operationId));
    session.registerProgressHandler(handler);
    const operationId = randomUUID();
    await session.range(1).collect({ operationId });
    session.removeProgressHandler(handler);
    await session.range(1).collect();
    expect(ends).to.eql([operationId]);
    await session.stop();
  });

  covers("SparkSession.clearProgressHandlers", async (spark) => {
    const session = spark.newSession();
    let calls = 0;
    session.registerProgressHandler(() => void calls++);
    session.registerProgressHandler(() => void calls++);
    session.clearProgressHandlers();
    expect(await session.range(3).count()).to.equal(3n);
    expect(calls).to.equal(0);
    await session.stop();
  });
});

describe("surface: SparkSession, files and functions", () => {
  let session: SparkSession;
  let folder: string;
  beforeEach(async () => {
    session = new SparkSession({ remote: await remote() });
    folder = mkdtempSync(join(tmpdir(), "sparkwright-artifacts-"));
  });
  afterEach(async () => {
    await session.stop();
    rmSync(folder, { recursive: true });
  });

  /** Uses the session of the test above, which `covers` does not know. */
  const own = (body: () => Promise<void>) => async (_: SparkSession) => await body();

  covers(
    "SparkSession.addArtifact",
    own(async () => {
      await session.addArtifact(jar);
      await session.addArtifact(jar);
      await session.udf.registerJavaFunction("reversed", "sparkwright.test.Reversed");
      expect(await values(session, "SELECT reversed('abc'), reversed(NULL)")).to.eql([["cba", null]]);
      const other = { name: "java-functions.jar", data: new Uint8Array([1, 2, 3]) };
      const thrown = await session.addArtifact(other).catch((error: unknown) => error);
      expect(thrown).to.have.property("errorClass", "ARTIFACT_ALREADY_EXISTS");
    }),
  );

  covers(
    "SparkSession.addArtifacts",
    own(async () => {
      const path = join(folder, "large.bin");
      writeFileSync(path, Buffer.alloc(100_000, 7));
      await session.addArtifacts([path, { name: "small.txt", data: Buffer.from("hello") }], { as: "file" });
      await session.addArtifacts([`${jar}#unpacked`], { as: "archive" });
      const status = await session.client.artifactStatus(["files/large.bin"]);
      expect(status.size).to.equal(0); // Only what is below cache/ is looked up.
      await session.addArtifacts([jar]);
      await session.udf.registerJavaFunction("reversed", "sparkwright.test.Reversed");
      expect(await values(session, "SELECT reversed('ab')")).to.eql([["ba"]]);
    }),
  );

  covers(
    "SparkSession.copyFromLocalToFs",
    own(async () => {
      const [from, to] = [join(folder, "from.txt"), join(folder, "to.txt")];
      writeFileSync(from, "copied");
      const thrown = await session.copyFromLocalToFs(from, to).catch((error: unknown) => error);
      expect(thrown)
        .to.have.property("message")
        .that.matches(/local file system/i);
      await session.conf.set("spark.sql.artifact.copyFromLocalToFs.allowDestLocal", true);
      await session.copyFromLocalToFs(from, to);
      expect(readFileSync(to, "utf8")).to.equal("copied");
      expect(await session.read.text(to).first()).to.have.property("value", "copied");
    }),
  );

  covers(
    "SparkSession.udf",
    own(async () => {
      await session.addArtifact(jar);
      await session.udf.registerJavaFunction("backwards", "sparkwright.test.Reversed", "STRING");
      await session.udf.registerJavaUDAF("product", "sparkwright.test.Product");
      const query = "SELECT product(id), max(backwards(concat('x', id))) FROM range(2, 6)";
      expect(await values(session, query)).to.eql([[120n, "5x"]]);
      const df = session.range(1, 4).select(expr("product(id)"));
      expect((await df.collect()).map(rowValues)).to.eql([[6n]]);
      const thrown = await session.udf.registerJavaFunction("none", "no.such.Class").catch((e: unknown) => e);
      expect(thrown).to.have.property("message").that.includes("no.such.Class");
    }),
  );
});

describe("surface: RuntimeConf", () => {
  const mine = "spark.sparkwright.test";

  covers("RuntimeConf.set", async (spark) => {
    const session = spark.newSession();
    await session.conf.set({ [setting]: 3, "spark.sql.ansi.enabled": false });
    expect(await values(session, "SELECT 1 / 0")).to.eql([[null]]);
    const thrown = await session.conf.set("spark.sql.warehouse.dir", "/x").catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass").that.includes("CANNOT_MODIFY");
    await session.stop();
  });

  covers("RuntimeConf.get", async (spark) => {
    expect(await spark.conf.get("spark.sql.ansi.enabled")).to.equal("true");
    expect(await spark.conf.get(mine, "else")).to.equal("else");
    const thrown = await spark.conf.get(mine).catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass", "SQL_CONF_NOT_FOUND");
  });

  covers("RuntimeConf.getAll", async (spark) => {
    const session = spark.newSession();
    await session.conf.set(setting, 4);
    expect(await session.conf.getAll()).to.include({ [setting]: "4" });
    expect(await session.conf.getAll("spark.sql.shuffle.")).to.include({ partitions: "4" });
    await session.stop();
  });

  covers("RuntimeConf.unset", async (spark) => {
    const session = spark.newSession();
    await session.conf.set("spark.sql.ansi.enabled", false);
    await session.conf.unset("spark.sql.ansi.enabled");
    expect(await session.conf.get("spark.sql.ansi.enabled")).to.equal("true");
    await session.stop();
  });

  covers("RuntimeConf.isModifiable", async (spark) => {
    expect(await spark.conf.isModifiable(setting)).to.equal(true);
    expect(await spark.conf.isModifiable("spark.sql.warehouse.dir")).to.equal(false);
  });
});
