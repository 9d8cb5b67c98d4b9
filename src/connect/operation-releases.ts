import { create } from "@bufbuild/protobuf";
import {
  type ReleaseExecuteRequest,
  ReleaseExecuteRequest_ReleaseAllSchema,
  ReleaseExecuteRequest_ReleaseUntilSchema,
  ReleaseExecuteRequestSchema,
  SparkConnectService,
} from "../../gen/spark/connect/base_pb.ts";
import { SessionClosedError } from "./errors.ts";
import type { RpcCaller } from "./rpc-caller.ts";

type Release = ReleaseExecuteRequest["release"];

/** Work that nobody waits for, except `close()`. */
export class PendingWork {
  readonly #pending = new Set<Promise<void>>();

  add(work: Promise<void>): void {
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work)).catch(() => {});
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#pending]);
  }
}

/**
 * Tells the server in the background what it need not keep any more. One release is under way at a time; newer
 * ones replace the one that waits, since each covers all before it.
 */
export class OperationReleases {
  readonly #rpc: RpcCaller;
  readonly #operationId: string;
  readonly #pending: PendingWork;
  readonly #deadlineMs: number;
  #waiting: Release | undefined;
  #sending = false;
  #finished = false;

  constructor(rpc: RpcCaller, operationId: string, pending: PendingWork, deadlineMs: number) {
    this.#rpc = rpc;
    this.#operationId = operationId;
    this.#pending = pending;
    this.#deadlineMs = deadlineMs;
  }

  /** The responses up to and including this one were taken. */
  until(responseId: string): void {
    if (!this.#finished)
      this.#enqueue({
        case: "releaseUntil",
        value: create(ReleaseExecuteRequest_ReleaseUntilSchema, { responseId }),
      });
  }

  /** The operation is over for us; the server stops it if it still runs. */
  all(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#enqueue({ case: "releaseAll", value: create(ReleaseExecuteRequest_ReleaseAllSchema) });
  }

  /** There is nobody to tell. */
  drop(): void {
    this.#finished = true;
    this.#waiting = undefined;
  }

  #enqueue(release: Release): void {
    this.#waiting = release;
    if (this.#sending) return;
    this.#sending = true;
    this.#pending.add(this.#send());
  }

  async #send(): Promise<void> {
    while (this.#waiting !== undefined) {
      const release = this.#waiting;
      this.#waiting = undefined;
      try {
        await this.#rpc.unary(
          SparkConnectService.method.releaseExecute,
          () =>
            create(ReleaseExecuteRequestSchema, {
              ...this.#rpc.options.session.requestFields(),
              operationId: this.#operationId,
              release,
            }),
          { attemptDeadlineMs: this.#deadlineMs },
        );
      } catch (error) {
        if (error instanceof SessionClosedError) continue;
        this.#rpc.options.onWarning(`operation ${this.#operationId} could not be released`, error);
      }
    }
    this.#sending = false;
  }
}
