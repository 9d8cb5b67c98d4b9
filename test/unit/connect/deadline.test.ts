import { expect } from "chai";
import { SessionClosedError, SparkError } from "../../../src/connect/errors.ts";
import { CancelledError } from "../../../src/core/error.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { plan, scriptedClient } from "./scripted-client.ts";
import { type Answer, failure, row } from "./scripted-transport.ts";

const lost = failure("UNAVAILABLE", { message: "gone" });
const never = new Promise<never>(() => {});

async function took(work: () => Promise<unknown>): Promise<{ thrown: unknown; ms: number }> {
  const start = performance.now();
  const thrown = await work().catch((error: unknown) => error);
  return { thrown, ms: performance.now() - start };
}

describe("a deadline", () => {
  it("is that of the whole call, however often it is tried", async () => {
    const { client, transport } = scriptedClient({ answers: { config: [lost] } }, { clock: undefined });
    const { thrown, ms } = await took(() =>
      client.config({ case: "getAll", value: {} }, { deadlineMs: 400 }),
    );
    expect(thrown)
      .to.have.property("code")
      .that.matches(/^(CONNECT_UNAVAILABLE|SPARK_DEADLINE_EXCEEDED)$/);
    expect(ms).to.be.below(1_400);
    const deadlines = transport.calls.map(({ options }) => options.deadlineMs ?? 0);
    expect(deadlines.length).to.be.above(2);
    expect(deadlines).to.eql([...deadlines].sort((a, b) => b - a));
    expect(deadlines[0]).to.be.at.most(400);
  });

  it("ends a call whatever hangs: the server, or the token provider", async () => {
    const silent = scriptedClient({});
    silent.transport.unary = async () => await never;
    const { thrown } = await took(() => silent.client.interruptAll({ deadlineMs: 20 }));
    expect(thrown).to.be.instanceOf(SparkError).with.property("code", "SPARK_DEADLINE_EXCEEDED");
    const asking = scriptedClient({}, { token: async () => await never });
    const second = await took(() => asking.client.cloneSession({ deadlineMs: 20 }));
    expect(second.thrown).to.have.property("code", "SPARK_DEADLINE_EXCEEDED");
  });

  it("of an execution includes its confirmation, and says what is not known", async () => {
    const { client } = scriptedClient({ streams: [[row("r1"), never]] }, { clock: undefined });
    const { thrown, ms } = await took(async () => {
      for await (const _ of client.execute(plan, { deadlineMs: 100 }));
    });
    expect(thrown).to.be.instanceOf(CancelledError).with.nested.property("details.confirmed", false);
    expect(ms).to.be.within(100, 1_100);
  });

  it("bounds uploads, and so does a signal", async () => {
    const { client, transport } = scriptedClient({});
    const spark = new SparkSession(client);
    transport.clientStream = async () => await never;
    const file = { name: "a.txt", data: new Uint8Array(10) };
    const late = await took(() => spark.addArtifact(file, { as: "file", deadlineMs: 20 }));
    expect(late.thrown).to.have.property("code", "SPARK_DEADLINE_EXCEEDED");
    const aborted = await took(() => spark.addArtifact(file, { as: "file", signal: AbortSignal.abort() }));
    expect(aborted.thrown).to.be.instanceOf(CancelledError);
    const rows = Array.from({ length: 20_000 }, (_, id) => ({ id: BigInt(id) }));
    transport.unary = async () => await never;
    const created = await took(() => spark.createDataFrame(rows, "id BIGINT", { deadlineMs: 20 }));
    expect(created.thrown).to.have.property("code", "SPARK_DEADLINE_EXCEEDED");
    const signalled = await took(() =>
      spark.createDataFrame(rows, "id BIGINT", { signal: AbortSignal.abort() }),
    );
    expect(signalled.thrown).to.be.instanceOf(CancelledError);
  });
});

describe("the clone of a session", () => {
  const gone = failure("INTERNAL", { info: { errorClass: "INVALID_HANDLE.SESSION_NOT_FOUND" } });

  it("is refused as every other call when the server restarted", async () => {
    const { client } = scriptedClient({ answers: { cloneSession: [gone] } });
    await client.config({ case: "getAll", value: {} });
    expect(await client.cloneSession().catch((error: unknown) => error)).to.be.instanceOf(SessionClosedError);
  });

  it("can be the first call, and has a new id when the answer was lost", async () => {
    const answers: Answer[] = [lost, { newSessionId: "made by the test" }];
    const { client, transport, log } = scriptedClient({ answers: { cloneSession: answers } });
    await client.cloneSession().catch(() => {});
    expect(log.filter((line) => !line.startsWith("wait"))).to.eql(["config", "cloneSession", "cloneSession"]);
    const ids = transport.calls.slice(1).map(({ request }) => Reflect.get(request as object, "newSessionId"));
    expect(new Set(ids).size).to.equal(2);
  });
});
