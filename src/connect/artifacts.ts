import { open } from "node:fs/promises";
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
  /** Below `jars/`, `files/`, `archives/`, `classes/`, `cache/` or `forward_to_fs/`. */
  readonly name: string;
  readonly data: Uint8Array | LocalFile;
}

/** A file that is read while it is uploaded. */
export interface LocalFile {
  readonly path: string;
  /** Its size. */
  readonly bytes: number;
}

/** @see Artifact.CHUNK_SIZE of Spark 4.2 */
const chunkBytes = 32 * 1024;

/** The requests that carry artifacts: small ones share a message, large ones go in chunks; each with its CRC32. */
export async function* artifactRequests(
  artifacts: readonly Artifact[],
  fields: () => RequestFields,
): AsyncGenerator<AddArtifactsRequest> {
  let batch: { readonly name: string; readonly data: Uint8Array }[] = [];
  let batchBytes = 0;
  for (const { name, data } of artifacts) {
    const bytes = sizeOf(data);
    const small = bytes <= chunkBytes;
    if (batch.length > 0 && (!small || batchBytes + bytes > chunkBytes)) {
      yield batchRequest(batch, fields());
      batch = [];
      batchBytes = 0;
    }
    if (small) {
      batch.push({ name, data: await firstChunk(data) });
      batchBytes += bytes;
    } else {
      yield* chunkedRequests({ name, data }, fields);
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

function batchRequest(
  artifacts: readonly { readonly name: string; readonly data: Uint8Array }[],
  fields: RequestFields,
): AddArtifactsRequest {
  return create(AddArtifactsRequestSchema, {
    ...fields,
    payload: {
      case: "batch",
      value: { artifacts: artifacts.map(({ name, data }) => ({ name, data: chunkOf(data) })) },
    },
  });
}

async function* chunkedRequests(
  { name, data }: Artifact,
  fields: () => RequestFields,
): AsyncGenerator<AddArtifactsRequest> {
  const bytes = sizeOf(data);
  let first = true;
  for await (const part of parts(data)) {
    const chunk = chunkOf(part);
    yield create(AddArtifactsRequestSchema, {
      ...fields(),
      payload: first
        ? {
            case: "beginChunk",
            value: {
              name,
              totalBytes: BigInt(bytes),
              numChunks: BigInt(Math.ceil(bytes / chunkBytes)),
              initialChunk: chunk,
            },
          }
        : { case: "chunk", value: chunk },
    });
    first = false;
  }
}

function sizeOf(data: Uint8Array | LocalFile): number {
  return data instanceof Uint8Array ? data.length : data.bytes;
}

/** The data in pieces of one chunk each. Thrown when a file has another size by now: `CONNECT_ARTIFACT_CHANGED`. */
async function* parts(data: Uint8Array | LocalFile): AsyncGenerator<Uint8Array> {
  if (data instanceof Uint8Array) {
    for (let start = 0; start < data.length; start += chunkBytes) {
      yield data.subarray(start, start + chunkBytes);
    }
    return;
  }
  await using file = await open(data.path);
  const { size } = await file.stat();
  if (size !== data.bytes) throw changed(data, size);
  for (let start = 0; start < size; start += chunkBytes) {
    const length = Math.min(chunkBytes, size - start);
    const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, start);
    if (bytesRead !== length) throw changed(data, start + bytesRead);
    yield buffer;
  }
}

async function firstChunk(data: Uint8Array | LocalFile): Promise<Uint8Array> {
  for await (const part of parts(data)) return part;
  return new Uint8Array();
}

function changed({ path, bytes }: LocalFile, found: number): ProtocolError {
  return new ProtocolError(
    "CONNECT_ARTIFACT_CHANGED",
    `The file ${path} changed while it was uploaded: it had ${bytes} bytes and has ${found}.`,
    { hint: "Upload again when nothing writes to it." },
  );
}

function chunkOf(data: Uint8Array): AddArtifactsRequest_ArtifactChunk {
  return create(AddArtifactsRequest_ArtifactChunkSchema, { data, crc: BigInt(crc32(data)) });
}
