import { expect } from "chai";
import type { ConfigInit } from "../../../src/connect/connect-client.ts";
import { ProtocolError, SessionClosedError, SparkError } from "../../../src/connect/errors.ts";
import { plan, scriptedClient, settle } from "./scripted-client.ts";
import { complete, failure, row } from "./scripted-transport.ts";

const get: ConfigInit = { case: "get", value: { keys: ["k"] } };

describe("session integrity", () => {
  it("refuses an answer for another session", async () => {
    const { client } = scriptedClient({ answers: { config: [{ sessionId: "other" }] } });
    const thrown = await client.config(get).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ProtocolError).with.property("code", "CONNECT_SESSION_MISMATCH");
  });

  it("refuses a streamed response for another session, and releases the operation", async () => {
    const { execute, log } = scriptedClient({ streams: [[row("r1", { sessionId: "other" })]] });
    expect((await execute()).thrown).to.have.property("code", "CONNECT_SESSION_MISMATCH");
    expect(log).to.eql(["exec", "releaseAll"]);
  });

  it("echoes the server-side session id once it is known", async () => {
    const { client, transport } = scriptedClient({});
    expect(client.serverSideSessionId).to.equal(undefined);
    await client.config(get);
    await client.config(get);
    expect(client.serverSideSessionId).to.equal("server-1");
    const observed = transport.calls.map(({ request }) =>
      Reflect.get(request as object, "clientObservedServerSideSessionId"),
    );
    expect(observed).to.eql([undefined, "server-1"]);
  });

  it("closes when the server-side session changes, and makes no further call", async () => {
    const { client, log } = scriptedClient({
      answers: { config: [{}, { serverSideSessionId: "server-2" }] },
    });
    await client.config(get);
    const thrown = await client.config(get).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(SessionClosedError).with.property("code", "CONNECT_SESSION_CLOSED");
    expect(await client.config(get).catch((error: unknown) => error)).to.equal(thrown);
    expect(log).to.eql(["config", "config"]);
  });

  it("closes in the middle of a stream when the server-side session changes", async () => {
    const { execute, log } = scriptedClient({
      streams: [[row("r1"), row("r2", { serverSideSessionId: "server-2" })]],
    });
    const { ids, thrown } = await execute();
    expect(ids).to.eql(["r1"]);
    expect(thrown).to.be.instanceOf(SessionClosedError);
    await settle();
    expect(log).to.eql(["exec", "release(r1)"]);
  });

  for (const errorClass of ["INVALID_HANDLE.SESSION_CHANGED", "INVALID_HANDLE.SESSION_CLOSED"]) {
    it(`closes when the server answers ${errorClass}`, async () => {
      const { client, execute, log } = scriptedClient({
        streams: [[failure("INTERNAL", { info: { errorClass } })]],
      });
      expect((await execute()).thrown).to.be.instanceOf(SessionClosedError);
      expect(await client.config(get).catch((error: unknown) => error)).to.be.instanceOf(SessionClosedError);
      expect(log).to.eql(["exec"]);
    });
  }

  it("releases a session once, however often it is asked", async () => {
    const { client, log } = scriptedClient({});
    await client.config(get);
    await Promise.all([client.releaseSession(), client.releaseSession()]);
    await client.releaseSession();
    expect(log).to.eql(["config", "releaseSession"]);
    expect(await client.config(get).catch((error: unknown) => error)).to.be.instanceOf(SessionClosedError);
  });

  for (const [why, scripted] of [
    [
      "a server without Spark ML fails afterwards",
      failure("UNKNOWN", { message: "org/apache/spark/ml/util/ConnectHelper" }),
    ],
    [
      "an operation changes its state while the server closes it",
      failure("INTERNAL", {
        message:
          "[SPARK_CONNECT_ILLEGAL_STATE.STATE_CONSISTENCY_EXECUTION_STATE_TRANSITION_INVALID_OPERATION_STATUS_MISMATCH]" +
          " operation o is not within statuses Finished, Failed, Canceled for event Closed SQLSTATE: XXSC0",
      }),
    ],
  ] as const) {
    it(`takes a session for released when ${why}`, async () => {
      const { client } = scriptedClient({ answers: { releaseSession: [scripted] } });
      await client.config(get);
      await client.releaseSession();
      expect(await client.config(get).catch((error: unknown) => error)).to.be.instanceOf(SessionClosedError);
    });
  }

  it("is not released by any other failure", async () => {
    const { client } = scriptedClient({
      answers: { releaseSession: [failure("INTERNAL", { message: "[INTERNAL_ERROR] no" })] },
    });
    await client.config(get);
    expect(await client.releaseSession().catch((error: unknown) => error)).to.be.instanceOf(SparkError);
  });

  it("ends, but does not wait for ever for a server that does not answer", async () => {
    const { client, transport, warnings } = scriptedClient({});
    await client.config(get);
    transport.unary = async () => await new Promise(() => {});
    await client.end(Promise.resolve());
    expect(transport.log).to.include("wait 10000");
    expect(warnings).to.deep.equal([`session ${client.sessionId} could not be ended within 10 s`]);
  });

  it("waits for releases when it is closed, but not for ever", async () => {
    const { client, transport } = scriptedClient({ streams: [[complete("r1")]] });
    transport.unary = async () => await new Promise(() => {});
    for await (const _ of client.execute(plan));
    await client.close();
    expect(transport.log).to.include("wait 10000");
  });
});
