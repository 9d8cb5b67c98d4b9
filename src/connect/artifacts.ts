import { crc32 } from "node:zlib";
import { create } from "@bufbuild/protobuf";
import {
  type AddArtifactsRequest,
  type AddArtifactsRequest_ArtifactChunk,
  AddArtifactsRequest_ArtifactChunkSchema,
  AddArtifactsRequestSchema,
  type AddArtifactsResponse,
} from "../../gen/spark/connect/base_pb.ts";
import { ProtocolError } from "./errors.ts";
import type { RequestFields } from "./session-state.ts";

export interface Artifact {
  /** Below `jars/`, `files/`, `archives/`, `classes/` or `cache/`. */
  readonly name: string;
  readonly data: Uint8Array;
}

/** @see Artifact.CHUNK_SIZE of Spark 4.2 */
const chunkBytes = 32 * 1024;

/** The requests that carry artifacts: small ones share a message, large ones go in chunks; each with its CRC32. */
export async function* artifactRequests(
  artifacts: readonly Artifact[],
  fields: () => RequestFields,
): AsyncGenerator<AddArtifactsRequest> {
  let batch: Artifact[] = [];
  let batchBytes = 0;
  for (const artifact of artifacts) {
    const small = artifact.data.length <= chunkBytes;
    if (batch.length > 0 && (!small || batchBytes + artifact.data.length > chunkBytes)) {
      yield batchRequest(batch, fields());
      batch = [];
      batchBytes = 0;
    }
    if (small) {
      batch.push(artifact);
      batchBytes += artifact.data.length;
    } else {
      yield* chunkedRequests(artifact, fields);
    }
  }
  if (batch.length > 0) yield batchRequest(batch, fields());
}

/** Thrown when the server did not get an artifact as it was sent: `CONNECT_ARTIFACT_CORRUPTED`. */
export function checkArtifacts(artifacts: readonly Artifact[], response: AddArtifactsResponse): void {
  const arrived = new Map(response.artifacts.map(({ name, isCrcSuccessful }) => [name, isCrcSuccessful]));
  const broken = artifacts.filter(({ name }) => arrived.get(name) !== true).map(({ name }) => name);
  if (broken.length === 0) return;
  throw new ProtocolError(
    "CONNECT_ARTIFACT_CORRUPTED",
    `The server did not receive every artifact as it was sent: ${broken.join(", ")}.`,
    { hint: "Upload again.", details: { artifacts: broken } },
  );
}

function batchRequest(artifacts: readonly Artifact[], fields: RequestFields): AddArtifactsRequest {
  return create(AddArtifactsRequestSchema, {
    ...fields,
    payload: {
      case: "batch",
      value: { artifacts: artifacts.map(({ name, data }) => ({ name, data: chunkOf(data) })) },
    },
  });
}

function* chunkedRequests(
  { name, data }: Artifact,
  fields: () => RequestFields,
): Generator<AddArtifactsRequest> {
  for (let start = 0; start < data.length; start += chunkBytes) {
    const chunk = chunkOf(data.subarray(start, start + chunkBytes));
    yield create(AddArtifactsRequestSchema, {
      ...fields(),
      payload:
        start > 0
          ? { case: "chunk", value: chunk }
          : {
              case: "beginChunk",
              value: {
                name,
                totalBytes: BigInt(data.length),
                numChunks: BigInt(Math.ceil(data.length / chunkBytes)),
                initialChunk: chunk,
              },
            },
    });
  }
}

function chunkOf(data: Uint8Array): AddArtifactsRequest_ArtifactChunk {
  return create(AddArtifactsRequest_ArtifactChunkSchema, { data, crc: BigInt(crc32(data)) });
}
