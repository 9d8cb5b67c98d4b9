import { create, type DescMessage, type MessageInitShape } from "@bufbuild/protobuf";
import { expect } from "chai";
import {
  AnalyzePlanResponseSchema,
  CloneSessionRequestSchema,
  ConfigRequestSchema,
  ExecutePlanRequestSchema,
  type PlanSchema,
  SparkConnectService,
} from "../../../gen/spark/connect/base_pb.ts";
import { isOlder, newestFeature } from "../../../src/connect/newer-features.ts";
import { ServerTooOldError } from "../../../src/connect/server-too-old-error.ts";
import { RpcError, type Transport } from "../../../src/connect/transport.ts";
import { VersionGuard } from "../../../src/connect/version-guard.ts";

const { method } = SparkConnectService;
type PlanInit = MessageInitShape<typeof PlanSchema>;

/** A server of some version that misunderstands everything but the question for its version. */
class OldServer implements Transport {
  readonly version: string;
  readonly error: RpcError;
  readonly asked: string[] = [];

  constructor(version: string, error = new RpcError("INTERNAL", "RELTYPE_NOT_SET not supported.")) {
    this.version = version;
    this.error = error;
  }

  async unary(called: { readonly name: string; readonly output: DescMessage }): Promise<never> {
    this.asked.push(called.name);
    if (called.name !== "AnalyzePlan" || this.version === "") throw this.error;
    const result = { case: "sparkVersion", value: { version: this.version } } as const;
    return create(AnalyzePlanResponseSchema, { result }) as never;
  }

  // biome-ignore lint/correctness/useYield: it fails before the first response
  async *serverStream(called: { readonly name: string }): AsyncGenerator<never> {
    this.asked.push(called.name);
    throw this.error;
  }

  clientStream(): Promise<never> {
    return Promise.reject(this.error);
  }

  close(): void {}
}

const nearest: PlanInit = {
  opType: {
    case: "root",
    value: {
      relType: { case: "limit", value: { input: { relType: { case: "nearestByJoin", value: {} } } } },
    },
  },
};
const plain: PlanInit = {
  opType: { case: "root", value: { relType: { case: "range", value: { end: 1n } } } },
};
const write = (withSchemaEvolution: boolean): PlanInit => ({
  opType: {
    case: "command",
    value: { commandType: { case: "writeOperation", value: { withSchemaEvolution } } },
  },
});

async function execute(
  server: Transport,
  plan: PlanInit,
  metadata: Record<string, string> = {},
): Promise<unknown> {
  const request = create(ExecutePlanRequestSchema, { sessionId: "s", plan });
  const stream = new VersionGuard(server).serverStream(method.executePlan, request, { metadata });
  return await stream.next().catch((error: unknown) => error);
}

describe("a server that is too old", () => {
  it("is told by name, with the version that is needed and what the server said", async () => {
    const server = new OldServer("4.1.4");
    const error = await execute(server, nearest);
    expect(error).to.be.instanceOf(ServerTooOldError).and.to.include({
      code: "SERVER_TOO_OLD",
      feature: "a nearest-by join",
      neededVersion: "4.2",
      serverVersion: "4.1.4",
      cause: server.error,
      message: "The server is Spark 4.1.4, and a nearest-by join needs Spark 4.2 or later.",
    });
    expect(server.asked).to.eql(["ExecutePlan", "AnalyzePlan"]);
  });

  it("is not blamed where it is new enough, or the plan has nothing new, or the failure is another", async () => {
    for (const [version, plan] of [
      ["4.2.0-SNAPSHOT", nearest],
      ["4.0.0", plain],
      ["", nearest],
    ] as const) {
      const server = new OldServer(version);
      expect(await execute(server, plan)).to.equal(server.error);
    }
    const retried = new OldServer("4.0.0", new RpcError("UNAVAILABLE", "gone"));
    expect(await execute(retried, nearest)).to.equal(retried.error);
    const lost = "[INVALID_HANDLE.SESSION_CLOSED] The handle is invalid.";
    const closed = new OldServer("4.0.0", new RpcError("INTERNAL", lost));
    expect(await execute(closed, nearest)).to.equal(closed.error);
    expect([...retried.asked, ...closed.asked]).to.eql(["ExecutePlan", "ExecutePlan"]);
  });

  it("is told for an RPC that it does not have, and not for one that it has", async () => {
    const server = new OldServer("4.0.5", new RpcError("UNIMPLEMENTED", "Method not found"));
    const guard = new VersionGuard(server);
    const clone = guard.unary(method.cloneSession, create(CloneSessionRequestSchema, {}), {});
    expect(await clone.catch((error: unknown) => error)).to.include({
      feature: "cloneSession",
      neededVersion: "4.1",
    });
    const config = guard.unary(method.config, create(ConfigRequestSchema, {}), {});
    expect(await config.catch((error: unknown) => error)).to.equal(server.error);
    expect(server.asked, "the version is asked once").to.eql(["CloneSession", "AnalyzePlan", "Config"]);
  });

  it("is told for a function that it does not have, whoever named it", async () => {
    const message = "[UNRESOLVED_ROUTINE] Cannot resolve routine `theta_union` on search path [...].";
    const server = new OldServer("4.0.5", new RpcError("INTERNAL", message));
    expect(await execute(server, plain)).to.include({
      feature: "the function theta_union",
      neededVersion: "4.1",
    });
    const own = new OldServer("4.0.5", new RpcError("INTERNAL", message.replace("theta_union", "my_own")));
    expect(await execute(own, plain)).to.equal(own.error);
  });

  it("is asked for its version before it could pass something over", async () => {
    const old = new OldServer("4.1.4");
    expect(await execute(old, write(true))).to.include({ code: "SERVER_TOO_OLD", neededVersion: "4.2" });
    expect(old.asked, "nothing was written").to.eql(["AnalyzePlan"]);
    const without = new OldServer("4.1.4");
    await execute(without, write(false));
    const databricks = new OldServer("4.1.4");
    await execute(databricks, write(true), { "x-databricks-cluster-id": "c" });
    expect([without.asked, databricks.asked[0]]).to.eql([["ExecutePlan"], "ExecutePlan"]);
    const fresh = new OldServer("4.2.0");
    await execute(fresh, write(true));
    expect(fresh.asked.slice(0, 2)).to.eql(["AnalyzePlan", "ExecutePlan"]);
  });

  it("is compared by release, not by text", () => {
    expect(["4.0.5", "4.1.0", "3.5.9"].map((version) => isOlder(version, "4.2"))).to.eql([true, true, true]);
    expect(["4.2.0-SNAPSHOT", "4.10.0", "5.0.0", "", "?"].map((version) => isOlder(version, "4.2"))).to.eql(
      Array(5).fill(false),
    );
  });

  it("is judged by the newest of several features", () => {
    const catalog = {
      relType: { case: "catalog", value: { catType: { case: "listViews", value: {} } } },
    } as const;
    const request = create(ExecutePlanRequestSchema, {
      plan: { opType: { case: "root", value: { relType: { case: "join", value: { left: catalog } } } } },
    });
    expect(newestFeature("CloneSession", request)).to.eql({ name: "catalog.listViews", since: "4.2" });
    expect(newestFeature("Config", request.plan?.opType.case)).to.equal(undefined);
  });
});
