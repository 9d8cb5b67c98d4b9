import { crc32 } from "node:zlib";
import { expect } from "chai";
import type { AddArtifactsRequest } from "../../../gen/spark/connect/base_pb.ts";
import type { Artifact } from "../../../src/connect/artifacts.ts";
import { scriptedClient } from "./scripted-client.ts";

const bytes = (length: number, fill = 1): Uint8Array => new Uint8Array(length).fill(fill);
const arrived = (artifacts: readonly Artifact[], isCrcSuccessful = true) => ({
  artifacts: artifacts.map(({ name }) => ({ name, isCrcSuccessful })),
});

describe("addArtifacts", () => {
  it("puts small artifacts together and cuts large ones into 32 KiB, in order, each with its CRC32", async () => {
    const artifacts = [
      { name: "files/a", data: bytes(20_000) },
      { name: "files/b", data: bytes(12_768) },
      { name: "files/c", data: bytes(1) },
      { name: "cache/large", data: bytes(2 * 32_768 + 1, 7) },
      { name: "files/empty", data: bytes(0) },
    ];
    const { client, transport } = scriptedClient({ answers: { addArtifacts: [arrived(artifacts)] } });
    await client.addArtifacts(artifacts);
    expect(transport.calls.map(({ request }) => shape(request as AddArtifactsRequest))).to.eql([
      ["files/a", "files/b"],
      ["files/c"],
      "begin cache/large 65537 in 3",
      "chunk 32768",
      "chunk 1",
      ["files/empty"],
    ]);
    expect(transport.calls[2]).to.have.nested.property(
      "request.payload.value.initialChunk.crc",
      BigInt(crc32(bytes(32_768, 7))),
    );
  });

  it("refuses an upload that arrived damaged, or not at all", async () => {
    const artifacts = [{ name: "files/a", data: bytes(1) }];
    for (const answer of [arrived(artifacts, false), { artifacts: [] }]) {
      const { client } = scriptedClient({ answers: { addArtifacts: [answer] } });
      const thrown = await client.addArtifacts(artifacts).catch((error: unknown) => error);
      expect(thrown).to.have.property("code", "CONNECT_ARTIFACT_CORRUPTED");
      expect(thrown).to.have.nested.property("details.artifacts").that.eqls(["files/a"]);
    }
  });

  it("sends nothing for nothing", async () => {
    const { client, log } = scriptedClient({});
    await client.addArtifacts([]);
    expect(log).to.eql([]);
  });

  it("tells which artifacts the session has", async () => {
    const { client } = scriptedClient({
      answers: { artifactStatus: [{ statuses: { a: { exists: true }, b: { exists: false } } }] },
    });
    expect([...(await client.artifactStatus(["a", "b", "c"]))]).to.eql(["a"]);
  });
});

function shape({ payload }: AddArtifactsRequest): unknown {
  switch (payload.case) {
    case "batch":
      return payload.value.artifacts.map(({ name }) => name);
    case "beginChunk":
      return `begin ${payload.value.name} ${payload.value.totalBytes} in ${payload.value.numChunks}`;
    case "chunk":
      return `chunk ${payload.value.data.length}`;
    default:
      return "nothing";
  }
}
