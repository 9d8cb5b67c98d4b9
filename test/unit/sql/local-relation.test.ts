import { createHash } from "node:crypto";
import { fromBinary } from "@bufbuild/protobuf";
import { expect } from "chai";
import type { AddArtifactsRequest } from "../../../gen/spark/connect/base_pb.ts";
import { LocalRelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { parseByteSize } from "../../../src/sql/byte-size.ts";
import { LongType, StringType, StructType } from "../../../src/sql/index.ts";
import { rowChunks } from "../../../src/sql/local-data.ts";
import { localRelation } from "../../../src/sql/local-relation.ts";
import { type ScriptedClient, scriptedClient } from "../connect/scripted-client.ts";
import type { Answer } from "../connect/scripted-transport.ts";

const schema = new StructType().add("id", LongType).add("text", new StringType());
const schemaJson = schema.json();
const rows = (count: number, width = 20) =>
  Array.from({ length: count }, (_, i) => [i, `${i}`.padStart(width, ".")]);

const settings = (values: Readonly<Record<string, string>>) => ({
  pairs: Object.entries(values).map(([key, value]) => ({
    key: `spark.sql.session.localRelation${key}`,
    value,
  })),
});
const modern = { CacheThreshold: "100KB", ChunkSizeRows: "1000", ChunkSizeBytes: "1m", SizeLimit: "3GB" };

/** A client of a server that keeps what it is sent. */
function serverWith(config: Readonly<Record<string, string>>, statuses: Answer[] = [{}]): ScriptedClient {
  const scripted = scriptedClient({
    answers: { config: [settings(config)], artifactStatus: statuses, addArtifacts: [{ artifacts: [] }] },
  });
  const { transport } = scripted;
  const clientStream = transport.clientStream.bind(transport);
  transport.clientStream = (async (method, requests, options) => {
    const seen: AddArtifactsRequest[] = [];
    const response = await clientStream(
      method,
      (async function* () {
        for await (const request of requests) {
          seen.push(request as unknown as AddArtifactsRequest);
          yield request;
        }
      })(),
      options,
    );
    const artifacts = namesOf(seen).map((name) => ({ name, isCrcSuccessful: true }));
    return Object.assign(response, { artifacts });
  }) as typeof transport.clientStream;
  return scripted;
}

function uploads({ transport }: ScriptedClient): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array[]>();
  let current: Uint8Array[] = [];
  for (const { method, request } of transport.calls) {
    if (method !== "addArtifacts") continue;
    const { payload } = request as AddArtifactsRequest;
    if (payload.case === "batch") {
      for (const { name, data } of payload.value.artifacts) found.set(name, [data?.data as Uint8Array]);
    } else if (payload.case === "beginChunk") {
      current = [payload.value.initialChunk?.data as Uint8Array];
      found.set(payload.value.name, current);
    } else if (payload.case === "chunk") current.push(payload.value.data);
  }
  return new Map([...found].map(([name, parts]) => [name, Buffer.concat(parts)]));
}

function namesOf(requests: readonly AddArtifactsRequest[]): string[] {
  return requests.flatMap(({ payload }) =>
    payload.case === "batch"
      ? payload.value.artifacts.map(({ name }) => name)
      : payload.case === "beginChunk"
        ? [payload.value.name]
        : [],
  );
}

const relationOf = ({ client }: ScriptedClient, data: readonly (readonly unknown[])[]) =>
  localRelation(client, schemaJson, (limits) => rowChunks(data, schema, limits));
const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest("hex");
const cached = (hash: string) => `cache/${hash}`;

describe("local relations", () => {
  it("are in the plan without asking anybody while they are small", async () => {
    const server = serverWith(modern);
    const { relType } = await relationOf(server, rows(100));
    expect(relType.case).to.equal("localRelation");
    const none = await relationOf(server, []);
    expect(none.relType.case === "localRelation" && none.relType.value).to.include({ schema: schemaJson });
    expect(none.relType.value).not.to.have.property("data");
    expect(server.log).to.deep.equal([]);
  });

  it("are in the plan below the threshold of the server, as one stream of all batches", async () => {
    const server = serverWith({ ...modern, CacheThreshold: "10 MiB" });
    const { relType } = await relationOf(server, rows(5_000));
    expect(server.log).to.deep.equal(["config"]);
    const data = relType.case === "localRelation" ? relType.value.data : undefined;
    const batch = decodeBatch(data as Uint8Array);
    expect(batch.numRows).to.equal(5_000);
    expect(batch.rows().map((row) => row["id"])).to.deep.equal(
      rows(5_000).map(([id]) => BigInt(id as number)),
    );
  });

  it("are uploaded in chunks beyond it, by the hashes of what they are", async () => {
    const server = serverWith(modern);
    const { relType } = await relationOf(server, rows(5_000));
    if (relType.case !== "chunkedCachedLocalRelation") throw new Error(`got ${relType.case}`);
    const { dataHashes, schemaHash } = relType.value;
    const artifacts = uploads(server);
    expect([...artifacts.keys()]).to.deep.equal([schemaHash as string, ...dataHashes].map(cached));
    for (const [name, data] of artifacts) expect(name).to.equal(cached(sha256(data)));
    expect(String(artifacts.get(cached(sha256(schemaJson))))).to.equal(schemaJson);
    const batches = dataHashes.map((hash) => decodeBatch(artifacts.get(cached(hash)) as Uint8Array));
    expect(batches.reduce((sum, batch) => sum + batch.numRows, 0)).to.equal(5_000);
    // The first two are cut at 64 KiB, before the limits of the server are known.
    expect(batches.slice(2).every((batch) => batch.numRows <= 1_000)).to.equal(true);
    expect(batches.flatMap((batch) => batch.rows().map((row) => row["id"]))).to.deep.equal(
      rows(5_000).map(([id]) => BigInt(id as number)),
    );
  });

  it("leave out what the session has, and send what is there twice once", async () => {
    const same = rows(1_000).map(([, text]) => [7, text]);
    const known = cached(sha256(schemaJson));
    const server = serverWith({ ...modern, CacheThreshold: "1" }, [
      { statuses: { [known]: { exists: true } } },
    ]);
    // One chunk is cut at 64 KiB before the server is asked; from then on every chunk of 1,000 rows is the same.
    const [firstChunk] = rowChunks(rows(5_000), schema, { maxRows: 10_000, maxBytes: 65_536 });
    const cut = decodeBatch(firstChunk ?? new Uint8Array()).numRows;
    const { relType } = await relationOf(server, [...rows(cut), ...same, ...same, ...same]);
    if (relType.case !== "chunkedCachedLocalRelation") throw new Error(`got ${relType.case}`);
    const { dataHashes } = relType.value;
    expect(dataHashes.length).to.equal(4);
    expect(new Set(dataHashes).size).to.equal(2);
    expect([...uploads(server).keys()]).to.deep.equal([...new Set(dataHashes)].map(cached));
  });

  it("go up in windows that the server sets, each after a question of its own", async () => {
    const server = serverWith({ ...modern, BatchOfChunksSizeBytes: "150k" });
    await relationOf(server, rows(10_000));
    const rpcs = server.log.filter((entry, i) => entry !== server.log[i - 1]);
    expect(rpcs.slice(0, 3)).to.deep.equal(["config", "artifactStatus", "addArtifacts"]);
    const windows = rpcs.filter((entry) => entry === "artifactStatus").length;
    expect(windows).to.be.within(3, 5);
    expect(rpcs.length).to.equal(1 + 2 * windows);
  });

  it("go up whole to a server that does not know chunks (4.0)", async () => {
    const server = serverWith({ CacheThreshold: "65536" });
    const { relType } = await relationOf(server, rows(25_000));
    if (relType.case !== "cachedLocalRelation") throw new Error(`got ${relType.case}`);
    const [[name, blob] = ["", new Uint8Array()]] = uploads(server);
    expect(name).to.equal(cached(relType.value.hash));
    expect(relType.value.hash).to.equal(sha256(blob));
    const message = fromBinary(LocalRelationSchema, blob);
    expect(message.schema).to.equal(schemaJson);
    expect(decodeBatch(message.data as Uint8Array).numRows).to.equal(25_000);
  });

  it("are refused beyond the limit of the server, chunked or not", async () => {
    for (const config of [
      { ...modern, SizeLimit: "200k" },
      { CacheThreshold: "1", SizeLimit: "200k" },
    ]) {
      const error = await relationOf(serverWith(config), rows(20_000)).catch((thrown: unknown) => thrown);
      expect(error).to.have.property("code", "SPARK_LOCAL_DATA_TOO_LARGE");
    }
  });

  it("fail as their upload fails", async () => {
    const server = serverWith(modern);
    const error = new Error("no more room");
    server.transport.clientStream = async () => {
      throw error;
    };
    expect(await relationOf(server, rows(5_000)).catch((thrown: unknown) => thrown)).to.equal(error);
  });

  it("read sizes however they were set", () => {
    const sizes = ["3GB", "1048576", "16m", "10 kb", "1 GiB", "1.5k", "12b", "", "lots", undefined];
    expect(sizes.map(parseByteSize)).to.deep.equal([
      3 * 2 ** 30,
      1_048_576,
      16 * 2 ** 20,
      10_240,
      2 ** 30,
      1_536,
      12,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
