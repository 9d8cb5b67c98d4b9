import { expect } from "chai";
import { withExecutionScope } from "../../../src/connect/execution-scope.ts";
import { CancelledError, SparkwrightError } from "../../../src/core/error.ts";
import { plan, scriptedClient, settle } from "./scripted-client.ts";
import { claimed, failure, row, type ScriptedTransport, type Step } from "./scripted-transport.ts";

/** A stream that fails with OPERATION_CANCELED once the operation is interrupted, as Spark's does. */
function interruptible(transport: () => ScriptedTransport, ...first: Step[]): Step[] {
  const interrupted = new Promise<void>((resolve) => {
    queueMicrotask(() => {
      transport().onInterrupt = resolve;
    });
  });
  return [...first, interrupted, failure("INTERNAL", { info: { errorClass: "OPERATION_CANCELED" } })];
}

function interruptibleClient(...first: Step[]): ReturnType<typeof scriptedClient> {
  const made: ReturnType<typeof scriptedClient> = scriptedClient({
    streams: [interruptible(() => made.transport, ...first)],
  });
  return made;
}

describe("cancellation", () => {
  it("interrupts the operation, waits for the end of its stream, releases, and throws CancelledError", async () => {
    const { client, log, transport } = interruptibleClient(row("r1"));
    const controller = new AbortController();
    const stream = client.execute(plan, { signal: controller.signal });
    const thrown = await (async () => {
      for await (const _ of stream) controller.abort();
    })().catch((error: unknown) => error);
    await settle();
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(log.filter((line) => !line.startsWith("wait"))).to.eql([
      "exec",
      "interrupt",
      "release(r1)",
      "releaseAll",
    ]);
    expect(transport.calls[1]).to.have.nested.property("request.interrupt.value", stream.operationId);
    expect(transport.openStreams).to.equal(0);
  });

  it("interrupts while the consumer waits for a response that does not come", async () => {
    const { client, log } = interruptibleClient();
    const controller = new AbortController();
    const iterator = client.execute(plan, { signal: controller.signal })[Symbol.asyncIterator]();
    const next = iterator.next().catch((error: unknown) => error);
    await settle();
    controller.abort();
    expect(await next).to.be.instanceOf(CancelledError);
    await settle();
    expect(log.filter((line) => !line.startsWith("wait"))).to.eql(["exec", "interrupt", "releaseAll"]);
  });

  it("interrupts an execution that takes longer than it may, and refuses what is no time", async () => {
    const { client, log } = interruptibleClient();
    const iterator = client.execute(plan, { deadlineMs: 20 })[Symbol.asyncIterator]();
    const thrown = await iterator.next().catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(thrown).to.have.property("message", "cancelled, since its time was over");
    await settle();
    expect(log.filter((line) => !line.startsWith("wait"))).to.eql(["exec", "interrupt", "releaseAll"]);
    for (const deadlineMs of [Number.NaN, 0, -1, Number.POSITIVE_INFINITY, "500" as never]) {
      expect(() => client.execute(plan, { deadlineMs }))
        .to.throw()
        .with.property("code", "USAGE_OUT_OF_RANGE");
    }
    const unary = await client.interruptAll({ deadlineMs: Number.NaN }).catch((error: unknown) => error);
    expect(unary).to.have.property("code", "USAGE_OUT_OF_RANGE");
  });

  it("stops the operation even if nobody pulls any more", async () => {
    const { client, log } = interruptibleClient(row("r1"));
    const controller = new AbortController();
    await client.execute(plan, { signal: controller.signal })[Symbol.asyncIterator]().next();
    controller.abort();
    await client.close();
    expect(log).to.include.members(["interrupt", "releaseAll"]);
  });

  it("gives up after 5 s without confirmation, and says so", async () => {
    const never = new Promise(() => {});
    const { client, log, transport } = scriptedClient({ streams: [[row("r1"), never]] });
    const controller = new AbortController();
    const thrown = await (async () => {
      for await (const _ of client.execute(plan, { signal: controller.signal })) controller.abort();
    })().catch((error: unknown) => error);
    await settle();
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(thrown).to.have.nested.property("details.confirmed", false);
    expect(log.filter((line) => line === "interrupt").length).to.be.within(5, 16);
    expect(transport.openStreams).to.equal(0);
  });

  it("gives up after 5 s when the server does not answer the interrupt either", async () => {
    const { client } = scriptedClient({
      streams: [[row("r1"), new Promise(() => {})]],
      answers: { interrupt: [failure("UNAVAILABLE")] },
    });
    const controller = new AbortController();
    const thrown = await (async () => {
      for await (const _ of client.execute(plan, { signal: controller.signal })) controller.abort();
    })().catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError);
  });

  it("ends a wait between two attempts", async () => {
    const controller = new AbortController();
    const { client, log } = scriptedClient(
      { streams: [[failure("UNAVAILABLE")], [claimed()]] },
      {
        clock: {
          now: () => 0,
          sleep: (_ms, signal) =>
            new Promise((_, reject) => {
              signal?.addEventListener("abort", () => reject(new Error("woken")));
              if (signal === controller.signal) controller.abort();
            }),
        },
      },
    );
    const thrown = await client
      .execute(plan, { signal: controller.signal })
      [Symbol.asyncIterator]()
      .next()
      .catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError).and.not.to.have.nested.property("details.confirmed");
    await settle();
    // What has not arrived is kept from arriving; its id is not given up.
    expect(log).to.eql(["exec", "interrupt", "getStatus", "exec"]);
  });

  it("sends nothing at all when the signal is aborted already", async () => {
    const { client, log } = scriptedClient({});
    const signal = AbortSignal.abort();
    const thrown = await client
      .execute(plan, { signal })
      [Symbol.asyncIterator]()
      .next()
      .catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError);
    expect(await client.interruptAll().then(() => "sent")).to.equal("sent");
    const config = await client
      .config({ case: "getAll", value: {} } as never, { signal })
      .catch((error: unknown) => error);
    expect(config).to.be.instanceOf(CancelledError);
    expect(log).to.eql(["interrupt"]);
  });

  it("throws the reason of the abort when it is an error of ours", async () => {
    const reason = new SparkwrightError("NODE_TIMEOUT", "the node took too long");
    const { client } = interruptibleClient(row("r1"));
    const controller = new AbortController();
    const thrown = await withExecutionScope({ signal: controller.signal }, async () => {
      for await (const _ of client.execute(plan)) controller.abort(reason);
    }).catch((error: unknown) => error);
    expect(thrown).to.equal(reason);
  });
});
