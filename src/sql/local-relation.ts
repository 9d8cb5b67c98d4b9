import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { LocalRelationSchema, type Relation } from "../../gen/spark/connect/relations_pb.ts";
import type { EncodeLimits } from "../arrow/encode.ts";
import { joinStreams } from "../arrow/join-streams.ts";
import type { ConnectClient } from "../connect/connect-client.ts";
import type { RpcOptions } from "../connect/rpc-caller.ts";
import { SparkwrightError } from "../core/error.ts";
import { parseByteSize } from "./byte-size.ts";
import { relation } from "./plan/relation.ts";

/** Rows as Arrow streams of one batch each, cut by the limits as they are when a batch begins. */
export type LocalChunks = (limits: EncodeLimits) => Iterable<Uint8Array>;

/** Rows of fewer bytes go into the plan without asking for the settings of the server. */
const alwaysInlineBytes = 64 * 1024;
/** The largest plan a server takes by default (128 MiB), less room for the rest of the plan. */
const maxInlineBytes = 128 * 1024 * 1024 - 64 * 1024;
/**
 * How much is uploaded at a time, if the server does not say less: at most three such windows are in memory.
 * Small ones die young; of large ones each costs a full garbage collection, over all rows of the caller.
 */
const windowBytes = 4 * 1024 * 1024;
/** What a LocalRelation that is cached whole may have: the server reads it into one array (CachedLocalRelation). */
const maxWholeBytes = 2 ** 31 - 1024;

const prefix = "spark.sql.session.localRelation";
const keys = {
  cacheThreshold: `${prefix}CacheThreshold`,
  sizeLimit: `${prefix}SizeLimit`,
  chunkRows: `${prefix}ChunkSizeRows`,
  chunkBytes: `${prefix}ChunkSizeBytes`,
  windowBytes: `${prefix}BatchOfChunksSizeBytes`,
} as const;

interface LocalRelationSettings {
  readonly cacheThreshold: number;
  readonly sizeLimit: number;
  readonly chunkRows: number;
  readonly chunkBytes: number;
  readonly windowBytes: number;
  /** Whether the server takes relations in chunks, which one of 4.0 does not. */
  readonly chunked: boolean;
}

/**
 * The plan of local rows: in the plan itself while they are few; else uploaded as artifacts of the session, each
 * chunk by its SHA-256, so that what the session has already is not sent again. A server that does not know chunks
 * (4.0) gets one artifact with all of them.
 *
 * Thrown when there is more than the server allows: `SPARK_LOCAL_DATA_TOO_LARGE`.
 */
export async function localRelation(
  client: ConnectClient,
  schema: string,
  chunksOf: LocalChunks,
  bounds: () => RpcOptions = () => ({}),
): Promise<Relation> {
  const limits = { maxRows: 10_000, maxBytes: alwaysInlineBytes };
  const chunks = chunksOf(limits)[Symbol.iterator]();
  const held: Uint8Array[] = [];
  let size = 0;
  /** Whether that was all, at most up to a size. */
  const holdUpTo = (bytes: number): boolean => {
    while (size < bytes) {
      const next = chunks.next();
      if (next.done === true) return true;
      held.push(next.value);
      size += next.value.byteLength;
    }
    return false;
  };
  if (holdUpTo(alwaysInlineBytes)) return inlineRelation(schema, held);
  const settings = await readSettings(client, bounds());
  limits.maxRows = settings.chunkRows;
  limits.maxBytes = Math.min(settings.chunkBytes, settings.windowBytes);
  if (holdUpTo(Math.min(settings.cacheThreshold, maxInlineBytes))) return inlineRelation(schema, held);
  const rest = {
    *[Symbol.iterator]() {
      yield* held.splice(0);
      for (let next = chunks.next(); next.done !== true; next = chunks.next()) yield next.value;
    },
  };
  return settings.chunked
    ? await chunkedRelation(client, schema, rest, settings, bounds)
    : await wholeRelation(client, schema, [...rest], settings, bounds);
}

function inlineRelation(schema: string, chunks: readonly Uint8Array[]): Relation {
  if (chunks.length === 0) return relation({ case: "localRelation", value: { schema } });
  const data = joinStreams(chunks) as Uint8Array<ArrayBuffer>;
  return relation({ case: "localRelation", value: { schema, data } });
}

async function chunkedRelation(
  client: ConnectClient,
  schema: string,
  chunks: Iterable<Uint8Array>,
  settings: LocalRelationSettings,
  bounds: () => RpcOptions,
): Promise<Relation> {
  const upload = new Upload(client, settings.windowBytes, bounds);
  const schemaHash = await upload.add(new TextEncoder().encode(schema));
  const dataHashes: string[] = [];
  let size = 0;
  for (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > settings.sizeLimit) throw tooLarge(size, settings.sizeLimit);
    dataHashes.push(await upload.add(chunk));
    // Encoding does not wait for anything: let what was encoded leave.
    await setImmediate();
  }
  await upload.finish();
  return relation({ case: "chunkedCachedLocalRelation", value: { dataHashes, schemaHash } });
}

async function wholeRelation(
  client: ConnectClient,
  schema: string,
  chunks: readonly Uint8Array[],
  settings: LocalRelationSettings,
  bounds: () => RpcOptions,
): Promise<Relation> {
  const limit = Math.min(settings.sizeLimit, maxWholeBytes);
  const size = sizeOf(chunks);
  if (size > limit) throw tooLarge(size, limit);
  const data = joinStreams(chunks) as Uint8Array<ArrayBuffer>;
  const upload = new Upload(client, windowBytes, bounds);
  const hash = await upload.add(toBinary(LocalRelationSchema, create(LocalRelationSchema, { schema, data })));
  await upload.finish();
  return relation({ case: "cachedLocalRelation", value: { hash } });
}

/** Uploads blobs window by window; while one is under way, the next is filled and asked about. */
class Upload {
  readonly #client: ConnectClient;
  readonly #windowBytes: number;
  readonly #bounds: () => RpcOptions;
  #window = new Map<string, Uint8Array>();
  #size = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(client: ConnectClient, windowBytes: number, bounds: () => RpcOptions) {
    this.#client = client;
    this.#bounds = bounds;
    this.#windowBytes = windowBytes;
  }

  /** Takes a blob and returns the SHA-256 by which a plan refers to it. */
  async add(blob: Uint8Array): Promise<string> {
    const hash = createHash("sha256").update(blob).digest("hex");
    if (this.#size > 0 && this.#size + blob.byteLength > this.#windowBytes) await this.#send();
    if (!this.#window.has(hash)) this.#size += blob.byteLength;
    this.#window.set(hash, blob);
    return hash;
  }

  async finish(): Promise<void> {
    await this.#send();
    await this.#sending;
  }

  async #send(): Promise<void> {
    const window = [...this.#window].map(([hash, data]) => ({ name: `cache/${hash}`, data }));
    this.#window = new Map();
    this.#size = 0;
    const known = this.#client.artifactStatus(
      window.map(({ name }) => name),
      this.#bounds(),
    );
    // Whoever waits for them next hears of their failure.
    known.catch(() => {});
    await this.#sending;
    this.#sending = known.then((names) =>
      this.#client.addArtifacts(
        window.filter(({ name }) => !names.has(name)),
        this.#bounds(),
      ),
    );
    this.#sending.catch(() => {});
  }
}

async function readSettings(client: ConnectClient, bounds: RpcOptions): Promise<LocalRelationSettings> {
  const { pairs } = await client.config({ case: "getOption", value: { keys: Object.values(keys) } }, bounds);
  const values = new Map(pairs.map(({ key, value }) => [key, value]));
  const size = (key: string, fallback: number): number => parseByteSize(values.get(key)) ?? fallback;
  const chunked = values.get(keys.chunkRows) !== undefined;
  return {
    chunked,
    cacheThreshold: size(keys.cacheThreshold, chunked ? 2 ** 20 : 64 * 2 ** 20),
    sizeLimit: size(keys.sizeLimit, 3 * 2 ** 30),
    chunkRows: Math.max(1, size(keys.chunkRows, 10_000)),
    chunkBytes: Math.max(1, size(keys.chunkBytes, 16 * 2 ** 20)),
    windowBytes: Math.min(windowBytes, Math.max(1, size(keys.windowBytes, 2 ** 30))),
  };
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

function tooLarge(size: number, limit: number): SparkwrightError {
  return new SparkwrightError(
    "SPARK_LOCAL_DATA_TOO_LARGE",
    `the rows take more than ${size - 1} bytes; the server takes ${limit}`,
    { hint: `Write them to files that the server can read, or raise ${keys.sizeLimit}.` },
  );
}
