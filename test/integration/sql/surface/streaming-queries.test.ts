import { expect } from "chai";
import {
  count,
  type DataFrame,
  max,
  rowFields,
  type SparkSession,
  type StreamingQuery,
  StreamingQueryError,
  type StreamingQueryListener,
  type StreamingQueryProgress,
} from "../../../../src/sql/index.ts";
import { covers } from "./covers.ts";
import { finished, StreamFixture, uniqueName, until } from "./stream-fixture.ts";

/** A stream that never ends: five rows per batch, a second apart. */
function endless(spark: SparkSession, startTimestamp = 0): DataFrame {
  return spark.readStream.format("rate-micro-batch").options({ rowsPerBatch: 5, startTimestamp }).load();
}

/** One that fails at its first row. */
function failing(spark: SparkSession): DataFrame {
  return endless(spark).selectExpr("raise_error('boom')");
}

async function start(df: DataFrame, name = uniqueName("query")): Promise<StreamingQuery> {
  return await df.writeStream.format("noop").queryName(name).start();
}

describe("StreamingQuery", function () {
  this.timeout(240_000);
  let on: StreamFixture;
  let running: StreamingQuery;
  before(async () => {
    on = await StreamFixture.open();
    const windows = endless(on.spark, 10_000)
      .observe("seen", count("*").alias("rows"), max("value").alias("last"))
      .withWatermark("timestamp", "1 second")
      .groupBy("timestamp")
      .count();
    running = await windows.writeStream
      .format("noop")
      .queryName(uniqueName("running"))
      .outputMode("update")
      .start();
    await until(async () => (await running.recentProgress()).length >= 2);
  });
  after(() => on.close());

  covers("StreamingQuery.id", async () => {
    expect(running.id).to.match(/^[0-9a-f-]{36}$/);
  });
  covers("StreamingQuery.runId", async () => {
    expect(running.runId).to.match(/^[0-9a-f-]{36}$/);
    expect(running.runId).not.to.equal(running.id);
  });
  covers("StreamingQuery.name", async (spark) => {
    expect(running.name).to.match(/^running_/);
    const nameless = await endless(spark).writeStream.format("noop").start();
    expect(nameless.name).to.equal(undefined);
    await nameless.stop();
  });
  covers("StreamingQuery.isActive", async () => {
    expect(await running.isActive()).to.equal(true);
  });
  covers("StreamingQuery.status", async () => {
    const status = await running.status();
    expect(status).to.have.all.keys("message", "isDataAvailable", "isTriggerActive");
    expect(status.message).to.match(/\w/);
  });

  const check = (progress: StreamingQueryProgress | undefined) => {
    expect(progress).to.deep.include({
      id: running.id,
      runId: running.runId,
      name: running.name,
      numInputRows: 5n,
    });
    expect(progress?.durationMs["triggerExecution"]).to.be.a("bigint");
    expect(progress?.eventTime["watermark"]?.epochMicros).to.be.a("bigint");
    expect(progress?.stateOperators[0]).to.include({ operatorName: "stateStoreSave", numRowsUpdated: 1n });
    expect(progress?.sources[0]?.endOffset).to.match(/^\{"offset":\d+,"timestamp":\d+\}$/);
    const { batchId = -1n, observedMetrics } = progress ?? {};
    const seen = observedMetrics?.["seen"];
    expect(seen && rowFields(seen)).to.deep.equal(["rows", "last"]);
    expect(seen && { ...seen }).to.deep.equal({ rows: 5n, last: batchId * 5n + 4n });
  };
  covers("StreamingQuery.lastProgress", async (spark) => {
    check(await running.lastProgress());
    const none = await endless(spark)
      .writeStream.format("noop")
      .trigger({ processingTime: "1 hour" })
      .start();
    await none.stop();
    expect([undefined, 0n]).to.include((await none.lastProgress())?.batchId);
  });
  covers("StreamingQuery.recentProgress", async () => {
    const [first, second] = await running.recentProgress();
    check(first);
    check(second);
    expect(second?.batchId).to.equal((first?.batchId ?? -5n) + 1n);
    expect(second?.sources[0]?.startOffset).to.equal(first?.sources[0]?.endOffset);
  });

  covers("StreamingQuery.explain", async () => {
    const write = process.stdout.write.bind(process.stdout);
    let printed = "";
    process.stdout.write = ((text: string) => {
      printed += text;
      return true;
    }) as typeof write;
    try {
      await running.explain();
    } finally {
      process.stdout.write = write;
    }
    expect(printed)
      .to.match(/^== Physical Plan ==/)
      .and.to.contain("StateStoreSave");
    expect(await running.explainString(true)).to.contain("== Optimized Logical Plan ==");
  });

  covers("StreamingQuery.processAllAvailable", async (spark) => {
    await spark.range(3).write.parquet(on.path("available"));
    const query = await start(spark.readStream.schema("id BIGINT").parquet(on.path("available")));
    await query.processAllAvailable();
    const written = (await query.recentProgress()).reduce((sum, { numInputRows }) => sum + numInputRows, 0n);
    expect(written).to.equal(3n);
    await query.stop();
  });

  covers("StreamingQuery.awaitTermination", async (spark) => {
    expect(await running.awaitTermination(50)).to.equal(false);
    const stop = new AbortController();
    const waiting = running
      .awaitTermination(undefined, { signal: stop.signal })
      .catch((error: unknown) => error);
    stop.abort();
    expect(await waiting).to.have.property("code", "CANCELLED");
    expect(await running.isActive()).to.equal(true);

    const failed = await start(failing(spark));
    const error = await failed.awaitTermination().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(StreamingQueryError);
    expect(error).to.include({ code: "SPARK_STREAM_FAILED", queryId: failed.id, runId: failed.runId });
    expect((error as StreamingQueryError).causes[0]).to.have.property("errorClass", "USER_RAISED_EXCEPTION");
    await spark.streams.resetTerminated();
  });

  covers("StreamingQuery.exception", async (spark) => {
    expect(await running.exception()).to.equal(undefined);
    const failed = await start(failing(spark));
    await until(async () => !(await failed.isActive()));
    const error = await failed.exception();
    expect(error).to.be.instanceOf(StreamingQueryError);
    expect(error).to.include({ code: "SPARK_STREAM_FAILED", queryId: failed.id, runId: failed.runId });
    expect(error?.message).to.match(/^\[USER_RAISED_EXCEPTION\] boom/);
    await spark.streams.resetTerminated();
  });

  covers("StreamingQuery.stop", async (spark) => {
    const query = await start(endless(spark));
    await query.stop();
    expect([await query.isActive(), await query.awaitTermination(1)]).to.deep.equal([false, true]);
    await query.stop();
  });
});

describe("StreamingQueryManager", function () {
  this.timeout(240_000);
  let on: StreamFixture;
  before(async () => {
    on = await StreamFixture.open();
  });
  after(() => on.close());

  covers("SparkSession.streams", async (spark) => {
    expect(await spark.streams.active()).to.deep.equal([]);
  });

  covers("StreamingQueryManager.active", async (spark) => {
    const query = await start(endless(spark));
    const active = await spark.streams.active();
    expect(active.map(({ id, runId, name }) => [id, runId, name])).to.deep.equal([
      [query.id, query.runId, query.name],
    ]);
    await query.stop();
    expect(await spark.streams.active()).to.deep.equal([]);
  });

  covers("StreamingQueryManager.get", async (spark) => {
    const query = await start(endless(spark));
    expect((await spark.streams.get(query.id))?.runId).to.equal(query.runId);
    await query.stop();
    expect(await spark.streams.get(query.id)).to.equal(undefined);
  });

  covers("StreamingQueryManager.awaitAnyTermination", async (spark) => {
    await spark.streams.resetTerminated();
    const query = await start(endless(spark));
    expect(await spark.streams.awaitAnyTermination(50)).to.equal(false);
    const any = spark.streams.awaitAnyTermination();
    await query.stop();
    expect(await any).to.equal(true);
  });

  covers("StreamingQueryManager.resetTerminated", async (spark) => {
    const failed = await start(failing(spark));
    await until(async () => !(await failed.isActive()));
    const thrown = async () => await spark.streams.awaitAnyTermination(50).catch((error: unknown) => error);
    await until(async () => (await thrown()) instanceof StreamingQueryError);
    await spark.streams.resetTerminated();
    expect(await thrown()).to.equal(false);
  });

  /** Writes down what it is told, in words. */
  const listener = () => {
    const told: string[] = [];
    const progress: StreamingQueryProgress[] = [];
    const ears: StreamingQueryListener = {
      onQueryStarted: ({ name, jobTags }) => told.push(`started ${name} ${jobTags.length > 0}`),
      onQueryProgress: (event) => {
        if (progress.push(event.progress) === 1) told.push(`progress of ${event.progress.name}`);
      },
      onQueryIdle: ({ runId }) => told.push(`idle ${runId}`),
      onQueryTerminated: ({ runId, errorClassOnException }) =>
        told.push(`terminated ${runId} ${errorClassOnException}`),
    };
    return { told, progress, ears };
  };

  covers("StreamingQueryManager.addListener", async (spark) => {
    const { told, progress, ears } = listener();
    await spark.streams.addListener(ears);
    try {
      const observed = endless(spark).observe("seen", count("*").alias("rows"));
      const query = await start(observed);
      expect(told).to.deep.equal([`started ${query.name} true`]);
      await until(() => progress.length > 0);
      expect(progress[0]).to.deep.include({ id: query.id, batchId: 0n, numInputRows: 5n });
      expect({ ...progress[0]?.observedMetrics["seen"] }).to.deep.equal({ rows: 5n });
      await query.stop();
      const failed = await start(failing(spark));
      await until(() => told.length >= 5);
      expect(told).to.deep.equal([
        `started ${query.name} true`,
        `progress of ${query.name}`,
        `terminated ${query.runId} null`,
        `started ${failed.name} true`,
        `terminated ${failed.runId} USER_RAISED_EXCEPTION`,
      ]);
      await spark.streams.resetTerminated();
    } finally {
      await spark.streams.removeListener(ears);
    }
  });

  covers("StreamingQueryManager.removeListener", async (spark) => {
    const [stays, goes] = [listener(), listener()];
    await spark.streams.addListener(stays.ears);
    await spark.streams.addListener(goes.ears);
    await spark.streams.removeListener(goes.ears);
    await finished(await endless(spark).writeStream.format("noop").trigger({ availableNow: true }).start());
    await until(() => stays.told.some((text) => text.startsWith("terminated")));
    expect(goes.told).to.deep.equal([]);
    await spark.streams.removeListener(stays.ears);
    // The server listens anew for the next one.
    const next = listener();
    await spark.streams.addListener(next.ears);
    const query = await start(endless(spark));
    await until(() => next.progress.length > 0);
    await query.stop();
    await spark.streams.removeListener(next.ears);
    expect(stays.told.filter((text) => text.startsWith("started"))).to.have.length(1);
  });

  covers("StreamingQueryManager.close", async (spark) => {
    const { told, ears } = listener();
    await spark.streams.addListener(ears);
    await spark.streams.close();
    const query = await start(endless(spark));
    await query.stop();
    expect(told).to.deep.equal([]);
    await spark.streams.close();
  });

  it("tells of queries that have nothing to do", async () => {
    const spark = on.spark;
    const interval = "spark.sql.streaming.noDataProgressEventInterval";
    await spark.range(3).write.parquet(on.path("idle"));
    const { told, ears } = listener();
    await spark.conf.set(interval, "100ms");
    await spark.streams.addListener(ears);
    try {
      const query = await start(spark.readStream.schema("id BIGINT").parquet(on.path("idle")));
      await until(() => told.includes(`idle ${query.runId}`));
      await query.stop();
    } finally {
      await spark.conf.unset(interval);
      await spark.streams.removeListener(ears);
    }
  });
});
