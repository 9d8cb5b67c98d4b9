import { anySignal } from "../core/abort.ts";
import type { Clock } from "../core/clock.ts";
import { formatDuration } from "../core/duration.ts";
import { CancelledError, SparkwrightError } from "../core/error.ts";
import type { FaultKind } from "../modules/code-faults.ts";
import type { RunPlan } from "../planning/run-plan.ts";
import { longestTimerMs } from "./attempt.ts";

const faultCodes: Readonly<Record<FaultKind, string>> = {
  uncaughtException: "RUN_UNCAUGHT_EXCEPTION",
  unhandledRejection: "RUN_UNHANDLED_REJECTION",
};

/** Ends a run as a whole: what runs is stopped like by Ctrl-C, but the run has failed. */
export class RunStop {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #over = new AbortController();
  #error: SparkwrightError | undefined;

  constructor(
    { pipeline, runTimeoutMs }: Pick<RunPlan, "pipeline" | "runTimeoutMs">,
    signal: AbortSignal | undefined,
    clock: Clock,
  ) {
    this.signal = anySignal(signal, this.#own.signal) ?? this.#own.signal;
    if (runTimeoutMs === undefined) return;
    const expire = () => this.#fail(timeoutError(pipeline, runTimeoutMs));
    void clock.sleep(Math.min(runTimeoutMs, longestTimerMs), this.#over.signal).then(expire, () => {});
  }

  /** Why the run failed, once it was stopped here: `RUN_TIMEOUT`, `RUN_UNCAUGHT_EXCEPTION`, `RUN_UNHANDLED_REJECTION`. */
  get error(): SparkwrightError | undefined {
    return this.#error;
  }

  /** Something was thrown where nobody can catch it, by none of the nodes. */
  fault(kind: FaultKind, cause: unknown): void {
    const message = "an error was thrown where nobody can catch it, by code that belongs to no node";
    const hint = "It is the cause below; look for timers, event handlers and promises that are not awaited.";
    this.#fail(new SparkwrightError(faultCodes[kind], message, { cause, hint }));
  }

  dispose(): void {
    this.#over.abort();
  }

  #fail(error: SparkwrightError): void {
    if (this.signal.aborted) return;
    this.#error = error;
    this.#own.abort(new CancelledError(error.message));
  }
}

function timeoutError(pipeline: string, runTimeoutMs: number): SparkwrightError {
  const limit = formatDuration(runTimeoutMs);
  const message = `the run of pipeline '${pipeline}' took longer than its timeout of ${limit}`;
  return new SparkwrightError("RUN_TIMEOUT", message, {
    hint: "Raise `execution.run_timeout` of the pipeline, or let it do less at a time.",
    details: { pipeline, runTimeoutMs },
  });
}
