import { expect } from "chai";
import {
  type OperationOutcome,
  type SubmittedOperation,
  withExecutionScope,
} from "../../../src/connect/execution-scope.ts";
import { plan, scriptedClient, settle } from "./scripted-client.ts";
import { complete, failure, progressed, row, type Stream } from "./scripted-transport.ts";

const once: Stream = [complete("r1")];

describe("withExecutionScope", () => {
  it("gives tags to what is executed inside, after awaits too, and adds those of nested scopes", async () => {
    const { execute, transport } = scriptedClient({ streams: [once, once] });
    await withExecutionScope({ tags: ["run", "node"] }, async () => {
      await settle();
      await execute({ tags: ["own", "run"] });
      await withExecutionScope({ tags: ["attempt"] }, async () => await execute());
    });
    expect(tagsSent(transport)).to.eql([
      ["run", "node", "own"],
      ["run", "node", "attempt"],
    ]);
  });

  it("keeps concurrent executions apart", async () => {
    const { execute, transport } = scriptedClient({ streams: Array.from({ length: 10 }, () => once) });
    const seen = new Map<string, string[]>();
    const run = async (name: string): Promise<void> => {
      const onSubmit = async ({ tags }: SubmittedOperation) => {
        await settle();
        seen.set(name, [...tags]);
      };
      await withExecutionScope({ tags: [name], onSubmit }, async () => {
        await settle();
        await execute();
      });
    };
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`);
    await Promise.all(names.map(run));
    expect([...seen]).to.have.deep.members(names.map((name) => [name, [name]]));
    expect(tagsSent(transport)).to.have.deep.members(names.map((name) => [name]));
    await settle();
  });

  it("belongs to the place where execute was called, not to where the stream is read", async () => {
    const { client, transport } = scriptedClient({ streams: [once] });
    const stream = withExecutionScope({ tags: ["inside"] }, () => client.execute(plan));
    for await (const _ of stream);
    expect(tagsSent(transport)).to.eql([["inside"]]);
  });

  it("waits for onSubmit before the plan is sent, and tells it how to find the operation again", async () => {
    const { client, execute, log } = scriptedClient({ streams: [once] });
    let operation: SubmittedOperation | undefined;
    await withExecutionScope(
      {
        onSubmit: async (submitted) => {
          await settle();
          operation = submitted;
          expect(log).to.eql([]);
        },
      },
      async () => await execute({ operationId: "22222222-0000-4000-8000-000000000001", tags: ["t"] }),
    );
    expect(operation).to.eql({
      endpoint: "sc://scripted:15002",
      userId: "tester",
      sessionId: client.sessionId,
      operationId: "22222222-0000-4000-8000-000000000001",
      tags: ["t"],
    });
  });

  it("does not send the plan when onSubmit throws", async () => {
    const { execute, log } = scriptedClient({ streams: [once] });
    const outcomes: string[] = [];
    const { thrown } = await withExecutionScope(
      {
        onSubmit: () => {
          throw new Error("cannot be recorded");
        },
        onEnd: (_, outcome) => outcomes.push(outcome),
      },
      async () => await execute(),
    );
    expect(thrown).to.have.property("message", "cannot be recorded");
    expect([log, outcomes]).to.eql([[], []]);
  });

  it("reports progress, and the outcome of every operation exactly once", async () => {
    const progress = progressed("p1", { numInflightTasks: 3n });
    const { client, execute } = scriptedClient({
      streams: [
        [progress, complete("r2")],
        [row("r1"), failure("INTERNAL")],
        [row("r1"), complete("r2")],
      ],
    });
    const inflight: number[] = [];
    const outcomes: OperationOutcome[] = [];
    await withExecutionScope(
      {
        onProgress: ({ inflightTasks }) => inflight.push(inflightTasks),
        onEnd: (_, outcome) => outcomes.push(outcome),
      },
      async () => {
        await execute();
        await execute();
        for await (const _ of client.execute(plan)) break;
      },
    );
    expect(inflight).to.eql([3]);
    expect(outcomes).to.eql(["completed", "failed", "cancelled"]);
  });

  it("refuses tags that the server refuses", () => {
    const { client } = scriptedClient({});
    for (const tag of ["", "a,b"]) {
      expect(() => withExecutionScope({ tags: [tag] }, () => 1))
        .to.throw("tag")
        .with.property("code", "CONNECT_INVALID_TAG");
      expect(() => client.execute(plan, { tags: [tag] })).to.throw("tag");
    }
  });
});

function tagsSent(transport: { calls: { method: string; request: unknown }[] }): string[][] {
  return transport.calls
    .filter(({ method }) => method === "executePlan")
    .map(({ request }) => Reflect.get(request as object, "tags") as string[]);
}
