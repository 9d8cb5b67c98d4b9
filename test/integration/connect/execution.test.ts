import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "chai";
import type { ExecutePlanResponse } from "../../../gen/spark/connect/base_pb.ts";
import { ConnectClient } from "../../../src/connect/connect-client.ts";
import { parseConnectionString } from "../../../src/connect/connection-string.ts";
import { type OperationOutcome, withExecutionScope } from "../../../src/connect/execution-scope.ts";
import { CancelledError } from "../../../src/core/error.ts";
import { remote } from "../spark.ts";
import { BreakingProxy } from "./breaking-proxy.ts";
import { closeClients, openClient, progressOf, rowsOf, slowPlan, sqlPlan, until } from "./sql-plan.ts";

describe("execution on a server", () => {
  after(closeClients);

  it("gives the rows, and what the server tells beside them", async () => {
    const client = await openClient();
    const outcomes: OperationOutcome[] = [];
    let progressed = 0;
    const rows = await withExecutionScope(
      { onProgress: () => progressed++, onEnd: (_, outcome) => outcomes.push(outcome) },
      async () => await rowsOf(client.execute(sqlPlan("SELECT id, id * 2 FROM range(5) ORDER BY id"))),
    );
    expect(rows).to.eql([0n, 1n, 2n, 3n, 4n].map((id) => [id, id * 2n]));
    expect(outcomes).to.eql(["completed"]);
    expect(progressed).to.be.above(0);
    expect(client.serverSideSessionId).to.match(/^[0-9a-f-]{36}$/);
  });

  it("forgets an operation once its result was taken", async () => {
    const client = await openClient();
    const stream = client.execute(sqlPlan("SELECT 1"));
    expect(await rowsOf(stream)).to.eql([[1]]);
    await until(async () => {
      const again = client.reattach({ operationId: stream.operationId });
      const thrown = await rowsOf(again).catch((error: unknown) => error);
      return /OPERATION_(NOT_FOUND|ABANDONED)/.test(String(Reflect.get(thrown as object, "errorClass")));
    });
  });

  it("is continued by another client in the middle, after the last response of the first", async () => {
    const first = await openClient();
    const second = await openClient({ sessionId: first.sessionId });
    const stream = first.execute(sqlPlan("SELECT id FROM range(0, 60000, 1, 6)"));
    const seen: bigint[] = [];
    let lastResponseId = "";
    // Left without return(): what a killed process leaves behind.
    const iterator = stream[Symbol.asyncIterator]();
    while (seen.length === 0) {
      const { value } = await iterator.next();
      lastResponseId = value.responseId;
      if (value.responseType.case === "arrowBatch") {
        for (const [id] of await rowsOf(only(value))) seen.push(id as bigint);
      }
    }
    const rest = await rowsOf(restOf(second.reattach({ operationId: stream.operationId, lastResponseId })));
    expect(rest.length).to.be.above(0);
    const ids = [...seen, ...rest.map(([id]) => id as bigint)].sort((a, b) => Number(a - b));
    expect(ids.length).to.equal(60_000);
    expect(ids.every((id, index) => id === BigInt(index))).to.equal(true);
  });

  it("loses and doubles nothing when its connection breaks again and again", async () => {
    const { host, port, token } = parseConnectionString(await remote());
    const proxy = new BreakingProxy(host, port);
    const client = new ConnectClient({
      remote: `sc://127.0.0.1:${await proxy.listen()}`,
      ...(token === undefined ? {} : { token }),
    });
    let batches = 0;
    const breaking = async function* (responses: AsyncIterable<ExecutePlanResponse>) {
      for await (const response of responses) {
        if (response.responseType.case === "arrowBatch" && batches++ % 20 === 5) proxy.cut();
        yield response;
      }
    };
    const rows = await rowsOf(breaking(client.execute(sqlPlan("SELECT id FROM range(0, 3000000, 1, 3)"))));
    const ids = BigUint64Array.from(rows, ([id]) => id as bigint).sort();
    await client.releaseSession();
    await client.close();
    proxy.close();
    expect(proxy.connections).to.be.above(3);
    expect(ids.length).to.equal(3_000_000);
    expect(ids.every((id, index) => id === BigInt(index))).to.equal(true);
  });

  it("leaves nothing running when the consumer stops early", async () => {
    const [client, observer] = [await openClient(), await openClient()];
    const key = randomUUID();
    const stream = client.execute(slowPlan(key));
    const responses = stream[Symbol.asyncIterator]();
    await responses.next();
    await until(async () => (await progressOf(observer, key)) !== undefined);
    await responses.return?.();
    await expectStopped(async () => await progressOf(observer, key));
    expect((await client.operationStatus([stream.operationId])).get(stream.operationId)).to.equal(
      "cancelled",
    );
  });

  it("is interrupted when its signal aborts, and that is confirmed", async () => {
    const [client, observer] = [await openClient(), await openClient()];
    const key = randomUUID();
    const controller = new AbortController();
    const stream = withExecutionScope({ signal: controller.signal }, () => client.execute(slowPlan(key)));
    const result = rowsOf(stream).catch((error: unknown) => error);
    await until(async () => (await progressOf(observer, key)) !== undefined);
    const start = performance.now();
    controller.abort();
    const thrown = await result;
    expect(performance.now() - start).to.be.below(10_000);
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(Reflect.get(thrown as CancelledError, "details")).not.to.have.property("confirmed");
    await expectStopped(async () => await progressOf(observer, key));
  });

  it("is interrupted by tag and by id, and the others go on", async () => {
    const client = await openClient();
    await rowsOf(client.execute(sqlPlan("SELECT 1")));
    const streams = [["a"], ["b"], ["c"]].map((tags) => client.execute(slowPlan(randomUUID()), { tags }));
    const results = streams.map((stream) => rowsOf(stream).catch((error: unknown) => error));
    const [first, second, third] = streams.map(({ operationId }) => operationId) as [string, string, string];
    await until(async () =>
      [...(await client.operationStatus([first, second, third])).values()].every((s) => s === "running"),
    );
    expect(await client.interruptTag("b")).to.eql([second]);
    expect(await client.interruptOperation(third)).to.eql([third]);
    expect(await results[1]).to.have.property("errorClass", "OPERATION_CANCELED");
    expect(await results[2]).to.have.property("errorClass", "OPERATION_CANCELED");
    expect((await client.operationStatus([first])).get(first)).to.equal("running");
    expect(await client.interruptAll()).to.eql([first]);
    expect(await results[0]).to.have.property("code", "SPARK_OPERATION_CANCELED");
  });

  it("runs other queries on the same connection while a large result waits for its consumer", async () => {
    const client = await openClient();
    let rows = 0n;
    for await (const { responseType } of client.execute(sqlPlan("SELECT id FROM range(0, 3000000, 1, 4)"))) {
      if (responseType.case !== "arrowBatch") continue;
      if (rows === 0n) {
        await delay(500);
        expect(await rowsOf(client.execute(sqlPlan("SELECT count(*) FROM range(200000)")))).to.eql([
          [200_000n],
        ]);
        expect(await rowsOf(client.execute(sqlPlan("SELECT id FROM range(200000)")))).to.have.length(200_000);
      }
      rows += responseType.value.rowCount;
    }
    expect(rows).to.equal(3_000_000n);
  });

  it("reads no more than its consumer takes", async () => {
    const client = await openClient();
    const iterator = client
      .execute(sqlPlan("SELECT id FROM range(0, 10000000, 1, 4)"))
      [Symbol.asyncIterator]();
    let rows = 0n;
    const take = async (): Promise<boolean> => {
      const { value, done } = await iterator.next();
      if (!done && value.responseType.case === "arrowBatch") rows += value.responseType.value.rowCount;
      return done === true;
    };
    while (rows === 0n) await take();
    const before = heldBytes();
    await delay(3_000);
    expect(heldBytes() - before).to.be.below(20_000_000);
    while (!(await take()));
    expect(rows).to.equal(10_000_000n);
  });
});

/** The progress stands still within 2 s. */
async function expectStopped(progress: () => Promise<string | undefined>): Promise<void> {
  const last = await progress();
  await delay(600);
  expect(await progress()).to.equal(last);
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** A continued result does not begin at row 0, so its offsets are left to the one who knows where it went on. */
async function* restOf(responses: ReturnType<Awaited<ReturnType<typeof openClient>>["reattach"]>) {
  for await (const response of responses) {
    if (response.responseType.case === "arrowBatch") delete response.responseType.value.startOffset;
    yield response;
  }
}

function heldBytes(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
