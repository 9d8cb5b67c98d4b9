import { expect } from "chai";
import { SparkSession } from "../../src/sql/spark-session.ts";
import { requireImage } from "./engine.ts";
import { type SparkContainer, startSpark } from "./spark-container.ts";

describe("the Spark Connect image", function () {
  this.timeout(300_000);
  let spark: SparkContainer;

  before(async function () {
    spark = await startSpark(requireImage(this));
  });

  after(async () => {
    await spark?.container.stop();
  });

  async function inSession<T>(remote: string, use: (session: SparkSession) => Promise<T>): Promise<T> {
    const session = await SparkSession.builder().remote(remote).getOrCreate();
    try {
      return await use(session);
    } finally {
      await session.stop();
    }
  }

  const query = (sql: string): Promise<unknown[]> =>
    inSession(spark.remote, async (session) => {
      const rows = await (await session.sql(sql)).collect();
      return rows.map((row) => row[0]);
    });

  it("serves Spark 4.2.0 in UTC", async () => {
    expect(await query("select substring_index(version(), ' ', 1)")).to.deep.equal(["4.2.0"]);
    expect(await query("select current_timezone()")).to.deep.equal(["UTC"]);
  });

  it("runs as a user that is not root", async () => {
    const { output } = await spark.container.exec(["id", "-u"]);
    expect(output.trim()).to.equal("185");
  });

  it("refuses a client without the token, and one with a wrong token", async () => {
    for (const remote of [spark.address, `${spark.address}/;token=wrong`]) {
      const failure = await inSession(remote, async (session) => session.range(1).collect()).catch(
        (e: unknown) => e,
      );
      expect(String(failure)).to.match(/token|UNAUTHENTICATED|authenticat/i);
    }
  });

  it("has the Kafka connector", async () => {
    const failure = await inSession(spark.remote, async (session) =>
      session.read.format("kafka").option("subscribe", "t").load().collect(),
    ).catch((error: unknown) => error);
    expect(String(failure)).to.contain("kafka.bootstrap.servers");
  });

  it("keeps Delta tables over a restart", async () => {
    await query("create or replace table survivors using delta as select id from range(7)");
    await query("delete from survivors where id = 0");
    await spark.container.restart();
    const { container } = spark;
    const remote = spark.remote.replace(/:\d+\//, `:${container.getMappedPort(15002)}/`);
    spark = { ...spark, remote };
    expect(await query("select count(*) from survivors")).to.deep.equal([6n]);
  });
});
