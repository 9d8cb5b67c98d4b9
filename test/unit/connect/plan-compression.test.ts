import { zstdDecompressSync } from "node:zlib";
import { create, fromBinary } from "@bufbuild/protobuf";
import { expect } from "chai";
import {
  type AnalyzePlanRequest,
  type ExecutePlanRequest,
  type Plan,
  PlanSchema,
} from "../../../gen/spark/connect/base_pb.ts";
import { RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { type ScriptedClient, scriptedClient } from "./scripted-client.ts";
import { complete, failure, type Stream } from "./scripted-transport.ts";

const query = `SELECT '${"a".repeat(100_000)}'`;
const large = create(PlanSchema, {
  opType: { case: "root", value: { relType: { case: "sql", value: { query } } } },
});
const settings = (threshold: string | undefined, algorithm = "ZSTD") => ({
  pairs: [
    { key: "spark.connect.session.planCompression.threshold", value: threshold },
    { key: "spark.connect.session.planCompression.defaultAlgorithm", value: algorithm },
  ],
});
const unreadable = () => failure("INTERNAL", { info: { errorClass: "CONNECT_INVALID_PLAN.CANNOT_PARSE" } });

function scripted(
  threshold: string | undefined,
  streams: readonly Stream[],
  algorithm?: string,
): ScriptedClient {
  return scriptedClient({ streams, answers: { config: [settings(threshold, algorithm)] } });
}

async function run({ client }: ScriptedClient, plan: Plan = large): Promise<unknown> {
  try {
    for await (const _ of client.execute(plan));
    return undefined;
  } catch (error) {
    return error;
  }
}

function plans({ transport }: ScriptedClient): readonly (Plan | undefined)[] {
  return transport.calls
    .filter(({ method }) => method === "executePlan")
    .map(({ request }) => (request as ExecutePlanRequest).plan);
}

/** How each plan was sent. */
function forms(script: ScriptedClient): readonly (string | undefined)[] {
  return plans(script).map((plan) => plan?.opType.case);
}

describe("plan compression", () => {
  it("compresses a plan above the server's threshold, which is asked once", async () => {
    const script = scripted("65536", [[complete("r1")], [complete("r2")]]);
    expect([await run(script), await run(script)]).to.eql([undefined, undefined]);
    expect(forms(script)).to.eql(["compressedOperation", "compressedOperation"]);
    expect(script.log.filter((call) => call === "config")).to.have.length(1);
    const sent = plans(script)[0]?.opType;
    if (sent?.case !== "compressedOperation") throw new Error("not compressed");
    expect(sent.value.data.length).to.be.below(1_000);
    const relation = fromBinary(RelationSchema, zstdDecompressSync(sent.value.data));
    expect(relation.relType).to.have.nested.property("value.query", query);
  });

  it("leaves a plan as it is that is small, below the threshold, or for a server that cannot take it", async () => {
    for (const [threshold, algorithm] of [["10485760"], ["-1"], [undefined], ["0", "NONE"]] as const) {
      const script = scripted(threshold, [[complete("r1")]], algorithm);
      expect(await run(script)).to.equal(undefined);
      expect(forms(script)).to.eql(["root"]);
    }
    const script = scripted("0", [[complete("r1")]]);
    const small = create(PlanSchema, {
      opType: { case: "root", value: { relType: { case: "sql", value: { query: "SELECT 1" } } } },
    });
    await run(script, small);
    expect(script.log).to.not.include("config");
  });

  it("sends the plan itself when the server cannot read it compressed, and compresses none any more", async () => {
    const script = scripted("0", [[unreadable()], [complete("r1")], [complete("r2")]]);
    expect([await run(script), await run(script)]).to.eql([undefined, undefined]);
    expect(forms(script)).to.eql(["compressedOperation", "root", "root"]);
  });

  it("gives the error of a plan that the server cannot read at all", async () => {
    const script = scripted("0", [[unreadable()], [unreadable()]]);
    expect(await run(script)).to.have.property("code", "SPARK_CONNECT_INVALID_PLAN_CANNOT_PARSE");
    expect(forms(script)).to.eql(["compressedOperation", "root"]);
  });

  it("does the same for a plan that is analysed", async () => {
    const script = scriptedClient({
      answers: { config: [settings("0")], analyzePlan: [unreadable(), {}] },
    });
    await script.client.analyze({ case: "schema", value: { plan: large } });
    await script.client.analyze({ case: "explain", value: { plan: large, explainMode: 1 } });
    const sent = script.transport.calls
      .filter(({ method }) => method === "analyzePlan")
      .map(({ request }) => (request as AnalyzePlanRequest).analyze.value as { plan?: Plan })
      .map(({ plan }) => plan?.opType.case);
    expect(sent).to.eql(["compressedOperation", "root", "root"]);
  });

  it("asks again when the threshold could not be had", async () => {
    const script = scriptedClient({
      streams: [[complete("r1")], [complete("r2")]],
      answers: { config: [failure("INTERNAL"), settings("0")] },
    });
    expect([await run(script), await run(script)]).to.eql([undefined, undefined]);
    expect(forms(script)).to.eql(["root", "compressedOperation"]);
  });
});

describe("result chunking", () => {
  async function chunking(options: { maxMessageBytes?: number }): Promise<unknown> {
    const script = scriptedClient({ streams: [[complete("r1")]] }, options);
    await script.execute();
    const request = script.transport.calls[0]?.request as ExecutePlanRequest;
    return request.requestOptions.find(({ requestOption }) => requestOption.case === "resultChunkingOptions")
      ?.requestOption.value;
  }

  it("is asked for, in pieces that fit into a message where that is smaller than usual", async () => {
    expect(await chunking({})).to.deep.include({ allowArrowBatchChunking: true });
    expect(await chunking({})).to.not.have.property("preferredArrowChunkSize");
    expect(await chunking({ maxMessageBytes: 1_000_000 })).to.have.property(
      "preferredArrowChunkSize",
      934_464n,
    );
  });
});
