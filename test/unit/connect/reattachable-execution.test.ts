import { expect } from "chai";
import { ProtocolError, SparkError } from "../../../src/connect/errors.ts";
import { plan, scriptedClient, settle } from "./scripted-client.ts";
import { complete, failure, operationNotFound, row } from "./scripted-transport.ts";

describe("reattachable execution", () => {
  it("releases each response and then everything", async () => {
    const { execute, log } = scriptedClient({ streams: [[row("r1"), complete("r2")]] });
    expect(await execute()).to.eql({ ids: ["r1", "r2"], thrown: undefined });
    expect(log).to.eql(["exec", "release(r1)", "releaseAll"]);
  });

  it("reattaches when a stream ends without result_complete", async () => {
    const { execute, log } = scriptedClient({ streams: [[row("r1")], [row("r2"), complete("r3")]] });
    expect((await execute()).ids).to.eql(["r1", "r2", "r3"]);
    expect(log).to.eql(["exec", "release(r1)", "reattach(r1)", "release(r2)", "releaseAll"]);
  });

  it("waits and reattaches after UNAVAILABLE in the middle", async () => {
    const { execute, log } = scriptedClient({
      streams: [[row("r1"), failure("UNAVAILABLE")], [complete("r2")]],
    });
    expect((await execute()).ids).to.eql(["r1", "r2"]);
    expect(log).to.eql(["exec", "release(r1)", "wait 50", "reattach(r1)", "releaseAll"]);
  });

  it("releases everything and throws on a fatal error in the middle", async () => {
    const { execute, log } = scriptedClient({ streams: [[row("r1"), failure("INTERNAL")]] });
    const { ids, thrown } = await execute();
    expect(ids).to.eql(["r1"]);
    expect(thrown).to.be.instanceOf(SparkError).with.property("code", "SPARK_INTERNAL");
    expect(log).to.eql(["exec", "release(r1)", "releaseAll"]);
  });

  it("executes again when the server never heard of the operation", async () => {
    const { execute, log } = scriptedClient({ streams: [[operationNotFound()], [complete("r1")]] });
    expect((await execute()).ids).to.eql(["r1"]);
    expect(log).to.eql(["exec", "exec", "releaseAll"]);
  });

  it("executes again when the server never heard of it twice", async () => {
    const { execute, log } = scriptedClient({
      streams: [[operationNotFound()], [operationNotFound()], [complete("r1")]],
    });
    expect((await execute()).ids).to.eql(["r1"]);
    expect(log).to.eql(["exec", "exec", "exec", "releaseAll"]);
  });

  it("gives up when the server never hears of it", async () => {
    const { execute, log } = scriptedClient({
      streams: Array.from({ length: 9 }, () => [operationNotFound()]),
    });
    const { thrown } = await execute();
    expect(thrown).to.have.property("code", "SPARK_INVALID_HANDLE_OPERATION_NOT_FOUND");
    expect(log).to.eql(["exec", "exec", "exec", "exec", "releaseAll"]);
  });

  it("never executes again once a response was handed out", async () => {
    const { execute, log } = scriptedClient({ streams: [[row("r1")], [operationNotFound()]] });
    const { ids, thrown } = await execute();
    expect(ids).to.eql(["r1"]);
    expect(thrown).to.be.instanceOf(ProtocolError);
    expect(thrown).to.have.property("code", "CONNECT_RESPONSE_ALREADY_RECEIVED");
    expect(thrown).to.have.nested.property("cause.errorClass", "INVALID_HANDLE.OPERATION_NOT_FOUND");
    expect(log).to.eql(["exec", "release(r1)", "reattach(r1)", "releaseAll"]);
  });

  it("reattaches without an id when the connection broke before the first response, then executes again", async () => {
    const { execute, log } = scriptedClient({
      streams: [[failure("UNAVAILABLE")], [operationNotFound()], [complete("r1")]],
    });
    expect((await execute()).ids).to.eql(["r1"]);
    expect(log).to.eql(["exec", "wait 50", "reattach()", "exec", "releaseAll"]);
  });

  it("reattaches at once when the deadline of a stream passed", async () => {
    const { execute, log, transport } = scriptedClient({
      streams: [[row("r1"), failure("DEADLINE_EXCEEDED")], [complete("r2")]],
    });
    expect((await execute()).ids).to.eql(["r1", "r2"]);
    expect(log).to.eql(["exec", "release(r1)", "reattach(r1)", "releaseAll"]);
    expect(transport.calls[0]?.options.deadlineMs).to.equal(600_000);
  });

  it("does not call in a tight loop a server that ends every stream at once", async () => {
    const { execute, log } = scriptedClient({ streams: [[], [], [], [], [complete("r1")]] });
    expect((await execute()).ids).to.eql(["r1"]);
    expect(log).to.eql([
      "exec",
      "reattach()",
      "wait 50",
      "reattach()",
      "wait 100",
      "reattach()",
      "wait 200",
      "reattach()",
      "releaseAll",
    ]);
  });

  it("sends the client's operation id, reattachable, with chunking allowed", async () => {
    const { client, transport } = scriptedClient({ streams: [[complete("r1")]] });
    const stream = client.execute(plan, { operationId: "11111111-0000-4000-8000-000000000001", tags: ["a"] });
    for await (const _ of stream);
    expect(stream.operationId).to.equal("11111111-0000-4000-8000-000000000001");
    const request = transport.calls[0]?.request as never as Record<string, unknown>;
    expect(request).to.include({ operationId: stream.operationId, clientType: client_type(request) });
    expect(request["tags"]).to.eql(["a"]);
    expect(request["requestOptions"]).to.have.length(2);
    expect(request).to.have.nested.property("requestOptions[0].requestOption.value.reattachable", true);
    expect(request).to.have.nested.property(
      "requestOptions[1].requestOption.value.allowArrowBatchChunking",
      true,
    );
  });

  it("does nothing before the first pull", async () => {
    const { client, log } = scriptedClient({ streams: [[complete("r1")]] });
    const stream = client.execute(plan);
    await settle();
    expect(log).to.eql([]);
    for await (const _ of stream);
    expect(() => stream[Symbol.asyncIterator]())
      .to.throw(ProtocolError)
      .with.property("code", "CONNECT_STREAM_CONSUMED");
  });

  it("releases everything when the consumer stops early", async () => {
    const { client, log, transport } = scriptedClient({
      streams: [[row("r1"), row("r2"), new Promise(() => {})]],
    });
    for await (const response of client.execute(plan)) if (response.responseId === "r2") break;
    await settle();
    expect(log).to.eql(["exec", "release(r1)", "releaseAll"]);
    expect(transport.openStreams).to.equal(0);
  });

  it("only warns when a release fails", async () => {
    const { execute, warnings } = scriptedClient({
      streams: [[row("r1"), complete("r2")]],
      answers: { releaseExecute: [failure("INTERNAL")] },
    });
    expect((await execute()).thrown).to.equal(undefined);
    expect(warnings).to.have.length(2);
  });

  it("releases nothing but the whole of a small result, unless told otherwise", async () => {
    const { execute, log } = scriptedClient(
      { streams: [[row("r1"), row("r2"), complete("r3")]] },
      { releaseAfterBytes: undefined },
    );
    expect((await execute()).ids).to.eql(["r1", "r2", "r3"]);
    expect(log).to.eql(["exec", "releaseAll"]);
  });

  it("keeps one release under way and sends only the newest of those that wait", async () => {
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { client, transport, log } = scriptedClient({
      streams: [[row("r1"), row("r2"), row("r3"), row("r4"), complete("r5")]],
    });
    const unary = transport.unary.bind(transport) as (...args: unknown[]) => Promise<never>;
    transport.unary = async (...args) => {
      const response = unary(...args);
      await slow;
      return await response;
    };
    for await (const response of client.execute(plan)) if (response.responseId === "r5") answer();
    await settle();
    expect(log).to.eql(["exec", "release(r1)", "releaseAll"]);
  });

  it("attaches to an operation that runs already, after a given response", async () => {
    const { client, log } = scriptedClient({ streams: [[row("r8"), complete("r9")]] });
    const ids = [];
    for await (const { responseId } of client.reattach({ operationId: "op", lastResponseId: "r7" })) {
      ids.push(responseId);
    }
    await settle();
    expect(ids).to.eql(["r8", "r9"]);
    expect(log).to.eql(["reattach(r7)", "release(r8)", "releaseAll"]);
  });

  it("says that nobody knows the operation to attach to, and executes nothing", async () => {
    const { client, log } = scriptedClient({ streams: [[operationNotFound()]] });
    const iterator = client.reattach({ operationId: "op" })[Symbol.asyncIterator]();
    const thrown = await iterator.next().catch((error: unknown) => error);
    expect(thrown).to.have.property("errorClass", "INVALID_HANDLE.OPERATION_NOT_FOUND");
    await settle();
    expect(log).to.eql(["reattach()", "releaseAll"]);
  });
});

function client_type(request: Record<string, unknown>): string {
  expect(request["clientType"]).to.match(/^sparkwright spark\/[\d.]+ os\/\w+ node\/[\d.]+$/);
  return request["clientType"] as string;
}
