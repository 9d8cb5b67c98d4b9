import type { ExecutePlanResponse_ExecutionProgress } from "../../gen/spark/connect/base_pb.ts";
import type { ExecutionScope } from "./execution-scope.ts";

/** How far one stage of an operation is. */
export interface StageProgress {
  readonly stageId: number;
  readonly tasks: number;
  readonly completedTasks: number;
  /** What its tasks have read, in bytes. */
  readonly inputBytes: number;
  readonly done: boolean;
}

/** How far an operation is. */
export interface ExecutionProgress {
  readonly operationId: string;
  /** The stages that were begun so far. */
  readonly stages: readonly StageProgress[];
  /** Tasks that run now. */
  readonly inflightTasks: number;
  /** The operation is over: this is the last that is said about it. */
  readonly done: boolean;
}

/** Told about the progress of the operations of a session, about every 2 s and once at the end of each. */
export type ProgressHandler = (progress: ExecutionProgress) => void;

export function executionProgress(
  operationId: string,
  { stages, numInflightTasks }: ExecutePlanResponse_ExecutionProgress,
): ExecutionProgress {
  return {
    operationId,
    stages: stages.map((stage) => ({
      stageId: Number(stage.stageId),
      tasks: Number(stage.numTasks),
      completedTasks: Number(stage.numCompletedTasks),
      inputBytes: Number(stage.inputBytesRead),
      done: stage.done,
    })),
    inflightTasks: Number(numInflightTasks),
    done: false,
  };
}

/** The progress handlers of a session. */
export class ProgressHandlers {
  readonly #handlers = new Set<ProgressHandler>();
  readonly #onWarning: (message: string, error: unknown) => void;

  constructor(onWarning: (message: string, error: unknown) => void) {
    this.#onWarning = onWarning;
  }

  add(handler: ProgressHandler): void {
    this.#handlers.add(handler);
  }

  remove(handler: ProgressHandler): void {
    this.#handlers.delete(handler);
  }

  clear(): void {
    this.#handlers.clear();
  }

  /** What observes one operation for all handlers; `undefined` when there is none. */
  observer(): ExecutionScope | undefined {
    if (this.#handlers.size === 0) return undefined;
    let last: ExecutionProgress | undefined;
    return {
      onProgress: (progress) => {
        last = progress;
        this.#tell(progress);
      },
      onEnd: ({ operationId }) => {
        this.#tell({ operationId, stages: last?.stages ?? [], inflightTasks: 0, done: true });
      },
    };
  }

  #tell(progress: ExecutionProgress): void {
    for (const handler of this.#handlers) {
      try {
        handler(progress);
      } catch (error) {
        this.#onWarning(`a progress handler failed for operation ${progress.operationId}`, error);
      }
    }
  }
}
