import { expect } from "chai";
import type { ExecutePlanRequest } from "../../../../gen/spark/connect/base_pb.ts";
import { StreamingQuery } from "../../../../src/sql/streaming/streaming-query.ts";
import { StreamingQueryError } from "../../../../src/sql/streaming/streaming-query-error.ts";
import { StreamingQueryManager } from "../../../../src/sql/streaming/streaming-query-manager.ts";
import { complete, failure, type Stream } from "../../connect/scripted-transport.ts";
import { spark } from "../plan-json.ts";
import { response, scriptedBus } from "./scripted-bus.ts";

const answer = (resultType: unknown): Stream => [
  response("r1", { case: "streamingQueryCommandResult", value: { resultType } }),
  complete("r2"),
];
const waited = (terminated: boolean): Stream => answer({ case: "awaitTermination", value: { terminated } });

function query(...streams: readonly Stream[]) {
  const scripted = scriptedBus({ streams });
  const timeouts = () =>
    scripted.transport.calls.flatMap(({ request }) => {
      const { opType } = (request as Partial<ExecutePlanRequest>).plan ?? {};
      const command = opType?.case === "command" ? opType.value.commandType : undefined;
      if (command?.case !== "streamingQueryCommand") return [];
      const asked = command.value.command;
      return asked.case === "awaitTermination" ? [asked.value.timeoutMs] : [];
    });
  return {
    ...scripted,
    timeouts,
    query: new StreamingQuery(scripted.client, { id: "q", runId: "r", name: "" }),
  };
}

const codeOf = async (action: Promise<unknown>) =>
  await action.then(
    () => "none",
    (error: unknown) => Reflect.get(error as object, "code") as string,
  );

describe("StreamingQuery", () => {
  it("waits on the server in slices, until the query ends or the time is over", async () => {
    const endless = query(waited(false), waited(false), waited(true));
    expect(await endless.query.awaitTermination()).to.equal(true);
    expect(endless.timeouts()).to.deep.equal([30_000n, 30_000n, 30_000n]);
    const bounded = query(waited(false), waited(false), waited(false));
    expect(await bounded.query.awaitTermination(60_000.5)).to.equal(false);
    expect(bounded.timeouts().slice(0, 2)).to.deep.equal([30_000n, 30_000n]);
    for (const timeout of [0, -1, Number.NaN]) {
      expect(await codeOf(query().query.awaitTermination(timeout))).to.equal("USAGE_OUT_OF_RANGE");
      expect(await codeOf(new StreamingQueryManager(query().client).awaitAnyTermination(timeout))).to.equal(
        "USAGE_OUT_OF_RANGE",
      );
    }
  });

  it("stops waiting at once when the signal aborts, and the server is told", async () => {
    const { query: waiting, transport } = query([new Promise(() => {})]);
    const stop = new AbortController();
    const result = codeOf(waiting.awaitTermination(undefined, { signal: stop.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect(await result).to.equal("CANCELLED");
    expect(transport.log).to.include("interrupt");
  });

  it("throws the error of a failed query as one of its own class", async () => {
    const info = {
      classes: '["org.apache.spark.sql.streaming.StreamingQueryException","java.lang.Exception"]',
      errorClass: "STREAM_FAILED",
      messageParameters: '{"id":"q1","runId":"r1","message":"boom"}',
    };
    const { query: failed } = query([
      failure("INTERNAL", { info, message: "[STREAM_FAILED] boom\n=== Streaming Query ===\nIdentifier: x" }),
    ]);
    const error = await failed.awaitTermination().catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(StreamingQueryError);
    expect(error).to.include({
      name: "StreamingQueryError",
      code: "SPARK_STREAM_FAILED",
      message: "[STREAM_FAILED] boom",
      queryId: "q1",
      runId: "r1",
    });
  });

  it("gives the error that the server keeps, with stack and ids, and none when there is none", async () => {
    const exceptionMessage =
      "org.apache.spark.sql.streaming.StreamingQueryException: [DIVIDE_BY_ZERO] no\n=== Streaming Query ===\n" +
      "Identifier: [id = 0a-b, runId = 1c-d]\nLogical Plan:\nx";
    const kept = {
      exceptionMessage,
      errorClass: "STREAM_FAILED",
      stackTrace: "X: y\n\tat a.B.c(B.scala:1)\n",
    };
    const error = await query(answer({ case: "exception", value: kept })).query.exception();
    expect(error).to.include({
      message: "[DIVIDE_BY_ZERO] no",
      code: "SPARK_STREAM_FAILED",
      queryId: "0a-b",
      runId: "1c-d",
      serverMessage: exceptionMessage,
    });
    expect(error?.serverStack).to.deep.equal(["a.B.c(B.scala:1)"]);
    expect(await query(answer({ case: undefined })).query.exception()).to.equal(undefined);
    expect(await query(answer({ case: "exception", value: {} })).query.exception()).to.equal(undefined);
  });

  it("says so when the answer is not the one that was asked for", async () => {
    expect(await codeOf(query([complete("r1")]).query.isActive())).to.equal("CONNECT_NO_ANSWER");
    expect(await codeOf(query(waited(true)).query.status())).to.equal("CONNECT_NO_ANSWER");
    expect(query().query.name).to.equal(undefined);
  });
});

describe("DataStreamReader and DataStreamWriter", () => {
  const write = () => spark.readStream.format("rate").load().writeStream;
  const usage: Readonly<Record<string, readonly [code: string, call: () => unknown]>> = {
    "no trigger": ["USAGE_TRIGGER", () => write().trigger({} as never)],
    "two triggers": ["USAGE_TRIGGER", () => write().trigger({ once: true, availableNow: true } as never)],
    "a trigger that is none": ["USAGE_TRIGGER", () => write().trigger({ sometimes: true } as never)],
    "a trigger by inheritance": ["USAGE_TRIGGER", () => write().trigger({ toString: "1 second" } as never)],
    "once: false": ["USAGE_TRIGGER", () => write().trigger({ once: false } as never)],
    "an empty interval": ["USAGE_TRIGGER", () => write().trigger({ processingTime: " " })],
    "an interval that is a number": ["USAGE_TRIGGER", () => write().trigger({ realTime: 5 } as never)],
    "an unknown output mode": ["USAGE_OUTPUT_MODE", () => write().outputMode("apend" as never)],
    "an empty name": ["USAGE_QUERY_NAME", () => write().queryName(" ")],
    "an option that is null": ["USAGE_OPTION", () => write().option("a", null as never)],
    "an empty path": ["USAGE_PATH", () => spark.readStream.load(" ")],
    "a source name with a dash": ["USAGE_SOURCE_NAME", () => spark.readStream.name("a-b")],
    "changes with a schema": ["USAGE_CHANGES_SCHEMA", () => spark.readStream.schema("a INT").changes("t")],
  };
  for (const [name, [code, call]] of Object.entries(usage)) {
    it(`refuse ${name}`, () => {
      expect(call).to.throw().with.property("code", code);
    });
  }

  it("are immutable", () => {
    const plain = spark.readStream.format("rate");
    plain.option("rowsPerSecond", 1);
    expect(plain.load().toPlan().relType.value).to.have.nested.property("readType.value.options").that.is
      .empty;
  });
});
