import { expect } from "chai";
import { StreamingQueryEventType as Type } from "../../../../gen/spark/connect/commands_pb.ts";
import { withExecutionScope } from "../../../../src/connect/execution-scope.ts";
import { SparkSession } from "../../../../src/sql/spark-session.ts";
import type { StreamingQueryListener } from "../../../../src/sql/streaming/streaming-query-listener.ts";
import { StreamingQueryManager } from "../../../../src/sql/streaming/streaming-query-manager.ts";
import { settle } from "../../connect/scripted-client.ts";
import { complete, failure, operationNotFound, type Stream } from "../../connect/scripted-transport.ts";
import { added, eventText, idle, response, scriptedBus } from "./scripted-bus.ts";

const forever = new Promise(() => {});

/** A listener that writes down the run ids of idle events. */
function runIds(): StreamingQueryListener & { readonly heard: string[] } {
  const heard: string[] = [];
  return { heard, onQueryIdle: ({ runId }) => heard.push(runId) };
}

function open(...streams: readonly Stream[]) {
  const scripted = scriptedBus({ streams });
  return { ...scripted, streams: new StreamingQueryManager(scripted.client) };
}

describe("the listener bus", () => {
  it("asks for events with the first listener, and tells all of them", async () => {
    const more = Promise.withResolvers<void>();
    const { streams, commands } = open([added("r1"), more.promise, idle("r2", "a"), forever]);
    const [first, second] = [runIds(), runIds()];
    await streams.addListener(first);
    await streams.addListener(second);
    more.resolve();
    await settle();
    expect(commands()).to.deep.equal(["addListenerBusListener"]);
    expect([first.heard, second.heard]).to.deep.equal([["a"], ["a"]]);
  });

  it("loses and doubles nothing when the connection breaks or the stream ends", async () => {
    const { streams, log, warnings } = open(
      [added("r1"), idle("r2", "a"), failure("UNAVAILABLE")],
      [idle("r3", "b")],
      [idle("r4", "c"), forever],
    );
    const listener = runIds();
    await streams.addListener(listener);
    await settle();
    expect(listener.heard).to.deep.equal(["a", "b", "c"]);
    expect(log.filter((entry) => !/^(wait|release)/.test(entry))).to.deep.equal([
      "exec",
      "reattach(r2)",
      "reattach(r3)",
    ]);
    expect(warnings.filter((warning) => !warning.startsWith("a call to"))).to.deep.equal([]);
  });

  it("reports a listener that throws once, and goes on telling it and the others", async () => {
    const { streams, warnings } = open([added("r1"), idle("r2", "a"), idle("r3", "b"), forever]);
    const heard: string[] = [];
    const listener = runIds();
    await streams.addListener({
      onQueryIdle: ({ runId }) => {
        heard.push(runId);
        throw new Error("broken");
      },
    });
    await streams.addListener({ onQueryIdle: () => Promise.reject(new Error("broken later")) });
    await streams.addListener(listener);
    await settle();
    expect([heard.at(-1), listener.heard.at(-1)]).to.deep.equal(["b", "b"]);
    expect(warnings).to.deep.equal(
      Array(2).fill("onQueryIdle of a streaming query listener failed; it is not reported again"),
    );
  });

  it("leaves out an event that it cannot read or does not know", async () => {
    const { streams, warnings } = open([
      added("r1"),
      eventText("r2", Type.QUERY_IDLE_EVENT, "{not json"),
      eventText("r3", Type.QUERY_PROGRESS_EVENT, '{"progress":{"id":5}}'),
      eventText("r4", 99, "{}"),
      idle("r5", "a"),
      forever,
    ]);
    const listener = runIds();
    await streams.addListener(listener);
    await settle();
    expect(listener.heard).to.deep.equal(["a"]);
    expect(warnings).to.deep.equal(
      Array(2).fill("an event of a streaming query could not be read, and was left out"),
    );
  });

  it("refuses a listener when the server has no bus, or tells another client", async () => {
    const { streams } = open(
      [complete("r1")],
      [failure("INVALID_ARGUMENT")],
      [added("r1"), idle("r2", "a"), forever],
    );
    const thrown = async (listener: StreamingQueryListener) =>
      await streams.addListener(listener).catch((error: unknown) => Reflect.get(error as object, "code"));
    const listener = runIds();
    expect(await thrown({} as StreamingQueryListener)).to.equal("USAGE_LISTENER");
    expect(await thrown(listener)).to.equal("SPARK_STREAMING_LISTENER");
    expect(await thrown(listener)).to.equal("SPARK_INVALID_ARGUMENT");
    await streams.addListener(listener);
    await settle();
    expect(listener.heard).to.deep.equal(["a"]);
  });

  it("tells the last listener what was sent before it was removed, and asks again for the next", async () => {
    const removed = Promise.withResolvers<void>();
    const { streams, commands } = open(
      [added("r1"), removed.promise, idle("r2", "late"), complete("r3")],
      [complete("s1")],
      [added("t1"), idle("t2", "new"), forever],
    );
    const listener = runIds();
    await streams.addListener(listener);
    const removing = streams.removeListener(listener);
    await settle();
    removed.resolve();
    await removing;
    expect(listener.heard).to.deep.equal(["late"]);
    await streams.removeListener(listener);
    await streams.addListener(listener);
    await settle();
    expect(listener.heard).to.deep.equal(["late", "new"]);
    expect(commands()).to.deep.equal([
      "addListenerBusListener",
      "removeListenerBusListener",
      "addListenerBusListener",
    ]);
  });

  it("registers again when the server forgot it, and says that events may be missing", async () => {
    const { streams, warnings, commands } = open(
      [added("r1"), idle("r2", "a"), failure("UNAVAILABLE")],
      [operationNotFound()],
      [added("s1"), idle("s2", "b"), forever],
    );
    const listener = runIds();
    await streams.addListener(listener);
    await settle();
    expect(listener.heard).to.deep.equal(["a", "b"]);
    expect(commands()).to.deep.equal(["addListenerBusListener", "addListenerBusListener"]);
    expect(warnings.at(-1)).to.match(/^events of streaming queries may have been missed/);
  });

  it("gives up on a server that ends the stream again and again", async () => {
    const { streams, warnings, commands } = open(...Array(6).fill([added("r1"), complete("r2")]));
    await streams.addListener(runIds());
    await settle();
    await settle();
    expect(commands()).to.have.length(6);
    expect(warnings.at(-1)).to.equal("the events of streaming queries ended; all listeners were removed");
  });

  it("removes its listeners when the session is gone, and says so once", async () => {
    const gone = failure("INTERNAL", { info: { errorClass: "INVALID_HANDLE.SESSION_CLOSED" } });
    const { streams, warnings } = open([added("r1"), gone]);
    await streams.addListener(runIds());
    await settle();
    expect(warnings).to.deep.equal(["the events of streaming queries ended; all listeners were removed"]);
  });

  it("belongs to the session and not to the scope in which a listener was added", async () => {
    const more = Promise.withResolvers<void>();
    const { streams, transport } = open([added("r1"), more.promise, idle("r2", "a"), forever]);
    const listener = runIds();
    const scope = new AbortController();
    await withExecutionScope({ tags: ["node"], signal: scope.signal }, () => streams.addListener(listener));
    scope.abort();
    more.resolve();
    await settle();
    expect(listener.heard).to.deep.equal(["a"]);
    expect(transport.calls[0]?.request).to.have.deep.property("tags", []);
    expect(transport.calls[0]?.options).to.include({ unref: true });
  });

  it("ends with its session, also when the server does not answer", async () => {
    const { client, transport } = scriptedBus({
      streams: [[added("r1"), forever], [failure("INVALID_ARGUMENT")]],
    });
    const session = new SparkSession(client);
    await session.streams.addListener(runIds());
    expect(transport.openStreams).to.equal(1);
    await session.stop();
    expect(transport.openStreams).to.equal(0);
    expect(transport.log).to.include.members(["interrupt", "releaseSession"]);
  });

  it("tells that a query was started before the query is returned", async () => {
    const event = { id: "q", runId: "r", name: null, timestamp: "2026-01-02T03:04:05.678Z", jobTags: ["t"] };
    const { client } = scriptedBus({
      streams: [
        [added("r1"), forever],
        [
          response("s1", {
            case: "writeStreamOperationStartResult",
            value: { queryId: { id: "q", runId: "r" }, queryStartedEventJson: JSON.stringify(event) },
          }),
          complete("s2"),
        ],
      ],
    });
    const session = new SparkSession(client);
    const heard: unknown[] = [];
    await session.streams.addListener({ onQueryStarted: (started) => heard.push(started) });
    const query = await session.readStream.format("rate").load().writeStream.start();
    expect([query.id, query.runId, query.name]).to.deep.equal(["q", "r", undefined]);
    expect(heard).to.have.length(1);
    expect(heard[0]).to.include({ id: "q", runId: "r", name: null });
    expect(String(Reflect.get(heard[0] as object, "timestamp"))).to.equal("2026-01-02T03:04:05.678Z");
  });
});
