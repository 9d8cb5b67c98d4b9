import { create } from "@bufbuild/protobuf";
import { expect } from "chai";
import {
  type Plan,
  PlanSchema,
  GetStatusResponse_OperationStatus_OperationState as State,
} from "../../../gen/spark/connect/base_pb.ts";
import { ConnectionError, SessionClosedError, SparkError } from "../../../src/connect/errors.ts";
import { CancelledError, SparkwrightError } from "../../../src/core/error.ts";
import { plan, scriptedClient, settle } from "./scripted-client.ts";
import {
  claimed,
  complete,
  failure,
  operationNotFound,
  row,
  type Script,
  serverSideSessionId,
} from "./scripted-transport.ts";

const append: Plan = create(PlanSchema, {
  opType: {
    case: "command",
    value: { commandType: { case: "writeOperation", value: { mode: 1, source: "delta" } } },
  },
});
const insert: Plan = create(PlanSchema, {
  opType: { case: "root", value: { relType: { case: "sql", value: { query: "INSERT INTO t VALUES (1)" } } } },
});
const lost = failure("UNAVAILABLE", { message: "read ECONNRESET" });
const handle = (name: string) => failure("INTERNAL", { info: { errorClass: `INVALID_HANDLE.${name}` } });
const status = (state: number) => ({ operationStatuses: [{ operationId: "op", state }] });
const unknown = status(State.UNKNOWN);
const running = status(State.RUNNING);
const terminating = status(State.TERMINATING);
const succeeded = status(State.SUCCEEDED);
const failed = status(State.FAILED);
const cancelled = status(State.CANCELLED);

async function run(script: Script, options: { plan?: Plan; signal?: AbortSignal; deadlineMs?: number } = {}) {
  const { client, log } = scriptedClient(script, { retryTimeoutMs: 300 });
  let thrown: unknown;
  try {
    const { plan: sent = append, ...bounds } = options;
    for await (const _ of client.execute(sent, { operationId: "op", ...bounds }));
  } catch (error) {
    thrown = error;
  }
  await settle();
  return { thrown: thrown as SparkwrightError, log: log.filter((line) => !line.startsWith("wait")), client };
}

describe("the outcome of a command", () => {
  it("learns which life of the session it is sent to before it is sent, and only then", async () => {
    const { log } = await run({ streams: [[complete("r1")]] });
    expect(log).to.eql(["config", "exec", "releaseAll"]);
    const read = await run({ streams: [[complete("r1")]] }, { plan });
    expect(read.log).to.eql(["exec", "releaseAll"]);
  });

  it("is not_started when the session cannot be learned", async () => {
    const { thrown, log } = await run({
      answers: { config: [failure("UNAVAILABLE", { unreachable: true })] },
    });
    expect(thrown).to.be.instanceOf(ConnectionError).with.property("outcome", "not_started");
    expect(log).to.eql(["config"]);
  });

  for (const sent of [append, insert]) {
    it(`is unknown, and it is not sent again, when the server restarted (${sent.opType.case})`, async () => {
      const { thrown, log } = await run(
        { streams: [[lost], [handle("SESSION_NOT_FOUND")], [complete("r1")]] },
        { plan: sent },
      );
      expect(thrown).to.be.instanceOf(SessionClosedError).with.property("outcome", "unknown");
      expect(thrown.message).to.include("is not known");
      expect(thrown.hint).to.include("Look at what the command changes");
      expect(log).to.eql(["config", "exec", "reattach()"]);
    });
  }

  it("is not_started when it has not arrived, which it cannot do any more then", async () => {
    const { thrown, log } = await run({ streams: [[lost], [operationNotFound()], [claimed()]] });
    expect(thrown).to.have.property("outcome", "not_started");
    expect(log).to.eql(["config", "exec", "reattach()", "getStatus", "exec"]);
  });

  it("is not claimed when it arrives in between", async () => {
    const { thrown } = await run({
      streams: [[lost], [operationNotFound()], [handle("OPERATION_ALREADY_EXISTS")]],
      answers: { getStatus: [unknown, running, succeeded] },
    });
    expect(thrown).to.have.property("outcome", "done");
  });

  for (const [answers, outcome] of [
    [[succeeded], "done"],
    [[failed], "not_done"],
    [[cancelled], "unknown"],
    [[running, running, terminating, succeeded], "done"],
  ] as const) {
    it(`is asked when the server dropped it: ${outcome} after ${answers.length} answers`, async () => {
      const { thrown, log } = await run({
        streams: [[lost], [handle("OPERATION_ABANDONED")]],
        answers: { getStatus: answers },
      });
      expect(thrown).to.have.property("outcome", outcome);
      expect(log.filter((line) => line === "exec")).to.have.length(1);
    });
  }

  it("is asked when the retries are used up", async () => {
    const { thrown } = await run({
      streams: Array.from({ length: 20 }, () => [lost]),
      answers: { getStatus: [succeeded] },
    });
    expect(thrown).to.be.instanceOf(ConnectionError).with.property("outcome", "done");
    expect(thrown.hint).to.include("do not run it again");
  });

  it("is unknown when nobody answers", async () => {
    const { thrown } = await run({
      streams: Array.from({ length: 20 }, () => [lost]),
      answers: { getStatus: [lost], config: [{}] },
    });
    expect(thrown).to.have.property("outcome", "unknown");
  });

  it("is told by a server without GetStatus through the operation itself", async () => {
    const unimplemented = failure("UNIMPLEMENTED");
    const none = await run({
      streams: [[lost], [operationNotFound()], [claimed()]],
      answers: { getStatus: [unimplemented] },
    });
    expect(none.thrown).to.have.property("outcome", "not_started");
    const arrived = await run({
      streams: [[lost], [operationNotFound()], [handle("OPERATION_ALREADY_EXISTS")], [complete("r2")]],
      answers: { getStatus: [unimplemented] },
    });
    expect(arrived.thrown).to.have.property("outcome", "done");
  });

  for (const [errorClass, message, outcome] of [
    ["TABLE_OR_VIEW_NOT_FOUND", "there is no t", "not_done"],
    ["OPERATION_CANCELED", "canceled", "unknown"],
    ["DELTA_POST_COMMIT_HOOK_FAILED", "a hook failed", "done"],
    ["SOME", "Job 3 cancelled because SparkContext was shut down", "unknown"],
  ] as const) {
    it(`is ${outcome} when Spark says ${errorClass}: ${message}`, async () => {
      const classes = '["org.apache.spark.SparkException"]';
      const { thrown, log } = await run({
        streams: [[failure("INTERNAL", { message, info: { errorClass, classes } })]],
      });
      expect(thrown).to.be.instanceOf(SparkError).with.property("outcome", outcome);
      expect(log).to.eql(["config", "exec", "releaseAll"]);
    });
  }

  it("sends it as soon as there is a connection when there was none", async () => {
    const notSent = failure("UNAVAILABLE", { message: "No connection established", notSent: true });
    const { thrown, log } = await run({ streams: [[notSent], [notSent], [complete("r1")]] });
    expect(thrown).to.equal(undefined);
    expect(log).to.eql(["config", "exec", "exec", "exec", "releaseAll"]);
  });

  it("is said of a cancellation, whose reason stays as it is for others", async () => {
    const reason = new SparkwrightError("NODE_TIMEOUT", "too slow");
    const before = await run({}, { signal: AbortSignal.abort(reason) });
    expect(before.thrown).to.be.instanceOf(SparkwrightError).and.to.include({
      code: "NODE_TIMEOUT",
      outcome: "not_started",
    });
    expect(reason.outcome).to.equal(undefined);
    expect(before.log).to.eql([]);
  });

  it("of a cancelled one is done when it ended before the interrupt", async () => {
    const controller = new AbortController();
    const { client } = scriptedClient({ streams: [[row("r1"), complete("r2")]] });
    const thrown = await (async () => {
      for await (const _ of client.execute(append, { signal: controller.signal })) controller.abort();
    })().catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(CancelledError).with.property("outcome", "done");
  });

  it("of a read is none: a lost one runs again under another id", async () => {
    for (const error of [handle("OPERATION_ABANDONED"), operationNotFound(), orphaned()]) {
      const { client, transport } = scriptedClient({ streams: [[lost], [error], [complete("r1")]] });
      const stream = client.execute(plan);
      const first = stream.operationId;
      for await (const _ of stream);
      expect(stream.operationId).not.to.equal(first);
      const ids = transport.calls
        .filter(({ method }) => method === "executePlan")
        .map(({ request }) => Reflect.get(request as object, "operationId"));
      expect(ids).to.eql([first, stream.operationId]);
    }
  });

  it("of a read whose session is gone is CONNECT_SESSION_CLOSED", async () => {
    const { client, execute } = scriptedClient({ streams: [[lost], [handle("SESSION_NOT_FOUND")]] });
    await client.config({ case: "getAll", value: {} });
    expect(client.serverSideSessionId).to.equal(serverSideSessionId);
    expect((await execute()).thrown).to.be.instanceOf(SessionClosedError);
  });

  it("of a cancelled one is asked on when its connection breaks: no end of it, no confirmation", async () => {
    const cancel = async (answers: readonly Record<string, unknown>[]) => {
      const broken = Promise.withResolvers<void>();
      const { client, transport } = scriptedClient({
        streams: [[row("r1"), broken.promise, lost]],
        answers: { getStatus: answers },
      });
      transport.onInterrupt = broken.resolve;
      const controller = new AbortController();
      return (await (async () => {
        for await (const _ of client.execute(append, { operationId: "op", signal: controller.signal }))
          controller.abort();
      })().catch((error: unknown) => error)) as CancelledError;
    };
    const goesOn = await cancel([running]);
    expect(goesOn.details["confirmed"]).to.equal(false);
    expect(goesOn.outcome).to.equal("unknown");
    const committed = await cancel([running, succeeded]);
    expect(committed.details).not.to.have.property("confirmed");
    expect(committed.outcome).to.equal("done");
    const stopped = await cancel([running, running, cancelled]);
    expect(stopped.details).not.to.have.property("confirmed");
    expect(stopped.outcome).to.equal("unknown");
  });
});

function orphaned() {
  return failure("INTERNAL", { message: "Operation was orphaned because of an internal error." });
}
