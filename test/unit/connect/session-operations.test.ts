import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import type { AddArtifactsRequest, ExecutePlanRequest } from "../../../gen/spark/connect/base_pb.ts";
import type { ExecutionProgress } from "../../../src/connect/execution-progress.ts";
import { artifactOf, forwardedFile } from "../../../src/connect/local-artifact.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";
import { scriptedClient } from "./scripted-client.ts";
import { complete, failure, progressed } from "./scripted-transport.ts";

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => Reflect.get(error as object, "code"),
  );
}

describe("progress handlers", () => {
  it("are told of every step and of the end, even of one that fails", async () => {
    const stage = { stageId: 1n, numTasks: 8n, numCompletedTasks: 3n, inputBytesRead: 99n, done: false };
    const script = scriptedClient({
      streams: [
        [progressed("p1", { stages: [stage], numInflightTasks: 2n }), complete("r1")],
        [failure("INTERNAL")],
      ],
    });
    const told: ExecutionProgress[] = [];
    script.client.progressHandlers.add((progress) => told.push(progress));
    await script.execute({ operationId: "a" });
    await script.execute({ operationId: "b" });
    const stages = [{ stageId: 1, tasks: 8, completedTasks: 3, inputBytes: 99, done: false }];
    expect(told).to.eql([
      { operationId: "a", stages, inflightTasks: 2, done: false },
      { operationId: "a", stages, inflightTasks: 0, done: true },
      { operationId: "b", stages: [], inflightTasks: 0, done: true },
    ]);
  });

  it("harm nothing when they throw, and are told nothing once they are removed", async () => {
    const script = scriptedClient({ streams: [[complete("r1")], [complete("r2")], [complete("r3")]] });
    let calls = 0;
    const broken = () => {
      calls++;
      throw new Error("no");
    };
    const { progressHandlers } = script.client;
    progressHandlers.add(broken);
    expect((await script.execute({ operationId: "a" })).thrown).to.equal(undefined);
    expect(script.warnings).to.eql(["a progress handler failed for operation a"]);
    progressHandlers.remove(broken);
    await script.execute();
    progressHandlers.add(broken);
    progressHandlers.clear();
    await script.execute();
    expect(calls).to.equal(1);
  });
});

describe("tags of a session", () => {
  it("go with what is executed, and belong to the scope in which they were added", async () => {
    const script = scriptedClient({ streams: [[complete("r1")], [complete("r2")], [complete("r3")]] });
    const spark = new SparkSession(script.client);
    spark.addTag("all");
    await spark.withTags(["scoped"], async () => {
      spark.addTag("mine");
      expect(spark.getTags()).to.have.members(["scoped", "all", "mine"]);
      await script.execute();
      await spark.withTags([], async () => {
        spark.removeTag("mine");
        expect(spark.getTags()).to.have.members(["scoped", "all"]);
      });
      await script.execute();
    });
    expect(spark.getTags()).to.eql(["all"]);
    spark.clearTags();
    await script.execute();
    const sent = script.transport.calls
      .filter(({ method }) => method === "executePlan")
      .map(({ request }) => [...(request as ExecutePlanRequest).tags].sort());
    expect(sent).to.eql([["all", "mine", "scoped"], ["all", "mine", "scoped"], []]);
  });

  it("are not shared by work that goes on at the same time", async () => {
    const spark = new SparkSession(scriptedClient({}).client);
    const work = async (tag: string) =>
      await spark.withTags([], async () => {
        spark.addTag(tag);
        await new Promise((resolve) => setImmediate(resolve));
        return spark.getTags();
      });
    expect(await Promise.all([work("a"), work("b")])).to.eql([["a"], ["b"]]);
    expect(() => spark.addTag("a,b"))
      .to.throw()
      .with.property("code", "CONNECT_INVALID_TAG");
  });
});

describe("artifacts from files", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sparkwright-artifacts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function file(name: string, bytes = 10): string {
    const path = join(folder, name);
    writeFileSync(path, Buffer.alloc(bytes, 7));
    return path;
  }

  it("get their name on the server from their kind", async () => {
    const name = async (...args: Parameters<typeof artifactOf>) => (await artifactOf(...args)).name;
    expect(await name(file("a.jar"))).to.equal("jars/a.jar");
    expect(await name(pathToFileURL(file("a.jar")))).to.equal("jars/a.jar");
    expect(await name(pathToFileURL(file("b.txt")).href, "file")).to.equal("files/b.txt");
    expect(await name(`${file("c.tar.gz")}#model`, "archive")).to.equal("archives/c.tar.gz#model");
    expect(await name(file("d#e.txt"), "file")).to.equal("files/d#e.txt");
    expect(await name({ name: "f.jar", data: new Uint8Array(1) })).to.equal("jars/f.jar");
    expect((await forwardedFile(file("g"), "/data/g")).name).to.equal("forward_to_fs/data/g");
  });

  it("are refused when they cannot be what they should", async () => {
    const data = new Uint8Array(1);
    const unusable = [
      artifactOf(join(folder, "none.jar")),
      artifactOf(folder, "file"),
      artifactOf(file("a.txt")),
      artifactOf(file("a.txt"), "archive"),
      artifactOf(file("a.txt"), "pyfile" as never),
      artifactOf({ name: "/a.jar", data }),
      artifactOf({ name: "../a.jar", data }),
      forwardedFile(file("a.txt"), "s3://bucket/a"),
      forwardedFile(join(folder, "none"), "/a"),
    ];
    const codes = await Promise.all(unusable.map(codeOf));
    expect(codes).to.eql(unusable.map(() => "USAGE_ARTIFACT"));
  });

  it("are read in chunks while they are sent", async () => {
    const artifact = await artifactOf(file("large.bin", 70_000), "file");
    const arrived = { artifacts: [{ name: artifact.name, isCrcSuccessful: true }] };
    const script = scriptedClient({ answers: { addArtifacts: [arrived] } });
    await script.client.addArtifacts([artifact, { name: artifact.name, data: new Uint8Array() }]);
    const sent = script.transport.calls.map(({ request }) => (request as AddArtifactsRequest).payload);
    expect(sent.map(({ case: kind }) => kind)).to.eql(["beginChunk", "chunk", "chunk", "batch"]);
    expect(sent[0]?.value).to.include({ totalBytes: 70_000n, numChunks: 3n });
    expect(sent[2]).to.have.nested.property("value.data.length", 70_000 - 2 * 32_768);
  });

  it("are refused when they change meanwhile", async () => {
    const path = file("changing.bin", 70_000);
    const artifact = await artifactOf(path, "file");
    truncateSync(path, 100);
    const script = scriptedClient({ answers: { addArtifacts: [{}] } });
    expect(await codeOf(script.client.addArtifacts([artifact]))).to.equal("CONNECT_ARTIFACT_CHANGED");
  });
});
