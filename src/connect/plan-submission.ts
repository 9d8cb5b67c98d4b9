import { create } from "@bufbuild/protobuf";
import {
  type ExecutePlanRequest,
  ExecutePlanRequest_RequestOptionSchema,
  ExecutePlanRequestSchema,
  type Plan,
} from "../../gen/spark/connect/base_pb.ts";
import { defaultMaxMessageBytes } from "./client-options.ts";
import { isCompressed, type PlanCompression } from "./plan-compression.ts";
import type { SessionState } from "./session-state.ts";

export interface PlanSubmissionOptions {
  readonly session: SessionState;
  readonly compression: PlanCompression;
  readonly plan: Plan;
  readonly tags: readonly string[];
  /** The largest message that the client takes, in bytes. */
  readonly maxMessageBytes: number;
}

/** What a message needs besides its piece of a batch, in bytes. */
const envelopeBytes = 64 * 1024;

/** The request that executes a plan, in the form that the server takes. */
export class PlanSubmission {
  readonly #options: PlanSubmissionOptions;
  #plan: Plan;

  constructor(options: PlanSubmissionOptions) {
    this.#options = options;
    this.#plan = options.plan;
  }

  /** To be awaited before the first request. */
  async prepare(): Promise<void> {
    this.#plan = await this.#options.compression.apply(this.#options.plan);
  }

  request(operationId: string): ExecutePlanRequest {
    const { session, tags } = this.#options;
    return create(ExecutePlanRequestSchema, {
      ...session.requestFields(),
      operationId,
      plan: this.#plan,
      tags: [...tags],
      requestOptions: [
        create(ExecutePlanRequest_RequestOptionSchema, {
          requestOption: { case: "reattachOptions", value: { reattachable: true } },
        }),
        create(ExecutePlanRequest_RequestOptionSchema, {
          requestOption: {
            case: "resultChunkingOptions",
            value: { allowArrowBatchChunking: true, ...this.#preferredChunkSize() },
          },
        }),
      ],
    });
  }

  /** Whether there is another form of the plan to send to a server that could not read this one. */
  simplify(): boolean {
    if (!isCompressed(this.#plan)) return false;
    this.#options.compression.disable();
    this.#plan = this.#options.plan;
    return true;
  }

  /** The server's own limit on pieces of a batch suits the usual size of messages. */
  #preferredChunkSize(): { readonly preferredArrowChunkSize?: bigint } {
    const { maxMessageBytes } = this.#options;
    if (maxMessageBytes >= defaultMaxMessageBytes || maxMessageBytes <= envelopeBytes) return {};
    return { preferredArrowChunkSize: BigInt(maxMessageBytes - envelopeBytes) };
  }
}
