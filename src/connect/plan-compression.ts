import { promisify } from "node:util";
import { zstdCompress } from "node:zlib";
import { create, isMessage } from "@bufbuild/protobuf";
import {
  type AnalyzePlanRequest,
  CompressionCodec,
  Plan_CompressedOperation_OpType as OpType,
  type Plan,
  PlanSchema,
} from "../../gen/spark/connect/base_pb.ts";
import { CommandSchema } from "../../gen/spark/connect/commands_pb.ts";
import { RelationSchema } from "../../gen/spark/connect/relations_pb.ts";
import { encodeMessage } from "./encode-request.ts";
import { SparkError } from "./errors.ts";

/** Plans of more bytes are compressed; negative: none. A server before 4.1 has neither setting. */
const thresholdKey = "spark.connect.session.planCompression.threshold";
const algorithmKey = "spark.connect.session.planCompression.defaultAlgorithm";

type Settings = ReadonlyMap<string, string | undefined>;
type Analyze = AnalyzePlanRequest["analyze"];

/** Below so many bytes a plan is sent as it is without asking the server for its threshold, which is 10 MiB. */
const worthAskingBytes = 64 * 1024;

const compress = promisify(zstdCompress);

/** Compresses large plans of a session, if its server can take that. */
export class PlanCompression {
  readonly #ask: (keys: readonly string[]) => Promise<Settings>;
  #threshold: Promise<number> | undefined;

  constructor(ask: (keys: readonly string[]) => Promise<Settings>) {
    this.#ask = ask;
  }

  /** The plan as it is to be sent: itself when it is small or does not shrink. */
  async apply(plan: Plan): Promise<Plan> {
    const operation = operationOf(plan);
    if (operation === undefined || operation.bytes.length < worthAskingBytes) return plan;
    this.#threshold ??= this.#askThreshold();
    const { bytes, opType } = operation;
    if (bytes.length <= (await this.#threshold)) return plan;
    const data = await compress(bytes);
    if (data.length >= bytes.length) return plan;
    const value = { data, opType, compressionCodec: CompressionCodec.ZSTD };
    return create(PlanSchema, { opType: { case: "compressedOperation", value } });
  }

  /** Sends a request about plans with these compressed; again as they are when the server could not read that. */
  async sending<T>(analyze: Analyze, send: (analyze: Analyze) => Promise<T>): Promise<T> {
    const sent = await this.#applyIn(analyze);
    try {
      return await send(sent);
    } catch (error) {
      const unreadable =
        error instanceof SparkError && error.errorClass === "CONNECT_INVALID_PLAN.CANNOT_PARSE";
      if (sent === analyze || !unreadable) throw error;
      this.disable();
      return await send(analyze);
    }
  }

  /** The server could not read a plan: none is compressed any more. */
  disable(): void {
    this.#threshold = Promise.resolve(Number.POSITIVE_INFINITY);
  }

  async #applyIn(analyze: Analyze): Promise<Analyze> {
    const value: object = analyze.value ?? {};
    let copy: object | undefined;
    for (const [name, field] of Object.entries(value)) {
      if (!isMessage(field, PlanSchema)) continue;
      const plan = await this.apply(field);
      if (plan === field) continue;
      // Messages are shared, so what holds the plan is copied.
      copy ??= Object.assign(Object.create(Object.getPrototypeOf(value)), value) as object;
      Reflect.set(copy, name, plan);
    }
    return copy === undefined ? analyze : ({ case: analyze.case, value: copy } as Analyze);
  }

  async #askThreshold(): Promise<number> {
    try {
      const settings = await this.#ask([thresholdKey, algorithmKey]);
      const bytes = Number(settings.get(thresholdKey) ?? -1);
      return settings.get(algorithmKey) === "ZSTD" && bytes >= 0 ? bytes : Number.POSITIVE_INFINITY;
    } catch {
      // Whatever is wrong with the connection, the plan itself is about to meet it.
      this.#threshold = undefined;
      return Number.POSITIVE_INFINITY;
    }
  }
}

export function isCompressed(plan: Plan): boolean {
  return plan.opType.case === "compressedOperation";
}

function operationOf({ opType }: Plan): { readonly bytes: Uint8Array; readonly opType: OpType } | undefined {
  switch (opType.case) {
    case "root":
      return { bytes: encodeMessage(RelationSchema, opType.value), opType: OpType.RELATION };
    case "command":
      return { bytes: encodeMessage(CommandSchema, opType.value), opType: OpType.COMMAND };
    default:
      return undefined;
  }
}
